/** The real server on a port of its own behind a tap, over a real file store, for partners without a browser. */
import { onTestFinished } from 'vitest'
import type { Clock } from '../../server/clock.ts'
import { openApp } from './app.ts'
import { openForTest, temporaryFolder } from './store-folder.ts'
import { tapOf, type Tap } from './tap.ts'

export interface ServedBoard {
  /** Where partners connect: through the tap. */
  readonly origin: string
  readonly tap: Tap
  /** Another way to the same server, behind a tap of its own. */
  anotherWire(): Promise<Tap>
  readonly dataDir: string
  /** Everything logged so far, from `debug` on. */
  log(): string
  /** The updates of the outer document, as stored now. */
  storedWords(board: string): Promise<Uint8Array[]>
}

/** A test types faster than two people. */
const NO_LIMITS = {
  LIMIT_EVENTS_PER_SECOND: '1000000',
  LIMIT_EVENTS_BURST: '1000000',
  LIMIT_RECORDS_PER_SECOND: '1000000',
  LIMIT_RECORDS_BURST: '1000000',
  LIMIT_WORDS_BYTES: '100000000',
}

/** Closed and removed when the test is over, however it went. */
export async function serveBoard(clock?: Clock): Promise<ServedBoard> {
  const dataDir = temporaryFolder()
  const store = await openForTest({ root: dataDir })
  const lines: string[] = []
  const app = await openApp({
    ...{ store, env: NO_LIMITS, log: (line: string) => void lines.push(line) },
    ...(clock && { clock }),
  })
  onTestFinished(() => app.close())
  const anotherWire = async () => {
    const tap = await tapOf(app.port)
    onTestFinished(() => tap.close())
    return tap
  }
  const tap = await anotherWire()
  return {
    origin: tap.origin,
    tap,
    anotherWire,
    dataDir,
    log: () => lines.join('\n'),
    storedWords: async (board) => {
      const { entries } = await store.words(board, 'board')
      return entries.map(({ bytes }) => bytes)
    },
  }
}

/** The real server on a port of its own behind a tap, over a real file store, for partners without a browser. */
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../server/clock.ts'
import { openApp } from './app.ts'
import type { Partner } from '../partners/partner.ts'
import { openForTest, temporaryFolder } from '../store/store-folder.ts'
import { tapOf, type Tap } from '../partners/tap.ts'

export interface ServedBoard {
  /** Where partners connect: through the tap. */
  readonly origin: string
  readonly tap: Tap
  /** Another way to the same server, behind a tap of its own. */
  anotherWire(): Promise<Tap>
  readonly dataDir: string
  /** Everything logged so far, from `debug` on. */
  log(): string
  /** Closes the server and its store; until `start`, nobody reaches anything. */
  stop(): Promise<void>
  /** Opens both again on the same folder, with these settings. */
  start(env?: Readonly<Record<string, string>>): Promise<void>
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
export async function serveBoard(
  settings: Readonly<Record<string, string>> = {},
  clock?: Clock,
): Promise<ServedBoard> {
  const dataDir = temporaryFolder()
  const lines: string[] = []
  const open = async (env: Readonly<Record<string, string>>) => {
    const store = await openForTest({ root: dataDir })
    const log = (line: string) => void lines.push(line)
    const app = await openApp({
      ...{ store, env: { ...NO_LIMITS, ...env }, log },
      ...(clock && { clock }),
    })
    onTestFinished(() => app.close())
    return { store, app }
  }
  let running = await open(settings)
  const anotherWire = async () => {
    const tap = await tapOf(running.app.port)
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
    stop: async () => {
      tap.refuse(true)
      await running.app.close()
      await running.store.close()
    },
    start: async (env = settings) => {
      running = await open(env)
      tap.leadTo(running.app.port)
      tap.refuse(false)
    },
    storedWords: async (board) => {
      const { entries } = await running.store.words(board, 'board')
      return entries.map(({ bytes }) => bytes)
    },
  }
}

/** Cuts everybody off until `tap.refuse(false)`. */
export async function offline(served: ServedBoard, ...partners: Partner[]): Promise<void> {
  served.tap.refuse(true)
  served.tap.cut()
  await Promise.all(partners.map((who) => who.until(() => !who.board.online)))
}

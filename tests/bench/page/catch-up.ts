/** From the return of the network to the last acknowledgement of what was written while it was gone. */
import { setTimeout as sleep } from 'node:timers/promises'
import { makePair, type Partner } from '../../support/partners/partner.ts'
import { sharedWith, type, wordsOf } from '../../support/partners/partner-words.ts'
import { tapOf, type Tap } from '../../support/partners/tap.ts'
import { startServer } from './server.ts'
import { spread, type Row } from '../table.ts'

const ROUNDS = 15
const KEYSTROKES = 500
const TARGET_MS = 1000
/** The server writes a board's words at most about once a second. */
const RESTED_MS = 1000

interface Return {
  /** Since the network was there again and the page was told, as a browser tells it. */
  readonly back: number
  /** Since the login, so without the making of the connection. */
  readonly seated: number
  /** Until the partner has them too. */
  readonly partner: number
}

export async function measureCatchUp(signal: AbortSignal): Promise<Row[]> {
  const server = await startServer()
  const tap = await tapOf(Number(new URL(server.origin).port))
  const partners = await makePair({ origin: tap.origin })
  try {
    const [ana, ben] = partners
    const id = await sharedWith(ana, ben)
    const returns: Return[] = []
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted()
      returns.push(await comeBack(tap, ana, ben, id))
    }
    const of = (what: keyof Return) => returns.map((each) => each[what])
    return [
      spread('network back to all acknowledged', of('back'), { atMost: TARGET_MS }),
      spread('logged in to all acknowledged', of('seated')),
      spread('network back to all with the partner', of('partner')),
    ]
  } finally {
    for (const partner of partners) partner.close()
    await tap.close()
    server.close()
  }
}

/** The partner stays; only Ana's connection is cut, and no new one passes. */
async function comeBack(tap: Tap, ana: Partner, ben: Partner, id: string): Promise<Return> {
  await Promise.all([ana.saved(), ben.saved()])
  await sleep(RESTED_MS) // as when somebody comes back: nothing was written a moment ago
  tap.refuse(true)
  ana.board.link.restart()
  await ana.until(() => !ana.board.online)
  for (let n = 0; n < KEYSTROKES; n++) type(ana, id, n, 'x')
  if (ben.board.words.tally.state.kind !== 'saved') throw new Error('the partner was cut off too')

  tap.refuse(false)
  const from = performance.now()
  let seatedAt = NaN
  const undo = ana.board.link.changed.on(({ kind }) => {
    if (kind === 'seated') seatedAt = performance.now()
  })
  ana.board.retry()
  await ana.until(() => ana.board.online)
  await ana.saved()
  const saved = performance.now()
  undo()
  await ben.until(() => wordsOf(ben, id) === wordsOf(ana, id))
  return { back: saved - from, seated: saved - seatedAt, partner: performance.now() - from }
}

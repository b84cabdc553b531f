/**
 * Stepping back while two histories of one board are about (P4): said on the
 * server's, where the partner may hear it, from whatever is in force there; and
 * on this device's own, which the server does not take, so that this device
 * shows it too. What was stepped back from here before the other history was
 * known is said there as soon as it is. Loaded when it happens.
 */
import { encodeAct, type Act } from '../../shared/act.ts'
import { standingOf } from '../../shared/agreement.ts'
import type { Random } from '../../shared/crypto.ts'
import type { Chain } from '../../shared/history.ts'
import type { Seat } from '../../shared/ids.ts'
import { makeRecord, readHead } from '../../shared/record.ts'
import type { Stamped } from '../../shared/wire.ts'
import { slices } from '../slices.ts'
import type { Link } from '../wire/link.ts'
import { Ledger } from './ledger.ts'
import { Recorder, type Saying } from './recorder.ts'
import type { Records } from './records.ts'

type StepBack = Extract<Act, { kind: 'step-back' }>

export interface Both {
  readonly own: { readonly seat: Seat; readonly sign: Uint8Array; readonly acts: Uint8Array }
  readonly random: Random
  readonly link: Pick<Link, 'request'>
  readonly records: Records
  /** The server's records, from the first that differs. */
  readonly other: readonly Stamped[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export async function stepBackOnBoth(both: Both & { readonly act: StepBack }): Promise<Saying> {
  const { act, records } = both
  await records.read
  const { chain } = records
  if (!chain) return { kind: 'offline' }
  const there = await theirs(both, chain.board)
  const said: Saying = there ? await there.stepBack(act.boundary) : { kind: 'offline' }
  if (said.kind === 'recorded') await sayHere(both, act, chain)
  return said
}

/**
 * What this person stepped back from here, they step back from there too. Not
 * where they said yes to something there since (R7): on the device that they
 * did it with, they can step back from it.
 */
export async function stepBackThereToo(both: Both): Promise<void> {
  const { own, records } = both
  await records.read
  const there = records.chain && (await theirs(both, records.chain.board))
  if (!there) return
  for (const [boundary, { ended }] of records.standing.boundaries) {
    const isOurs = ended?.how === 'stepped-back' && records.lines[ended.seq]?.seat === own.seat
    if (!isOurs || there.saidYesTo(boundary)) continue
    const said = await there.stepBack(boundary)
    if (said.kind === 'offline') return // at the next login
  }
}

/** The server's history, read to its end; null where it cannot be. */
async function theirs({ own, random, link, records, other, now }: Both, board: string) {
  const ledger = new Ledger(board, own.acts)
  const turn = slices()
  const first = other[0] && readHead(other[0].head)
  const fork = first?.ok ? first.value.seq : 0
  for (const record of records.records.slice(0, fork)) {
    await turn()
    ledger.receive(record, true)
  }
  const catchUp = async (): Promise<boolean> => {
    for (;;) {
      const from = ledger.next
      const answer = await link.request('record:since', { seq: from })
      if (!answer.ok) return false
      for (const record of answer.value.records) {
        await turn()
        ledger.receive(record)
      }
      if (!answer.value.more || ledger.next === from) return true
    }
  }
  if (!(await catchUp())) return null
  const recorder = new Recorder({
    ...{ seat: own.seat, keys: own, ledger, random, catchUp },
    now: () => Math.floor(now() / 1000),
    append: (record) => link.request('record:append', { record }),
    recorded: async (record) => ledger.receive(record),
  })
  return {
    /** Since the two histories parted. */
    saidYesTo: (boundary: string): boolean =>
      ledger.lines
        .slice(fork)
        .some(
          ({ seat, act }) => seat === own.seat && act?.kind === 'yes' && act.boundary === boundary,
        ),
    stepBack: async (boundary: string): Promise<Saying> => {
      const { inForce } = standingOf(ledger.standing, boundary)
      if (!inForce) return { kind: 'recorded' } // nothing is agreed there
      return recorder.say({ kind: 'step-back', boundary, words: inForce.words })
    },
  }
}

async function sayHere(
  { own, random, records, now }: Both,
  act: StepBack,
  chain: Chain,
): Promise<void> {
  if (standingOf(records.standing, act.boundary).inForce?.words !== act.words) return
  const at = Math.floor(now() / 1000)
  const place = { board: chain.board, seq: chain.seq + 1, prev: chain.hash }
  const slot = { ...place, seat: own.seat, epoch: 0, at, open: null }
  await records.take([{ ...makeRecord(slot, encodeAct(act), own, random), received: now() }])
}

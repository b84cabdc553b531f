/**
 * Stepping back while two histories of one board are about (P4): said on the
 * server's, where the partner may hear it, from whatever is in force there; and
 * on this device's own, which the server does not take, so that this device
 * shows it too. Loaded when it happens.
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

export interface OnBoth {
  readonly act: StepBack
  readonly own: { readonly seat: Seat; readonly sign: Uint8Array; readonly acts: Uint8Array }
  readonly random: Random
  readonly link: Pick<Link, 'request'>
  readonly records: Records
  /** The server's records, from the first that differs. */
  readonly other: readonly Stamped[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

export async function stepBackOnBoth(both: OnBoth): Promise<Saying> {
  const { chain } = both.records
  if (!chain) return { kind: 'offline' }
  const there = await sayThere(both, chain.board)
  if (there.kind === 'recorded') await sayHere(both, chain)
  return there
}

async function sayThere(
  { act, own, random, link, records, other, now }: OnBoth,
  board: string,
): Promise<Saying> {
  const ledger = new Ledger(board, own.acts)
  const turn = slices()
  const fork = other[0] && readHead(other[0].head)
  for (const record of records.records.slice(0, fork?.ok ? fork.value.seq : 0)) {
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
  if (!(await catchUp())) return { kind: 'offline' }
  const { inForce } = standingOf(ledger.standing, act.boundary)
  if (!inForce) return { kind: 'recorded' } // nothing is agreed there
  const recorder = new Recorder({
    ...{ seat: own.seat, keys: own, ledger, random, catchUp },
    now: () => Math.floor(now() / 1000),
    append: (record) => link.request('record:append', { record }),
    recorded: async (record) => ledger.receive(record),
  })
  return recorder.say({ ...act, words: inForce.words })
}

async function sayHere({ act, own, random, records, now }: OnBoth, chain: Chain): Promise<void> {
  if (standingOf(records.standing, act.boundary).inForce?.words !== act.words) return
  const at = Math.floor(now() / 1000)
  const place = { board: chain.board, seq: chain.seq + 1, prev: chain.hash }
  const slot = { ...place, seat: own.seat, epoch: 0, at, open: null }
  await records.take([{ ...makeRecord(slot, encodeAct(act), own, random), received: now() }])
}

/** Ways to tell a history that goes wrong at its last record. */
import { concat, utf8 } from '../../shared/bytes.ts'
import type { Open, SignedRecord, Slot } from '../../shared/record.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { signAs } from '../support/history/ed25519.ts'
import type { HistoryMaker } from '../support/history/make-history.ts'

export type Story = (maker: HistoryMaker) => readonly SignedRecord[]
export type Stories = Readonly<Record<string, readonly [RefusalCode, Story]>>

export const after = (m: HistoryMaker, ...records: SignedRecord[]) => [...m.records, ...records]

/** Two people on a board, and one more record by `a` that says something else in its place. */
export const next =
  (change: (m: HistoryMaker) => Partial<Slot>): Story =>
  (m) => {
    m.together()
    return after(m, m.make(change(m)))
  }

/** The same, with another text of the head, signed as it reads. */
export const reads =
  (change: (head: string) => string): Story =>
  (m) => {
    m.together()
    return after(m, m.write(change))
  }

/** The same, with another signature. */
export const signed =
  (change: (record: SignedRecord, m: HistoryMaker) => Uint8Array): Story =>
  (m) => {
    m.together()
    const record = m.make()
    return after(m, { ...record, sig: change(record, m) })
  }

/** A board that `a` alone holds, and what is then said about seats. */
export const seats =
  (tell: (m: HistoryMaker) => Partial<Slot>): Story =>
  (m) => {
    m.found()
    const change = tell(m)
    return after(m, m.make(change))
  }

export const claimed =
  (tell: (m: HistoryMaker) => Open | null): Story =>
  (m) =>
    seats((maker) => ({ seat: 'b', open: tell(maker) }))(m)

export const first =
  (change: (m: HistoryMaker) => Partial<Slot>): Story =>
  (m) => [m.make({ open: foundOf(m), ...change(m) })]

export const foundOf = ({ seats: { a } }: HistoryMaker): Open => ({
  kind: 'found',
  sign: a.sign.public,
  exchange: a.exchange.public,
})

/** Signed for the twin of one's key, as `sign` would: it verifies wherever the cofactor is cleared. */
export const twinSigned = (m: HistoryMaker, secret: Uint8Array, twin: string, head: Uint8Array) =>
  signAs(secret, twin, concat(utf8('hedgerow/1/record'), new Uint8Array(1), head), m.random(32))

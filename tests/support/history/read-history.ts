/** Reads a history the way a client does: every record verified, then opened, then folded. */
import { readAct } from '../../../shared/act.ts'
import { apply, emptyStanding, type Entry, type Standing } from '../../../shared/agreement.ts'
import { extend, type Chain } from '../../../shared/history.ts'
import { openBody, type SignedRecord } from '../../../shared/record.ts'
import type { RefusalCode } from '../../../shared/refusal.ts'

export interface Reading {
  /** After the last good record. */
  readonly chain: Chain | null
  readonly standing: Standing
  /** Numbers of the records whose body could not be read. */
  readonly unreadable: readonly number[]
  /** The first record that was refused: its index, and the law. */
  readonly refused: { readonly index: number; readonly code: RefusalCode } | null
}

export function readHistory(records: readonly SignedRecord[], actsKey: Uint8Array): Reading {
  let chain: Chain | null = null
  let standing = emptyStanding
  let shown = 0
  const unreadable: number[] = []
  for (const [index, record] of records.entries()) {
    const extended = extend(chain, record)
    if (!extended.ok) {
      return { chain, standing, unreadable, refused: { index, code: extended.code } }
    }
    const { head } = extended.value
    const body = openBody(head, record.box, actsKey)
    const act = body && readAct(body)
    if (!act) unreadable.push(head.seq)
    shown = Math.max(shown, head.at)
    const entry: Entry = { seq: head.seq, seat: head.seat, act, at: shown }
    standing = apply(standing, entry)
    chain = extended.value.chain
  }
  return { chain, standing, unreadable, refused: null }
}

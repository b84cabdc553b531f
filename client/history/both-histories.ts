/**
 * The history that this device verified and what contradicts it, in one file
 * for the two to compare: *Everything*, with the server's beside it, each of
 * which proves itself. Loaded when it is asked for.
 */
import { everythingOf, type Everything } from '../../shared/everything.ts'
import type { SignedHead } from '../../shared/heads.ts'
import { readHead } from '../../shared/record.ts'
import type { Records } from './records.ts'

export interface Other {
  /** The server's history, as far as it is kept; null where only heads contradict ours. */
  readonly other: Everything | null
  /** What a device of the other, or another of one's own, signed that it had seen. */
  readonly heads: readonly SignedHead[]
}

export function bothHistories(
  board: string,
  { records, contradiction }: Pick<Records, 'records' | 'contradiction'>,
  actsKey: Uint8Array,
): Everything<Other> {
  const others = contradiction?.records ?? []
  const fork = others[0] && readHead(others[0].head)
  const other = fork?.ok
    ? everythingOf(board, [...records.slice(0, fork.value.seq), ...others], actsKey, {})
    : null
  return everythingOf(board, records, actsKey, { other, heads: contradiction?.heads ?? [] })
}

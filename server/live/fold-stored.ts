/**
 * The chain of a stored history, without checking signatures, keys and proofs
 * again: each was verified when it was appended, and verifying one takes about a
 * millisecond, at every opening. Order, hashes and membership are checked.
 */
import type { Chain } from '../../shared/history.ts'
import { nextSeq } from '../../shared/history.ts'
import type { Seat } from '../../shared/ids.ts'
import { admit } from '../../shared/membership.ts'
import { chainHash, readHead } from '../../shared/record.ts'
import { StoreError, type StoredRecord } from '../store/store.ts'

export interface Folded {
  readonly chain: Chain
  /** How many records each seat has written. */
  readonly written: Readonly<Record<Seat, number>>
}

/** Throws `board-damaged` where the records are not one history of this board. */
export function foldStored(board: string, records: readonly StoredRecord[]): Folded {
  let chain: Chain | null = null
  const written = { a: 0, b: 0 }
  for (const record of records) {
    const head = readHead(record.head)
    if (!head.ok || head.value.seq !== nextSeq(chain) || head.value.prev !== (chain?.hash ?? '')) {
      throw damaged(nextSeq(chain))
    }
    const membership = admit(chain?.membership ?? null, head.value, true)
    if (!membership.ok) throw damaged(nextSeq(chain))
    const hash = chainHash(record)
    chain = { board, seq: head.value.seq, hash, membership: membership.value }
    if (head.value.seq === 0 && hash !== board) throw damaged(0)
    written[head.value.seat]++
  }
  if (chain === null) throw damaged(0)
  return { chain, written }
}

const damaged = (seq: number) =>
  new StoreError('board-damaged', `record ${seq} does not follow from the ones before it`)

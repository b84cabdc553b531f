/**
 * The chain of records: each names the one before by its hash, so a history can
 * be extended but not rewritten (R5). `extend` is everything that can be
 * checked without a board key; the server runs it on each append (R9) and every
 * client on each record it receives (R10).
 */
import { verify } from './crypto.ts'
import { admit, signerOf, type Membership } from './membership.ts'
import {
  boxHash,
  chainHash,
  readHead,
  RECORD_MAX_BYTES,
  type Head,
  type SignedRecord,
} from './record.ts'
import { ok, refuse, type Result } from './refusal.ts'

/** A verified history, summed up: where it stands and who may write next. */
export interface Chain {
  /** The board's id: the chain hash of its first record. */
  readonly board: string
  /** Number and hash (hex) of the last record. */
  readonly seq: number
  readonly hash: string
  readonly membership: Membership
}

export interface Extended {
  readonly chain: Chain
  readonly head: Head
}

/** Everything holds but the signature, which nobody has looked at: it must be by `signer` (hex). */
export interface Unproven extends Extended {
  readonly signer: string
}

/**
 * The chain with `record` at its end, or the law that refuses it. `chain` is null before the first
 * record. `verifyMember` gives the verdicts of `verify` for keys that hold a seat.
 */
export function extend(
  chain: Chain | null,
  record: SignedRecord,
  verifyMember: typeof verify = verify,
): Result<Extended> {
  const placed = place(chain, record)
  if (!placed.ok) return placed
  const signer = signerOf(chain?.membership ?? null, placed.value)
  if (signer === null) return refuse('seat-empty')
  // A key that is not a seat's yet need not be fit for one.
  const verified = placed.value.open === null ? verifyMember : verify
  if (!verified(signer, 'record', record.head, record.sig)) return refuse('bad-signature')
  return follow(chain, record, placed.value)
}

/**
 * As `extend`, but takes the signature as read: only for records that this
 * program itself verified and stored, or whose signature is verified beside it.
 * Everything else is checked again, so a last hash that matches a pin shows
 * that nothing in the store was changed.
 */
export function replay(chain: Chain | null, record: SignedRecord): Result<Unproven> {
  const placed = place(chain, record)
  if (!placed.ok) return placed
  const signer = signerOf(chain?.membership ?? null, placed.value)
  if (signer === null) return refuse('seat-empty')
  const followed = follow(chain, record, placed.value)
  return followed.ok ? ok({ ...followed.value, signer }) : followed
}

function place(chain: Chain | null, record: SignedRecord): Result<Head> {
  const size = record.head.length + record.sig.length + record.box.length
  if (size > RECORD_MAX_BYTES) return refuse('too-large')
  const read = readHead(record.head)
  if (!read.ok) return read
  const head = read.value
  if (head.board !== (chain?.board ?? '')) return refuse('wrong-board')
  if (head.seq !== nextSeq(chain) || head.prev !== (chain?.hash ?? '')) return refuse('not-next')
  if (head.epoch !== 0) return refuse('epoch-unknown') // the board key is not renewed yet (K2)
  return head.box === boxHash(record.box) ? ok(head) : refuse('box-mismatch')
}

function follow(chain: Chain | null, record: SignedRecord, head: Head): Result<Extended> {
  const admitted = admit(chain?.membership ?? null, head)
  if (!admitted.ok) return admitted
  const hash = chainHash(record)
  return ok({
    head,
    chain: { board: chain?.board ?? hash, seq: head.seq, hash, membership: admitted.value },
  })
}

/**
 * The moment shown for a record, in seconds: neither later than the server had
 * it nor before that of the record before (A9). `received` is in milliseconds.
 */
export const shownAt = (before: number, head: Pick<Head, 'at'>, received: number): number =>
  Math.max(before, Math.min(head.at, Math.floor(received / 1000)))

export const nextSeq = (chain: Chain | null): number => (chain ? chain.seq + 1 : 0)

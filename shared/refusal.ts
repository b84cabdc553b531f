/**
 * Expected refusals are values with a code. The code is the name of the law
 * that said no; the sentence a person reads is looked up from it at the edge
 * (client/words). Broken invariants throw instead.
 */
export type RefusalCode =
  // the shape of what was sent
  | 'bad-request'
  | 'too-large'
  // records and the chain
  | 'head-malformed'
  | 'box-mismatch'
  | 'bad-signature'
  | 'wrong-board'
  | 'not-next'
  | 'epoch-unknown'
  | 'history-broken'
  // a name that is chosen
  | 'name-unclear'
  | 'name-taken'
  // membership
  | 'not-founded'
  | 'already-founded'
  | 'seat-empty'
  | 'seat-taken'
  | 'key-unsafe'
  | 'invitation-not-open'
  | 'proof-invalid'
  // invitations, as told to whoever holds the right link
  | 'invitation-unknown'
  | 'invitation-used'
  | 'invitation-expired'
  | 'invitation-cancelled'
  | 'board-full'
  // boards, rings, sessions
  | 'board-unknown'
  | 'board-exists'
  | 'ring-unknown'
  | 'hello-refused'
  | 'hello-missing'
  | 'origin-refused'
  | 'nonce-unknown'
  | 'rate-limited'
  // words
  | 'update-malformed'
  | 'room-full'
  // the store
  | 'board-damaged'
  | 'store-full'
  | 'store-failed'
  // the wire
  | 'unreachable'
  | 'timeout'
  | 'internal'

export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  /** A moment the sentence needs (when a link stopped working), in milliseconds since the epoch. */
  readonly when?: number
}

export type Result<T> = { readonly ok: true; readonly value: T } | Refusal

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (code: RefusalCode, when?: number): Refusal =>
  when === undefined ? { ok: false, code } : { ok: false, code, when }

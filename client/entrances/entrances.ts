/**
 * The ways in, for the screens: the seats this device knows, starting a board,
 * opening an invitation, and coming back with twelve words.
 */
import type { Seat } from '../../shared/ids.ts'
import type { Result } from '../../shared/refusal.ts'
import type { WordsProblem } from '../../shared/crypto.ts'

export interface SeatAddress {
  readonly board: string
  readonly seat: Seat
}

export interface KnownSeat extends SeatAddress {
  /** The name last seen for this seat. */
  readonly name: string
}

/** An invitation that was opened; nothing is spent until `join`. */
export interface Invited {
  readonly board: string
  readonly inviter: string
  /** Milliseconds since the epoch: when the link stops working. */
  readonly expires: number
  /** Boundaries shared so far are known only after joining; a seat this browser already holds on this board. */
  readonly existing: KnownSeat | null
  join(name: string): Promise<Result<SeatAddress>>
}

export interface Entrances {
  knownSeats(): Promise<readonly KnownSeat[]>
  start(name: string): Promise<Result<SeatAddress>>
  /** `secret`: 32 hex characters, the link's fragment. */
  openInvitation(secret: string): Promise<Result<Invited>>
  restore(words: string): Promise<Result<SeatAddress> | { readonly problem: WordsProblem }>
}

/**
 * Who is at the other end of a socket (K4): it signs the nonce of this very
 * connection, with origin and board, by the key of one of the board's seats.
 */
import type { Seat } from '../../shared/ids.ts'
import type { Membership } from '../../shared/membership.ts'
import { verifyHello } from '../../shared/proofs.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Payload } from '../../shared/wire.ts'
import type { Boards, Held } from './boards.ts'
import { verifyMember } from './verify-member.ts'

/** The board, held, and the seat that this answer proves. */
export async function hello(
  boards: Boards,
  asked: { readonly nonce: Uint8Array; readonly origin: string },
  { board, sign, sig }: Payload<'hello:answer'>,
): Promise<Result<{ held: Held; seat: Seat }>> {
  // The signature first: whoever cannot sign must not make the server read boards.
  if (!verifyHello(sign, { ...asked, board }, sig, verifyMember)) return refuse('hello-refused')
  const held = await boards.hold(board)
  const seat = seatOf(held.live.history.chain.membership, sign)
  if (seat !== null) return ok({ held, seat })
  held.letGo()
  return refuse('hello-refused')
}

const seatOf = ({ a, b }: Membership, sign: string): Seat | null =>
  a.sign === sign ? 'a' : b?.sign === sign ? 'b' : null

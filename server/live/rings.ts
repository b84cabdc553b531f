/**
 * The key ring of the seat that joined, where the server lost it (K1): whoever
 * signed in with the key in the claim holds the seat, and sends its ring again.
 * What is in it only that seat's twelve words open.
 */
import type { Seat } from '../../shared/ids.ts'
import { refuse, type Result } from '../../shared/refusal.ts'
import type { Answer, Payload } from '../../shared/wire.ts'
import type { Boards } from './boards.ts'
import type { LiveBoard } from './live-board.ts'
import type { Session } from './session.ts'

export const lacksRing = (boards: Boards, { id }: LiveBoard, seat: Seat): boolean =>
  seat === 'b' && boards.lacksRing(id)

export async function keepRing(
  boards: Boards,
  live: LiveBoard,
  { seat }: Session,
  ring: Payload<'ring:keep'>,
): Promise<Result<Answer<'ring:keep'>>> {
  if (seat !== 'b') return refuse('bad-request')
  return live.history.serially(() => boards.takeRing(live.id, ring))
}

/** Both names as paper and files say them: by seat, so that both people's copies read the same. */
import type { Seat } from '../../../shared/ids.ts'
import type { BoardView } from '../../board/board-view.ts'

export type Names = Readonly<Record<Seat, string | null>>

export function namesOf({ seat, me, partner }: Pick<BoardView, 'seat' | 'me' | 'partner'>): Names {
  return seat === 'a' ? { a: me, b: partner } : { a: partner, b: me }
}

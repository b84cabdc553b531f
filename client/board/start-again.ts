/**
 * *Start a new board from these words*: the way out of a board whose history is
 * in doubt. Each agreement in force, as this device verified it, is put on the
 * table of a new board that this person founds; nothing is said yes to. The
 * partner's limits stay behind: only they can say what theirs are (A6). Loaded
 * when it is asked for.
 */
import type { Category } from '../../shared/categories.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import type { Result } from '../../shared/refusal.ts'
import type { Kind, Wording } from '../../shared/wording.ts'
import type { SeatAddress } from '../entrances/entrances.ts'
import { foundBoard } from '../entrances/found.ts'
import type { Means } from '../entrances/means.ts'
import type { KeepDoc } from '../sync/words-sync.ts'
import { Board } from './board.ts'
import type { BoardView } from './board-view.ts'

export interface Carried {
  readonly kind: Kind
  readonly wording: Wording
  readonly category: Category | null
}

/** What is in force on a board, oldest first. */
export async function agreementsOf(
  board: Pick<BoardView, 'past' | 'boundary'>,
): Promise<readonly Carried[]> {
  const { spans } = await board.past()
  return spans
    .filter(({ end }) => end === null)
    .map(({ boundary, kind, version: { wording } }) => {
      return { kind, wording, category: board.boundary(boundary)?.category ?? null }
    })
}

/** Words that the server has not acknowledged by then are kept here, and sent when the board is opened. */
const PATIENCE_MS = 10_000

export async function startAgain(
  means: Means & { readonly keep: KeepDoc | null },
  from: { readonly me: string; readonly seat: Seat },
  agreements: readonly Carried[],
): Promise<Result<SeatAddress>> {
  const founded = await foundBoard(means, from.me)
  if (!founded.ok) return founded
  const entry = await means.vault.seat(founded.value)
  if (!entry) return founded
  const board = new Board({ ...means, entry })
  try {
    await board.open()
    for (const { kind, wording, category } of agreements) {
      const { name, words, ifItSlips } = wording
      if (kind === otherSeat(from.seat)) continue
      // Whoever founds is seat `a` there.
      board.share({ name, words, ifItSlips, kind: kind === 'ours' ? kind : 'a', category })
    }
    await written(board)
  } finally {
    board.close()
  }
  return founded
}

function written({ words: { tally } }: Board): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      undo()
      resolve()
    }
    const look = () => {
      if (tally.state.kind === 'saved') done()
    }
    const timer = setTimeout(done, PATIENCE_MS)
    const undo = tally.changed.on(look)
    look()
  })
}

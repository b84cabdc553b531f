/**
 * What *Everything* holds beside the history, for the person who saves it: both
 * names, the day, the board as it lies there, their own notes and private drafts.
 * The other's notes are not of it: whoever wrote one can delete it, and a copy
 * elsewhere would take that away.
 */
import type { Category } from '../../../shared/categories.ts'
import type { Seat } from '../../../shared/ids.ts'
import type { Kind, Texts } from '../../../shared/wording.ts'
import type { BoardView, NotesView } from '../../board/board-view.ts'
import { dayAt } from '../../reading/day.ts'
import { namesOf, type Names } from './save-names.ts'

export interface Beside {
  /** The day it was saved, YYYY-MM-DD, and by whom. */
  readonly saved: string
  readonly by: Seat
  readonly names: Names
  /** What lies on the board, with the words on the table as they read now. */
  readonly boundaries: readonly (Written & {
    readonly id: string
    /** Whether these words are in force. */
    readonly inForce: boolean
    readonly aside: boolean
    readonly lookAgain: string | null
  })[]
  readonly notes: readonly {
    readonly boundary: string
    readonly kind: 'note' | 'said-back'
    readonly day: string
    readonly text: string
  }[]
  readonly drafts: readonly (Written & { readonly day: string })[]
}

interface Written extends Texts {
  readonly kind: Kind
  readonly category: Category | null
}

type Board = Pick<BoardView, 'seat' | 'me' | 'partner' | 'today' | 'cards' | 'boundary' | 'drafts'>

export function besideOf(board: Board, notes: Pick<NotesView, 'of'>): Beside {
  const open = board.cards.flatMap(({ id }) => board.boundary(id) ?? [])
  const { cards } = board.drafts
  return {
    saved: board.today,
    by: board.seat,
    names: namesOf(board),
    boundaries: open.map((boundary) => {
      const { id, kind, category, table, inForce, newWords, aside, lookAgain } = boundary
      return {
        ...{ id, kind, category, ...textsOf(table) },
        ...{ inForce: inForce !== null && !newWords, aside, lookAgain },
      }
    }),
    notes: open.flatMap(({ id }) =>
      notes
        .of(id)
        .filter(({ by }) => by === board.seat)
        .map(({ kind, day, text }) => ({ boundary: id, kind, day, text })),
    ),
    drafts: cards.flatMap(({ id }) => {
      const draft = board.drafts.get(id)
      if (!draft) return []
      const { kind, category, created } = draft
      return [{ ...textsOf(draft), kind, category, day: dayAt(created * 1000) }]
    }),
  }
}

const textsOf = ({ name, words, ifItSlips }: Texts): Texts => ({ name, words, ifItSlips })

/** The groups of the list: a boundary stands once, in the first that fits. */
import { CATEGORIES } from '../../shared/categories.ts'
import type { Card } from '../board/board-view.ts'

export type Group = 'for-you' | 'private' | 'worded' | 'agreed' | 'closed'

export function groupOf({ forYou, status }: Card): Group {
  if (forYou) return 'for-you'
  if (typeof status === 'object') return status.kind === 'limit' ? 'agreed' : 'worded'
  switch (status) {
    case 'private':
      return 'private'
    case 'agreed':
    case 'change-suggested':
    case 'ending-suggested':
      return 'agreed'
    case 'set-aside':
    case 'let-go':
      return 'closed'
    default:
      return 'worded'
  }
}

/** In the order given; what is agreed, by what it is about. */
export function grouped(cards: readonly Card[]): Record<Group, readonly Card[]> {
  const of = (group: Group) => cards.filter((card) => groupOf(card) === group)
  return {
    'for-you': of('for-you'),
    private: of('private'),
    worded: of('worded'),
    agreed: byCategory(of('agreed')),
    closed: of('closed'),
  }
}

/** What is about nothing in particular comes last. */
const byCategory = (cards: readonly Card[]): readonly Card[] =>
  [...CATEGORIES, null].flatMap((category) => cards.filter((card) => card.category === category))

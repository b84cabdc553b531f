/** The groups of the list: a boundary stands once, in the first that fits. */
import type { Card } from './board-view.ts'

export type Group = 'for-you' | 'worded' | 'agreed' | 'closed'

export function groupOf({ forYou, status }: Card): Group {
  if (forYou) return 'for-you'
  if (typeof status === 'object') return status.kind === 'limit' ? 'agreed' : 'worded'
  switch (status) {
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

export function grouped(cards: readonly Card[]): Record<Group, readonly Card[]> {
  const of = (group: Group) => cards.filter((card) => groupOf(card) === group)
  return {
    'for-you': of('for-you'),
    worded: of('worded'),
    agreed: of('agreed'),
    closed: of('closed'),
  }
}

/** The shape beside an entry: that of the status in which it left the boundary. */
import type { Status } from '../../board/board-view.ts'
import type { HistoryItem } from '../../reading/history-item.ts'

type What = HistoryItem['what']

export function shapeOf({ what, before, day }: HistoryItem): Status | null {
  switch (what) {
    case 'suggested':
      return before ? 'change-suggested' : 'waiting'
    case 'agreed':
    case 'changed':
      return 'agreed'
    case 'ending-suggested':
    case 'let-go':
    case 'stepped-back':
      return what === 'stepped-back' ? 'not-agreed-any-more' : what
    case 'limit-ended':
      return 'let-go'
    case 'limit':
    case 'limit-changed':
    case 'heard':
      return { kind: 'limit', mine: true, heard: what === 'heard' }
    case 'needs-time':
      return { kind: 'needs-until', until: day ?? '', mine: false }
    case 'said-no':
      return 'no-for-now'
    case 'took-back':
    case 'took-back-answer':
      return 'being-worded'
    default:
      return null
  }
}

const MOMENTS: readonly What[] = [
  ...(['agreed', 'changed', 'let-go', 'stepped-back'] as const),
  ...(['limit', 'limit-changed', 'limit-ended'] as const),
]

/** It changed what is agreed. */
export const isMoment = ({ what }: HistoryItem): boolean => MOMENTS.includes(what)

/** There are words of it that can be read in full. */
export const holdsWords = (item: HistoryItem): boolean =>
  item.after !== null && (isMoment(item) || item.what === 'suggested' || item.what === 'took-back')

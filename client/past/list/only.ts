/** Which entries are shown: all, or what was agreed, changed, let go. Never those of one person. */
import type { HistoryItem } from '../../reading/history-item.ts'

export const ONLY = ['all', 'agreed', 'changed', 'ended'] as const
export type Only = (typeof ONLY)[number]

const SHOWN: Record<Exclude<Only, 'all'>, readonly HistoryItem['what'][]> = {
  agreed: ['agreed', 'limit'],
  changed: ['changed', 'limit-changed'],
  ended: ['let-go', 'stepped-back', 'limit-ended'],
}

export const isShown = ({ what }: HistoryItem, only: Only): boolean =>
  only === 'all' || SHOWN[only].includes(what)

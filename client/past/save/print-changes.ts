/**
 * How it changed, as it is printed: what came into force, changed and ended, oldest
 * first. A sheet of paper must not become a list of what one of two people refused:
 * who suggested, said no, asked for time or stepped back is not of it.
 */
import type { Seat } from '../../../shared/ids.ts'
import type { Wording } from '../../../shared/wording.ts'
import type { HistoryItem } from '../../reading/history-item.ts'
import { dayAt } from '../../reading/day.ts'

export interface Change {
  readonly seq: number
  /** YYYY-MM-DD */
  readonly day: string
  readonly name: string
  readonly what:
    'agreed' | 'changed' | 'let-go' | 'stepped-back' | 'limit' | 'limit-changed' | 'limit-ended'
  /** Whose limit it is; null: ours. */
  readonly owner: Seat | null
  /** With a change: the words before. */
  readonly before: Wording | null
  /** What came into force; null where something ended. */
  readonly after: Wording | null
  /** The reason beside what both then agreed to. */
  readonly note: string | null
}

const OURS = ['agreed', 'changed', 'let-go', 'stepped-back'] as const
const LIMITS = ['limit', 'limit-changed', 'limit-ended'] as const

export function changesOf(history: readonly HistoryItem[]): Change[] {
  return history.flatMap((item): Change[] => {
    const { seq, at, name, before, after, note } = item
    const what = [...OURS, ...LIMITS].find((each) => each === item.what)
    if (!what) return []
    const ended = what === 'let-go' || what === 'stepped-back' || what === 'limit-ended'
    const owner = LIMITS.some((each) => each === what) ? item.who : null
    const words = { before, after: ended ? null : after, note: ended ? null : note }
    return [{ seq, day: dayAt(at * 1000), name, what, owner, ...words }]
  })
}

/** By month, in the order given. `month`: its first day. */
export function byMonth<T extends { readonly day: string }>(
  items: readonly T[],
): { readonly month: string; readonly items: readonly T[] }[] {
  const months: { month: string; items: T[] }[] = []
  for (const item of items) {
    const month = `${item.day.slice(0, 7)}-01`
    const last = months.at(-1)
    if (last?.month === month) last.items.push(item)
    else months.push({ month, items: [item] })
  }
  return months
}

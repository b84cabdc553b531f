/** The boundaries that a history tells of, each by the name it had last; by name. */
import type { HistoryItem } from '../../reading/history-item.ts'

export function boundariesIn(items: readonly HistoryItem[]): { id: string; name: string }[] {
  const names = new Map<string, string>()
  for (const { boundary, name } of items)
    if (boundary !== null) names.set(boundary, name || (names.get(boundary) ?? ''))
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1))
}

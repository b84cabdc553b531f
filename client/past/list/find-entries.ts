/** Entries that hold every word of what is looked for: in names, words and reasons. */
import { folded } from '../../list/search.ts'
import type { Entry } from './entries.ts'

export function findEntries(entries: readonly Entry[], query: string): readonly Entry[] {
  const parts = folded(query).split(/\s+/).filter(Boolean)
  if (parts.length === 0) return entries
  return entries.filter((entry) => {
    const texts = [entry.before, entry.after, ...entry.onTheWay.map(({ after }) => after)]
    const words = texts.flatMap((text) => (text ? [text.name, text.words, text.ifItSlips] : []))
    const all = folded([entry.name, ...words, ...entry.reasons.map(({ text }) => text)].join('\n'))
    return parts.every((part) => all.includes(part))
  })
}

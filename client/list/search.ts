/** Finding boundaries by their names and words; case and accents make no difference. */
import type { Card } from '../board/board-view.ts'

export const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().replace(/ß/g, 'ss')

/** Ids of the cards that hold every word of the query; null where there is none to look for. */
export function findCards(cards: readonly Card[], query: string): ReadonlySet<string> | null {
  const parts = folded(query).split(/\s+/).filter(Boolean)
  if (parts.length === 0) return null
  const holds = ({ name, words }: Card) => {
    const text = folded(`${name}\n${words}`)
    return parts.every((part) => text.includes(part))
  }
  return new Set(cards.filter(holds).map(({ id }) => id))
}

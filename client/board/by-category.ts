/** Cards in the order of what they are about; what is about nothing in particular comes last. */
import { CATEGORIES, type Category } from '../../shared/categories.ts'
import type { Card } from './board-view.ts'

export const inOrder = (
  cards: readonly Card[],
  categoryOf: (id: string) => Category | null,
): readonly Card[] =>
  [...CATEGORIES, null].flatMap((category) => cards.filter(({ id }) => categoryOf(id) === category))

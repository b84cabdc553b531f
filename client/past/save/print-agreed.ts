/**
 * What is in force, as it is printed: what is ours by what it is about, then each
 * person's own limits under their name. Words, version and day; how it stands,
 * who said what and when are not of it.
 */
import { CATEGORIES, type Category } from '../../../shared/categories.ts'
import type { Seat } from '../../../shared/ids.ts'
import type { Span } from '../../../shared/spans.ts'
import type { Wording } from '../../../shared/wording.ts'
import { dayAt } from '../../reading/day.ts'

export interface Agreed {
  readonly boundary: string
  readonly wording: Wording
  /** Counts from 1. */
  readonly version: number
  /** Since when, YYYY-MM-DD. */
  readonly since: string
}

export interface InForceNow {
  /** Null: about nothing in particular. None is empty. */
  readonly ours: readonly {
    readonly category: Category | null
    readonly agreed: readonly Agreed[]
  }[]
  /** None is empty. */
  readonly limits: readonly { readonly seat: Seat; readonly agreed: readonly Agreed[] }[]
}

export function inForceNow(
  spans: readonly Span[],
  categoryOf: (boundary: string) => Category | null,
): InForceNow {
  const now = spans.filter(({ end }) => end === null)
  const ours = now.filter(({ kind }) => kind === 'ours')
  return {
    ours: [...CATEGORIES, null]
      .map((category) => ({
        category,
        agreed: ours.filter(({ boundary }) => categoryOf(boundary) === category).map(agreedOf),
      }))
      .filter(({ agreed }) => agreed.length > 0),
    limits: (['a', 'b'] as const)
      .map((seat) => ({ seat, agreed: now.filter(({ kind }) => kind === seat).map(agreedOf) }))
      .filter(({ agreed }) => agreed.length > 0),
  }
}

const agreedOf = ({ boundary, version }: Span): Agreed => ({
  boundary,
  wording: version.wording,
  version: version.number,
  since: dayAt(version.at * 1000),
})

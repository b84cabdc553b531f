/** What changed between two wordings, short enough to stand in a line. */
import type { Texts } from '../../shared/wording.ts'
import { compareTexts, isChange } from './text-compare.ts'

export type ShortChange =
  | { readonly kind: 'words'; readonly places: readonly Place[] }
  | { readonly kind: 'mostly-new' }
  /** Too much for a line. */
  | { readonly kind: 'many' }

/** What stood there, what stands there now; one of the two may be empty. */
export interface Place {
  readonly before: string
  readonly after: string
}

const PLACES = 3
const LETTERS = 80

export function shortChange(before: Texts, after: Texts): ShortChange {
  const places: Place[] = []
  for (const key of ['name', 'words', 'ifItSlips'] as const) {
    const comparison = compareTexts(before[key], after[key])
    if (comparison.kind === 'same') continue
    if (comparison.kind === 'changed') {
      for (const run of comparison.runs)
        if (isChange(run)) places.push({ before: run.removed.trim(), after: run.added.trim() })
    } else if (isShort(before[key]) && isShort(after[key]))
      places.push({ before: before[key], after: after[key] })
    else return { kind: 'mostly-new' }
  }
  const fits =
    places.length > 0 &&
    places.length <= PLACES &&
    places.every((place) => isShort(place.before) && isShort(place.after)) &&
    // Where nothing but space or line ends changed, there is nothing to quote.
    places.every((place) => place.before !== place.after)
  return fits ? { kind: 'words', places } : { kind: 'many' }
}

const isShort = (text: string): boolean => [...text].length <= LETTERS

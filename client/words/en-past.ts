/** Sentences of looking back: loaded with its screens. */
import type { Counts } from '../past/counts.ts'
import type { Only } from '../past/only.ts'

export const backWords = {
  show: 'Show',
  only: {
    ...{ all: 'All', agreed: 'Agreed', changed: 'Changed', ended: 'Let go' },
  } satisfies Record<Only, string>,
  which: 'Boundary',
  every: 'All boundaries',
  search: 'Search',
  none: 'Nothing to show here.',
  shown: (only: string, which: string) => `${only}, ${which}`,
  since: (day: string, { agreed, limits, changed, letGo, steppedBack }: Counts) => {
    const parts = [
      agreed > 0 && `${agreed} agreed`,
      limits > 0 && `${limits} ${limits === 1 ? 'limit' : 'limits'} set`,
      changed > 0 && `${changed} changed`,
      letGo > 0 && `${letGo} let go`,
      steppedBack > 0 && `${steppedBack} stepped back from`,
    ].filter(Boolean)
    return parts.length > 0 ? `Since ${day}: ${parts.join(', ')}.` : 'Nothing was agreed yet.'
  },
  beforeAfter: 'Before and after',
  theWords: 'The words',
  onTheWay: (who: string, day: string) => `${who} suggested on ${day}`,
  reasonOf: (who: string, text: string) => `${who}: “${text}”`,
  asCalled: ['Before', 'After'] as const,
  boardOn: (day: string) => `The board on ${day}`,
  became: 'became',
  added: 'added',
  takenOut: 'taken out',
  mostlyNew: 'Mostly new words.',
  manyPlaces: 'Several places changed.',
  letGo: (by: string, on: string, both: string) =>
    `let go · suggested by ${by} on ${on}, both agreed ${both}.`,
}

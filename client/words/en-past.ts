/** Sentences of looking back: loaded with its screens. */
import type { Counts } from '../past/list/counts.ts'
import type { Only } from '../past/list/only.ts'
import type { Moment } from '../past/timeline.ts'

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
  asCalled: ['Before', 'After'] as const,
  boardOn: (day: string) => `The board on ${day}`,
  became: 'became',
  added: 'added',
  takenOut: 'taken out',
  mostlyNew: 'Mostly new words.',
  manyPlaces: 'Several places changed.',
  letGo: (by: string, on: string, both: string) =>
    `let go · suggested by ${by} on ${on}, both agreed ${both}.`,

  now: 'Now',
  then: 'Then',
  thenAndNow: 'Then and now',
  sinceDay: (day: string) => `In force since ${day}`,
  fromTo: (from: string, to: string) => (from === to ? `On ${from}` : `${from} to ${to}`),
  nothingNow: 'Nothing is agreed here now.',
  versions: 'Every version',
  moreVersions: 'Then and now, and every version',
  compare: 'Compare',
  with: 'with',
  same: 'These are the same words.',
  openIt: 'Open this boundary',

  anotherDay: 'The board on another day',
  lookingAt: (day: string) => `You're looking at ${day}.`,
  backToToday: 'Back to today',
  moments: 'Moments',
  earlier: 'Earlier',
  later: 'Later',
  noEarlier: 'Nothing before this.',
  noLater: 'Nothing after this.',
  day: 'Go to a day',
  inForceThen: 'Agreed',
  wordedThen: 'Being worded',
  closedThen: 'Let go',
  nothingThen: 'Nothing was agreed or suggested yet.',
  suggestedBy: (who: string) => `${who} suggested`,
  endingSuggestedBy: (who: string) => `${who} suggested ending it.`,
  sinceThen: 'What has changed since then',
  nothingSince: 'What is agreed now is what was agreed then.',
}

type What = Moment['what']

/** What a moment is called, after the boundary's name. */
export function momentWords(what: What, isLimit: boolean): string {
  switch (what) {
    case 'agreed':
      return isLimit ? 'set as a limit' : 'agreed'
    case 'changed':
      return 'changed'
    case 'let-go':
      return isLimit ? 'ended' : 'let go'
    case 'stepped-back':
      return 'not agreed any more'
  }
}

/** What is different now, after the boundary's name. */
export function sinceThenWords(what: What, isLimit: boolean, day: string): string {
  switch (what) {
    case 'agreed':
      return isLimit ? `was set as a limit on ${day}.` : `was agreed on ${day}.`
    case 'changed':
      return `has other words since ${day}.`
    case 'let-go':
      return isLimit ? `ended on ${day}.` : `was let go on ${day}.`
    case 'stepped-back':
      return `is not agreed any more, since ${day}.`
  }
}

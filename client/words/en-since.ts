/** *Since you were last here*: what comes before and after the boundary's name. */
import type { Told } from '../board/board-view.ts'

type Around = readonly [string, string]

export const sinceWords = {
  title: 'Since you were last here',
  moreIn: 'More in History',
  moreBelow: 'More on the list below.',
}

/** `partner`: as at the start of a sentence; `day`: of a not-yet. */
export const toldWords: Record<Told['what'], (partner: string, day: string) => Around> = {
  shared: (partner) => [`${partner} shared `, '.'],
  'shared-and-agrees': (partner) => [`${partner} shared `, ' and said yes to it.'],
  agrees: (partner) => [`${partner} said yes to `, '.'],
  'change-suggested': (partner) => [`${partner} suggested new words for `, '.'],
  'ending-suggested': (partner) => [`${partner} suggested ending `, '.'],
  'needs-time': (partner, day) => [`${partner} needs until ${day} for `, '.'],
  'said-no': (partner) => [`${partner} said no to `, '.'],
  'took-back': (partner) => [`${partner} took back their yes to `, '.'],
  'took-back-answer': (partner) => [`${partner} took back an answer to `, '.'],
  agreed: () => ['You both agreed to ', '.'],
  changed: () => ['You both agreed to new words for ', '.'],
  'let-go': () => ['You both let go of ', '.'],
  'stepped-back': (partner) => [`${partner} stepped back from `, '.'],
  limit: (partner) => [`${partner} set a limit, `, '.'],
  'limit-changed': (partner) => [`${partner} changed the limit `, '.'],
  'limit-ended': (partner) => [`${partner} ended the limit `, '.'],
  heard: (partner) => [`${partner} heard your limit `, '.'],
}

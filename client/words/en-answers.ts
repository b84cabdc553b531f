/** The sentences of the answers on an open boundary: loaded with it. */
import type { BoundaryAct } from '../../shared/act.ts'
import type { Unsaid } from '../history/intentions.ts'
import { Called, called, type Partner } from './en.ts'
import { outcomeWords } from './en-refusals.ts'

export const answerWords = {
  agreeNew: 'Agree to the new words',
  bringBack: 'Bring back the earlier words',
  notYet: 'Not yet',
  no: 'No to this',
  endingAgree: 'Agree to ending it',
  ending: 'Suggest ending it',
  endLimit: 'End this limit',
  kept: {
    mine: 'You kept the words as they are.',
    theirs: (partner: Partner) =>
      `${Called(partner)} kept the words as they are. This is what stood here.`,
    bringBack: 'Bring back the other words',
  },
  aside: 'Set aside',
  pickUp: 'Pick up again',
  why: "What's different now? (optional)",
  quote: (note: string) => `“${note}”`,
  needsUntil: (partner: Partner, day: string) => `${Called(partner)} needs until ${day}.`,
  youNeedUntil: (day: string) => `You need until ${day}.`,
  theySaidNo: (partner: Partner) => `${Called(partner)} said no to these words.`,
  theySaidNoEarlier: (partner: Partner) => `${Called(partner)} said no to the earlier words.`,
  youSaidNo: 'You said no to these words.',
  youSaidNoEarlier: 'You said no to the earlier words.',
  canChange: {
    open: 'You can change the words, talk, or set it aside.',
    aside: 'You can change the words, talk, or pick it up again.',
    inForce: 'You can change the words, talk, or keep them as they are.',
  },
  sameBack: (day: string) => `The same words can come back after ${day}.`,
  otherBack: (day: string) => `Other words were suggested once. More can come after ${day}.`,
  theyEnd: (partner: Partner) => `${Called(partner)} suggests ending this.`,
  youEnd: (partner: Partner) => `You suggest ending this. Waiting for ${called(partner)}.`,
  endingHolds: 'Until you both agree to end it, the words still hold.',
  wanted: (day: string) => `You wanted until ${day} for `,
  today: 'today',
  answer: 'Answer',
  longer: 'A bit longer',
  letGo: 'You both let this go.',
  pending: {
    yes: "Your yes is not recorded yet. We'll record it when you're back online, if nothing here has changed by then.",
    later: "Your not yet is not recorded yet. We'll record it when you're back online.",
    no: "Your no is not recorded yet. We'll record it when you're back online.",
    'take-back':
      "That you take it back is not recorded yet. We'll record it when you're back online.",
    'step-back': "That you step back is not recorded yet. We'll record it when you're back online.",
    heard: "That you've heard this is not recorded yet. We'll record it when you're back online.",
    'look-again': "The day is not recorded yet. We'll record it when you're back online.",
  } satisfies Record<BoundaryAct['kind'], string>,
  unsaid: {
    'words-moved': () =>
      'The words changed before your yes could be recorded. Nothing was agreed. Read them again.',
    'look-again': () =>
      'Something here changed before what you said could be recorded. It was not recorded. Look again.',
    'taken-back-meanwhile': outcomeWords.takenBack,
    'agreed-meanwhile': outcomeWords.agreedMeanwhile,
    refused: () => outcomeWords.notRecorded,
  } satisfies Record<Unsaid, (partner: Partner) => string>,

  later: {
    title: 'Until when?',
    tomorrow: 'Tomorrow evening',
    sunday: 'Sunday',
    week: 'In a week',
    pick: 'Pick a day',
    day: 'Day',
    note: 'One line (optional)',
    say: 'Not yet',
  },
  refuse: {
    title: 'No to this',
    lead: "You don't have to say why.",
    note: 'One line (optional)',
    other: 'Suggest other words',
    just: 'Just no',
  },
  endSheet: {
    lead: 'Until you both agree to end it, the words still hold.',
    agreeLead: 'You both end it then. The words no longer hold.',
    limitLead: 'Your limit ends now.',
  },
  lookAgain: {
    ask: 'Want to look at it again some day?',
    month: 'In a month',
    months: 'In three months',
    none: 'No date',
    on: (day: string) => `To look at again on ${day}.`,
  },
  limit: {
    mine: 'This is your own limit: what you will do. It holds from your yes on, and needs hearing, not approval.',
    theirs: (partner: Partner) => `${Called(partner)}'s own limit. It needs hearing, not approval.`,
    writing: (partner: Partner) => `${Called(partner)} is writing new words for this limit.`,
    notYet: (partner: Partner) => `${Called(partner)} is still writing this limit.`,
    hear: "I've heard this",
    heard: "You've heard this.",
    notHeard: 'Not said as heard yet. It holds all the same.',
    theyHeard: (partner: Partner) => `${Called(partner)} has heard this.`,
    changed: (partner: Partner) => `${Called(partner)} changed this limit.`,
  },
}

/** Sentences of an open boundary, and of agreeing to it and stepping back from it: loaded with it. */
import { Called, called, type Partner } from './en.ts'

export const boundaryWords = {
  nowhere: 'There is no boundary at this address.',
  name: 'Name',
  words: 'The words',
  ifItSlips: 'If it slips (optional)',
  ifItSlipsRead: 'If it slips',
  editing: "Both of you can edit. Nothing's agreed yet.",
  editingAgain: "Both of you can edit. Nothing's agreed any more.",
  here: (partner: Partner) => `${Called(partner)} is here`,
  agree: 'Agree to these words',
  writing: (partner: Partner) => `${Called(partner)} is still writing…`,
  youAgree: (partner: Partner) => `You agree. Waiting for ${called(partner)}.`,
  takeBack: 'Take back',
  theyAgreedEarlier: (partner: Partner) =>
    `${Called(partner)} agreed to the earlier words. These are different.`,
  youAgreedEarlier: 'Your yes is to the earlier words.',
  bothAgreed: (day: string) => `You both agreed to this. ${day}.`,
  inForce: (day: string) => `In force since ${day}`,
  newWords: 'New words',
  beingWritten: 'New words are being written',
  stillHold: 'Until you both agree to the new words, the words above still hold.',
  suggest: 'Suggest a change',
  keep: 'Keep the words as they are',
  cannot: "I can't agree to this any more",
  steppedBack: 'Not agreed any more.',
  changed: (partner: Partner) => `${Called(partner)} changed the words`,
}

export const agreeWords = {
  title: 'Agree to these words',
  lead: "You're agreeing to exactly this. If a word changes, we'll ask you again.",
  agree: 'I agree to these words',
  goBack: 'Go back',
  changes: 'What changes',
  changed: 'The words just changed',
  changedLead: 'Nothing was agreed.',
  gone: "These words can't be agreed to just now.",
  readAgain: 'Read again',
  failed: "We couldn't record your yes. Nothing's agreed yet.",
}

export const stepBackWords = {
  title: "I can't agree to this any more",
  lead: (partner: Partner) =>
    `This takes effect now. ${Called(partner)} will see that you don't agree to it any more. You don't have to say why.`,
  leadOffline: (partner: Partner) =>
    `You're offline. This takes effect as soon as you're back online; until then this device keeps it. ${Called(partner)} will see that you don't agree to it any more. You don't have to say why.`,
  stepBack: 'Step back now',
  goBack: 'Go back',
}

/** Sentences of People: loaded with it. */

export const persons = {
  title: 'People',
  you: (name: string) => `${name} (you)`,
  notYet: 'Your partner has not joined yet.',
  name: 'Your name',
  change: 'Change my name',
  changed: 'Changed.',
  invitation: 'Invitation',
  openUntil: (day: string) => `A link is open. It works until ${day}.`,
  four: 'Four words',
  fourLead: "Read them to each other once. If they differ, don't agree to anything here.",
  twelve: 'Your twelve words',
  twelveLead: 'They open this board as you, on any device.',
  show: 'Show',
  hide: 'Hide',
}

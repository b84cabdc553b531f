/** The sentences of the history: loaded when there is something to tell. */

export const past = {
  title: 'History',
  you: 'you',
  partner: 'your partner',
  startedBoard: (who: string) => `${who} started this board.`,
  joined: (who: string) => `${who} joined.`,
  renamed: (who: string, mine: boolean) => `${who} changed ${mine ? 'your' : 'their'} name.`,
  invited: (who: string) => `${who} made an invitation.`,
  cancelled: (who: string) => `${who} cancelled the invitation.`,
  suggested: (who: string) => `suggested by ${who}.`,
  agreed: (by: string, on: string, both: string) =>
    `agreed · suggested by ${by} on ${on}, both agreed ${both}.`,
  changed: (by: string, on: string, both: string) =>
    `changed · suggested by ${by} on ${on}, both agreed ${both}.`,
  agreedPlain: 'agreed.',
  changedPlain: 'changed.',
  tookBack: (who: string, mine: boolean) => `· ${who} took back ${mine ? 'your' : 'their'} yes.`,
  steppedBack: (who: string) => `not agreed any more · ${who} stepped back.`,
  letGo: 'let go.',
  other: 'Something else was said here.',
  unreadable: "Something here can't be read.",
  unknown: "Something this version can't read.",
  many: (count: number) =>
    count === 1 ? "One thing here can't be read." : `${count} things here can't be read.`,
  needsTime: (who: string, mine: boolean, day: string) =>
    `· ${who} ${mine ? 'need' : 'needs'} until ${day}.`,
  saidNo: (who: string) => `· ${who} said no.`,
  tookBackAnswer: (who: string) => `· ${who} took back an answer.`,
  endingSuggested: (who: string) => `ending suggested by ${who}.`,
  limit: (whose: string) => `· ${whose} limit.`,
  limitChanged: (whose: string) => `changed · ${whose} limit.`,
  limitEnded: (whose: string) => `ended · ${whose} limit.`,
  heard: (who: string) => `· ${who} heard this.`,
  lookAgain: (who: string, day: string) => `· ${who} chose ${day} to look at it again.`,
  your: 'your',
  whose: (name: string) => `${name}'s`,
  quote: (note: string) => `“${note}”`,
}

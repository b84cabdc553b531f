/** Sentences of the picture, of what is printed and of what is saved: loaded with those screens. */

export const pictureWords = {
  title: 'The whole time',
  open: 'A picture of the whole time',
  lead: (from: string, until: string) =>
    `From ${from} to today, ${until}. Each line is one boundary. Below, the same as a list.`,
  none: 'Nothing has been agreed yet.',
  label: 'What was agreed when. The list below says the same.',
  key: 'What the shapes mean',
  shapes: {
    agreed: 'Agreed',
    limit: "A limit, one person's own",
    changed: 'Changed to new words',
    'let-go': 'Let go',
    'stepped-back': 'Not agreed any more',
    gap: 'A gap: not agreed',
  },
  list: 'The same as a list',
  columns: { from: 'From', until: 'Until', how: 'Then' },
  stillAgreed: 'Still agreed',
  stillHolds: 'Still holds',
  today: 'Today',
  limitOf: (name: string) => `${name}'s limit`,
  limitOfPartner: "Your partner's limit",
}

const dayMonthYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** A day (`YYYY-MM-DD`) with its year: what is printed or saved is read in another one, too. */
export const wholeDay = (day: string): string => dayMonthYear.format(new Date(`${day}T12:00:00`))

const monthShort = new Intl.DateTimeFormat('en-GB', { month: 'short' })

/** A day (`YYYY-MM-DD`) as “Mar” and “2026”, for two short lines. */
export const monthLinesOf = (day: string): readonly [month: string, year: string] => [
  monthShort.format(new Date(`${day}T12:00:00`)),
  day.slice(0, 4),
]

/** Of paper and files: both people read them, so they say “we” and names, never “you”. */
export const paperWords = {
  agreed: {
    title: "What we've agreed",
    lead: 'These are the words we both agreed to.',
    none: 'Nothing is agreed just now.',
    version: (number: number, day: string) => `Version ${number} · ${day}`,
    ownLimit: (name: string | null) => `${name ?? 'Your partner'}'s own limit`,
  },
  changes: {
    title: 'How it changed',
    lead: 'What came into force, changed and ended, oldest first.',
    none: 'Nothing has been agreed yet.',
    what: {
      agreed: () => 'agreed.',
      changed: () => 'changed.',
      'let-go': () => 'let go.',
      'stepped-back': () => 'not agreed any more.',
      limit: (name: string) => `· ${name}'s own limit.`,
      'limit-changed': (name: string) => `changed · ${name}'s own limit.`,
      'limit-ended': (name: string) => `ended · ${name}'s own limit.`,
    },
  },
  someone: 'the other',
  ifItSlips: 'If it slips',
  print: 'Print',
  addressHint:
    'Some browsers print an address at the edge of the paper. “Headers and footers” in the print window switches it off.',
}

export const saveWords = {
  title: 'Print or save',
  lead: 'Not a contract. Not for court.',
  open: 'Open to print',
  agreedLead: 'The words in force now, by what they are about. Nothing private, no notes.',
  changesLead:
    'What came into force, changed and ended, with the words before and after. It says nothing of who suggested, said no or stepped back.',
  everything: 'Everything',
  everythingLead:
    'Everything holds your notes and private drafts too, and the whole history. Save it only where nobody else looks.',
  notTheirs: (partner: string | null) =>
    `${partner ?? 'Your partner'}'s notes are not in it: whoever wrote one can delete it.`,
  markdownLead: 'Markdown is for reading.',
  jsonLead:
    'JSON is for keeping: the history in it can be checked without this board. It also holds the minute at which each thing was said, because that was signed.',
  markdown: 'Save as Markdown',
  json: 'Save as JSON',
  calendar: 'Days to look again',
  calendarLead: (title: string) =>
    `A file for your calendar. Each day says “${title}”, no name and no words.`,
  noDays: 'No day to look at something again is chosen.',
  dates: 'Save the days',
  saved: (file: string) => `Saved as ${file}.`,
  eventTitle: 'Look at something again',
}

/** Headings and lines of the Markdown file. */
export const fileWords = {
  title: 'Hedgerow',
  about: (name: string) =>
    `Not a contract. Not for court. This file holds private drafts and notes of ${name}.`,
  and: ' and ',
  worded: 'On the table',
  aside: 'set aside',
  history: 'History',
  notes: (name: string) => `Notes of ${name}`,
  drafts: (name: string) => `Private drafts of ${name}`,
  before: 'Before:',
  now: 'Now:',
  note: (day: string, name: string) => `${day}, beside **${name}**:`,
  saidBack: (day: string, name: string) => `${day}, said back beside **${name}**:`,
}

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

/**
 * Every sentence of the screens, in English. Short, present tense, names, no
 * praise. Names of people and boundaries are given; nothing else is computed here.
 */
import type { Status, Trouble, YesTo } from '../board/board-view.ts'
import { dayNameOf } from './days.ts'

/** A partner's name, or how they are called before they joined. */
export type Partner = string | null
export const called = (partner: Partner) => partner ?? 'your partner'
export const Called = (partner: Partner) => partner ?? 'Your partner'

export const words = {
  app: 'Hedgerow',
  home: 'Back to the start',
  back: 'Back',
  close: 'Close',
  tryAgain: 'Try again',
  recording: 'Recording…',
  offlineAnswer: "You're offline. What you answer is recorded when you're back.",
  pages: 'Pages',
  board: 'Board',
  history: 'History',
  people: 'People',
  more: 'More',
  quickExit: 'Quick exit',
  notAgreedSince: (day: string) => `Not agreed any more, since ${day}.`,
  nowhere: 'There is no board at this address.',
  opening: 'Opening your board…',
  checking: (done: number, of: number) =>
    `Checking the history… ${done.toLocaleString('en')} of ${of.toLocaleString('en')}`,
  and: (one: string, other: string) => `${one} and ${other}`,

  list: {
    title: 'Your board',
    empty: 'Nothing here yet. Start with something small that would make this week easier.',
    write: 'Write a boundary',
    invite: 'Invite your partner',
    private: 'Private',
    examples: 'See examples',
    draftDeleted: (name: string) => `${name ? `“${name}”` : 'The draft'} is deleted.`,
    undo: 'Undo',
    beingWorded: 'Being worded',
    forYou: 'For you',
    closed: 'Set aside and let go',
    agreed: 'Agreed',
    nameless: 'No name yet',
    says: {
      'these-words': (partner: Partner) => `${Called(partner)} agrees to these words.`,
      'earlier-words': (partner: Partner) => `${Called(partner)} agreed to the earlier words.`,
      ending: null,
      none: null,
    } satisfies Record<YesTo, unknown>,
    unsaid: 'What you said here was not recorded. Look again.',
    joined: (partner: Partner) => `${Called(partner)} joined.`,
    readFour: 'Read the four words to each other.',
    shared: (partner: Partner, count: number) => `${Called(partner)} has shared ${count}.`,
    noHurry: "You don't have to answer anything today.",
  },

  connection: {
    saved: 'Saved',
    offline: "Offline. You can keep writing. We'll send it when you're back.",
    backOnline: "Back online. Everything's sent.",
  },
}

/** How a boundary stands, beside its shape and in the name of its link. */
export function statusWords(status: Status, partner: Partner, me = ''): string {
  if (typeof status === 'object') {
    if (status.kind === 'limit') return `${status.mine ? me : Called(partner)}'s limit`
    const day = dayNameOf(status.until)
    return status.mine ? `You need until ${day}` : `${Called(partner)} needs until ${day}`
  }
  switch (status) {
    case 'being-worded':
      return 'Being worded'
    case 'waiting':
      return `Waiting for ${called(partner)}`
    case 'agreed':
      return 'Agreed'
    case 'change-suggested':
      return 'Agreed, change suggested'
    case 'not-agreed-any-more':
      return 'Not agreed any more'
    case 'private':
      return 'Private'
    case 'ending-suggested':
      return 'Agreed, ending suggested'
    case 'no-for-now':
      return 'No for now'
    case 'let-go':
      return 'Let go'
    case 'set-aside':
      return 'Set aside'
    case 'not-recorded-yet':
      return 'Not recorded yet'
  }
}

const broken = (saw: string) =>
  `This board's history does not match what this device saw ${saw}. Nothing new can be agreed until you two compare.`

export const troubleWords: Record<Trouble, string> = {
  'no-board-here': words.nowhere,
  unreachable: "We can't reach your board. What you wrote is on this device.",
  'history-broken': broken('before'),
  'storage-refused':
    'This browser keeps nothing when the page closes. Then only your twelve words open this board.',
  'words-not-kept':
    "This browser can't keep more just now. Keep this page open until everything is sent; nothing you wrote is lost.",
  'board-damaged': "Part of this board can't be read. Nothing new can be added to it.",
}

/** `saw`: the day of the last record that this device vouches for, where it knows. */
export const troubleSentence = (trouble: Trouble, saw: string | null): string =>
  trouble === 'history-broken' && saw ? broken(`on ${saw}`) : troubleWords[trouble]

/**
 * Every sentence of the screens, in English. Short, present tense, names, no
 * praise. Names of people and boundaries are given; nothing else is computed here.
 */
import type { ShareProblem, Status, Trouble } from '../board/board-view.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
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
    theyAgree: (partner: Partner) => `${Called(partner)} agrees to these words.`,
    unsaid: 'What you said here was not recorded. Look again.',
    wanted: (day: string) => `You wanted until ${day} for `,
    today: 'today',
    answer: 'Answer',
    longer: 'A bit longer',
    joined: (partner: Partner) => `${Called(partner)} joined.`,
    readFour: 'Read the four words to each other.',
    shared: (partner: Partner, count: number) => `${Called(partner)} has shared ${count}.`,
    noHurry: "You don't have to answer anything today.",
  },

  leave: {
    title: "This isn't shared yet",
    lead: 'If you leave now, what you wrote here is gone.',
    keepWriting: 'Keep writing',
    discard: 'Discard',
  },

  said: {
    takenBack: (partner: Partner) =>
      `${Called(partner)} took this back a moment ago. Nothing was agreed.`,
    agreedMeanwhile: (partner: Partner) =>
      `${Called(partner)} agreed just before you took it back, so it's agreed. You can suggest a change or step back.`,
    offline: "You're offline. You can do this when you're back.",
    lookAgain: 'Something here changed a moment ago. Look again.',
    notRecorded: "We couldn't record this. Nothing has changed.",
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

export const problemWords: Record<ShareProblem, string> = {
  'too-many': 'You have 250 boundaries here, as many as there is room for from one person.',
  empty: 'A boundary needs a name and words.',
  'name-too-long': "That's longer than a name can be (80 characters).",
  'words-too-long': "That's longer than a boundary can be (4,000 characters).",
  'forbidden-character':
    "There's an invisible character in these words. Take it out, or type them again.",
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

const unreachable = "We can't reach your board. What you wrote is on this device."
const notUnderstood = "That didn't work. Nothing was recorded."
const full = "The board can't store more just now. Keep this page open; nothing you wrote is lost."
const incomplete = "This link isn't complete. Copy the whole of it."

/** One sentence for every refusal. */
const refusals: Record<RefusalCode, string> = {
  'bad-request': notUnderstood,
  'too-large': problemWords['words-too-long'],
  'head-malformed': notUnderstood,
  'box-mismatch': notUnderstood,
  'bad-signature': notUnderstood,
  'wrong-board': notUnderstood,
  'not-next': words.said.lookAgain,
  'epoch-unknown': notUnderstood,
  'history-broken': troubleWords['history-broken'],
  'name-unclear': 'That reads as either of you. Choose a name.',
  'name-taken': 'Your partner goes by that name here. Choose one that tells you apart.',
  'not-founded': words.nowhere,
  'already-founded': notUnderstood,
  'seat-empty': notUnderstood,
  'seat-taken': 'Two people are already on this board.',
  'key-unsafe': notUnderstood,
  'invitation-not-open': 'This link is not open any more. Ask for a new one.',
  'proof-invalid': incomplete,
  'invitation-unknown': incomplete,
  'invitation-used': "This link has been used. If it wasn't you, tell your partner.",
  'invitation-expired': 'This link stopped working. Ask for a new one.',
  'invitation-cancelled': 'This link was cancelled. Ask for a new one.',
  'board-full': 'Two people are already on this board.',
  'board-unknown': words.nowhere,
  'board-exists': notUnderstood,
  'ring-unknown': 'The words are fine, but no board answers to them here.',
  'hello-refused': unreachable,
  'hello-missing': unreachable,
  'origin-refused': 'This board is not open at this address.',
  'nonce-unknown': 'That took too long. Nothing was recorded.',
  'rate-limited': 'That was a lot at once. Wait a moment.',
  'update-malformed': notUnderstood,
  'room-full': full,
  'board-damaged': troubleWords['board-damaged'],
  'store-full': full,
  'store-failed': full,
  unreachable,
  timeout: unreachable,
  internal: 'Something went wrong on our side. Nothing was recorded.',
}

/** The sentence for a refusal; `day`: when a link stopped working, where that is known. */
export const refusalWords = (code: RefusalCode, day: string | null = null): string =>
  code === 'invitation-expired' && day
    ? `This link stopped working on ${day}. Ask for a new one.`
    : refusals[code]

export const incompleteLink = incomplete

/** What went wrong, and what to do: why words cannot be shared, what came before an act, every refusal. */
import type { ShareProblem } from '../board/board-view.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { Called, troubleWords, words, type Partner } from './en.ts'

/** How saying something on record ended, where that does not show by itself. */
export const outcomeWords = {
  takenBack: (partner: Partner) =>
    `${Called(partner)} took this back a moment ago. Nothing was agreed.`,
  agreedMeanwhile: (partner: Partner) =>
    `${Called(partner)} agreed just before you took it back, so it's agreed. You can suggest a change or step back.`,
  offline: "You're offline. You can do this when you're back.",
  lookAgain: 'Something here changed a moment ago. Look again.',
  notRecorded: "We couldn't record this. Nothing has changed.",
}

export const problemWords: Record<ShareProblem, string> = {
  'too-many': 'You have 250 boundaries here, as many as there is room for from one person.',
  empty: 'A boundary needs a name and words.',
  'name-too-long': "That's longer than a name can be (80 characters).",
  'words-too-long': "That's longer than a boundary can be (4,000 characters).",
  'forbidden-character':
    "There's an invisible character in these words. Take it out, or type them again.",
}

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
  'not-next': outcomeWords.lookAgain,
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

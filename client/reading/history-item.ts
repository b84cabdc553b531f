/** What the history is told from: a line of it, with the wordings and the day that it needs. */
import type { Seat } from '../../shared/ids.ts'
import type { Wording } from '../../shared/wording.ts'

/** One line of the history. `at` is in seconds; days are shown, never hours. */
export interface HistoryItem {
  readonly seq: number
  readonly at: number
  readonly who: Seat
  readonly boundary: string | null
  /** The boundary's name in the wording concerned. */
  readonly name: string
  readonly what:
    | 'started-board'
    | 'joined'
    | 'renamed'
    | 'suggested'
    | 'agreed'
    | 'changed'
    | 'took-back'
    /** A not-yet or a no. */
    | 'took-back-answer'
    | 'stepped-back'
    | 'let-go'
    | 'ending-suggested'
    | 'needs-time'
    | 'said-no'
    | 'limit'
    | 'limit-changed'
    | 'limit-ended'
    | 'heard'
    | 'look-again'
    | 'invited'
    | 'cancelled-invitation'
    | 'other'
    | 'unreadable'
    | 'unknown'
  /** With `agreed` and `changed`: who suggested it, and when. */
  readonly suggested: { readonly by: Seat; readonly at: number } | null
  /** With `changed`: the wording before. */
  readonly before: Wording | null
  /** The wording concerned. */
  readonly after: Wording | null
  /** A reason or a line beside it. */
  readonly note: string | null
  /** The day that an answer names. */
  readonly day: string | null
}

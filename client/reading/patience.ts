/**
 * Patience (A9): what waits for an answer of mine now, and which words wait a
 * while after a no. Pure; the day is this device's own, given as an argument.
 * None of it is a rule of validity: an answer that comes all the same counts.
 */
import {
  apply,
  emptyStanding,
  standingOf,
  type BoundaryStanding,
  type Standing,
} from '../../shared/agreement.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import type { Follower, Line } from '../history/ledger.ts'
import { addDays, dayAt } from './day.ts'

const REST_DAYS = 7

/** A no, while its words rest. */
export interface Refusal {
  readonly by: Seat
  readonly boundary: string
  readonly words: string
  /** What its words come down to; null where the history does not hold them. */
  readonly sense: string | null
  /** The last day on which they rest: the same words can come back after it. */
  readonly back: string
  /** The first other words that the other person suggested here since. */
  readonly others: string | null
}

/**
 * A text without case, punctuation and spaces: what counts as the same words. Only *The words*
 * are looked at: under another name, or with another *If it slips*, they are the same words.
 */
export function senseOf(text: string): string {
  const bare = text.normalize('NFKC').toLowerCase()
  return bare.replace(/[^\p{L}\p{N}\p{M}\p{So}]/gu, '') || bare.trim()
}

/** Every no that was not lifted by the person who said it, in order. */
export function refusalsOf(lines: readonly Line[]): Refusal[] {
  const fold = new RefusalFold()
  let standing = emptyStanding
  for (const line of lines) {
    const after = apply(standing, line)
    fold.take(line, standing, after)
    standing = after
  }
  return fold.refusals
}

/** The same, line by line. */
export class RefusalFold implements Follower {
  readonly #senses = new Map<string, string>()
  refusals: Refusal[] = []

  take({ act, seat, at }: Line, before: Standing, after: Standing): void {
    if (after === before || !act || !('boundary' in act)) return
    const { boundary } = act
    if (act.kind === 'no') {
      const { words } = act
      const sense = this.#senses.get(words) ?? null
      const back = addDays(dayAt(at * 1000), REST_DAYS)
      this.#drop(seat, words)
      this.refusals.push({ by: seat, boundary, words, sense, back, others: null })
    } else if (act.kind === 'yes') {
      const words =
        wordsSaid(standingOf(after, boundary), seat) ?? wordingHash(boundary, act.wording)
      const sense = act.wording && senseOf(act.wording.words)
      if (sense !== null) this.#senses.set(words, sense)
      const yes = { boundary, words, sense }
      this.refusals = this.refusals.flatMap((said) => afterYes(said, seat, yes))
    } else if (act.kind === 'take-back') {
      const mine = standingOf(before, boundary).answers[seat]
      if (mine?.kind === 'no') this.#drop(seat, mine.words)
    }
  }

  #drop(seat: Seat, words: string): void {
    this.refusals = this.refusals.filter((said) => said.by !== seat || said.words !== words)
  }
}

/** The hash of the words that this seat has just said yes to, which the standing holds in most cases. */
const wordsSaid = ({ answers, inForce }: BoundaryStanding, seat: Seat): string | null =>
  answers[seat]?.kind === 'yes' ? answers[seat].words : (inForce?.words ?? null)

interface Suggestion {
  readonly boundary: string
  readonly words: string
  readonly sense: string | null
}

const isSame = (refusal: Refusal, { words, sense }: Suggestion): boolean =>
  refusal.words === words || (sense !== null && refusal.sense === sense)

/** Who said no may say yes to the same, or suggest other words: then they have picked it up. */
function afterYes(refusal: Refusal, seat: Seat, yes: Suggestion): Refusal[] {
  const same = isSame(refusal, yes)
  if (refusal.by === seat) {
    if (same) return []
    return [refusal.boundary === yes.boundary ? { ...refusal, others: null } : refusal]
  }
  if (refusal.words === yes.words) return [{ ...refusal, sense: refusal.sense ?? yes.sense }]
  const isOther = !same && refusal.boundary === yes.boundary && refusal.others === null
  return [isOther ? { ...refusal, others: yes.words } : refusal]
}

export interface Resting {
  /** The last day on which they rest. */
  readonly back: string
  /** They were said no to; otherwise other words were suggested once already. */
  readonly same: boolean
}

/** Whether a yes to these words rests for now with the person at `refuser`. */
export function restingFor(
  refuser: Seat,
  boundary: string,
  wording: Wording | null,
  refusals: readonly Refusal[],
  today: string,
): Resting | null {
  const words = wordingHash(boundary, wording)
  const yes = { boundary, words, sense: wording && senseOf(wording.words) }
  const held = refusals.filter((said) => said.by === refuser && today <= said.back)
  const no = held.find((said) => isSame(said, yes))
  if (no) return { back: no.back, same: true }
  const once = held.find(
    (said) => said.boundary === boundary && said.others !== null && said.others !== words,
  )
  return once ? { back: once.back, same: false } : null
}

/** What a boundary wants of this person now: an answer, one they asked to give today, to hear a limit, or to look again where what they said was not recorded. */
export type ForYou = 'answer' | 'due' | 'hear' | 'unsaid'

export function forYouOf(
  boundary: string,
  { kind, inForce, heard, answers }: BoundaryStanding,
  seat: Seat,
  refusals: readonly Refusal[],
  today: string,
): ForYou | null {
  if (kind === otherSeat(seat)) return inForce && heard !== inForce.words ? 'hear' : null
  const mine = answers[seat]
  const theirs = answers[otherSeat(seat)]
  if (mine?.kind === 'later') return today < mine.until ? null : 'due'
  if (theirs?.kind !== 'yes') return null
  if (mine?.kind === 'no' && mine.seq > theirs.seq) return null // answered already
  return restingFor(seat, boundary, theirs.wording, refusals, today) ? null : 'answer'
}

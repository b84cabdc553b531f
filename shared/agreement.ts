/**
 * The standing: what the history says about every boundary (A3–A9), a pure fold
 * over verified, opened records. It takes no clock and no document: silence is
 * never an answer, and no edit signs or clears anything.
 */
import type { Act, BoundaryAct, UnknownAct } from './act.ts'
import { otherSeat, type Seat } from './ids.ts'
import { cleanName, isClean, wordingHash, type Kind, type Wording } from './wording.ts'

/** One record as the fold takes it. */
export interface Entry {
  readonly seq: number
  readonly seat: Seat
  /** Null: the record is unreadable (R10). */
  readonly act: Act | UnknownAct | null
  /** Seconds since the epoch: the moment shown for it, never before that of an earlier record (A9). */
  readonly at: number
}

/** What a seat last said about a boundary, until it is spent, cleared or taken back. */
export type Answer = { readonly seq: number; readonly at: number } & (
  | {
      readonly kind: 'yes'
      /** Hash of what the yes is to. */
      readonly words: string
      /** Null: a yes to letting it go. */
      readonly wording: Wording | null
      readonly why: string | null
    }
  | { readonly kind: 'later'; readonly until: string; readonly note: string | null }
  | { readonly kind: 'no'; readonly words: string; readonly note: string | null }
)

/** A wording that came into force, and when. */
export interface Version {
  readonly wording: Wording
  readonly words: string
  /** Counts from 1. */
  readonly number: number
  readonly seq: number
  readonly at: number
}

export interface Standing {
  readonly names: Readonly<Record<Seat, string | null>>
  readonly boundaries: ReadonlyMap<string, BoundaryStanding>
}

export interface BoundaryStanding {
  /** Fixed by the first valid yes (A6); null before. */
  readonly kind: Kind | null
  readonly answers: Readonly<Record<Seat, Answer | null>>
  readonly inForce: Version | null
  /** How many wordings have been in force. */
  readonly versions: number
  /** What was in force right before it, where it followed other words. */
  readonly previous: Wording | null
  /** How the last one ended, while nothing is in force. */
  readonly ended: {
    readonly how: 'let-go' | 'stepped-back'
    readonly seq: number
    readonly at: number
    readonly version: Version
  } | null
  /** Hash of the limit in force that the other person has heard. */
  readonly heard: string | null
  /** A day (YYYY-MM-DD) on which to look at it again. */
  readonly lookAgain: string | null
}

const NO_ANSWERS = { a: null, b: null } as const

export const emptyStanding: Standing = { names: { a: null, b: null }, boundaries: new Map() }

export const emptyBoundary: BoundaryStanding = {
  kind: null,
  answers: NO_ANSWERS,
  inForce: null,
  previous: null,
  versions: 0,
  ended: null,
  heard: null,
  lookAgain: null,
}

export const standingOf = (standing: Standing, boundary: string): BoundaryStanding =>
  standing.boundaries.get(boundary) ?? emptyBoundary

/** The standing after one more entry. An act that a law makes void returns the very same standing. */
export function apply(standing: Standing, entry: Entry): Standing {
  const { act, seat } = entry
  if (act === null) return clearAnswersOf(standing, seat)
  if (act.kind === 'name') return rename(standing, seat, act.name)
  if (!('boundary' in act)) return standing
  const before = standingOf(standing, act.boundary)
  const after = judge(before, act, entry)
  return after === before ? standing : withBoundary(standing, act.boundary, after)
}

type Yes = Extract<BoundaryAct, { kind: 'yes' }>

function judge(before: BoundaryStanding, act: BoundaryAct, entry: Entry): BoundaryStanding {
  if (isAnothersLimit(before, entry.seat)) return judgeHeard(before, act)
  switch (act.kind) {
    case 'yes':
      return judgeYes(before, act, entry)
    case 'no':
      return judgeNo(before, act, entry)
    case 'later':
      return answer(before, entry, {
        kind: 'later',
        until: act.until,
        note: act.note ?? null,
        ...placeOf(entry),
      })
    case 'take-back':
      return before.answers[entry.seat] ? answer(before, entry, null) : before
    case 'step-back':
      return before.inForce?.words === act.words ? end(before, 'stepped-back', entry) : before
    case 'look-again':
      return before.inForce ? { ...before, lookAgain: act.on } : before
    case 'heard':
      return before // one hears another's limit, not one's own and not what is ours
  }
}

/** A6: on another's limit one can say only that it was heard. */
const isAnothersLimit = (before: BoundaryStanding, seat: Seat): boolean =>
  before.kind === otherSeat(seat)

const judgeHeard = (before: BoundaryStanding, act: BoundaryAct): BoundaryStanding =>
  act.kind === 'heard' && before.inForce?.words === act.words
    ? { ...before, heard: act.words }
    : before

function judgeYes(before: BoundaryStanding, act: Yes, entry: Entry): BoundaryStanding {
  const { seat } = entry
  const { wording } = act
  const kind = before.kind ?? wording?.kind ?? null
  const { words, clean } = weigh(act)
  const fits =
    wording === null
      ? before.inForce !== null
      : wording.kind === kind && kind !== otherSeat(seat) && clean
  if (!fits || words === before.inForce?.words) return before // A5, A6, A1
  const yes: Answer = { kind: 'yes', words, wording, why: act.why ?? null, ...placeOf(entry) }
  const said = { ...answer(before, entry, yes), kind }
  return kind === seat || agrees(before.answers[otherSeat(seat)], words)
    ? takeEffect(said, yes, entry)
    : said
}

/** What takes long to know of a yes: whoever looks back folds the same acts again. */
const weighed = new WeakMap<Yes, { readonly words: string; readonly clean: boolean }>()

function weigh(act: Yes) {
  const { boundary, wording } = act
  const known = weighed.get(act) ?? {
    words: wordingHash(boundary, wording),
    clean: !wording || isClean(wording),
  }
  weighed.set(act, known)
  return known
}

/** A3: the open answers of both seats are yes to the same wording. */
const agrees = (other: Answer | null, words: string): boolean =>
  other?.kind === 'yes' && other.words === words

function takeEffect(
  said: BoundaryStanding,
  yes: Extract<Answer, { kind: 'yes' }>,
  entry: Entry,
): BoundaryStanding {
  if (yes.wording === null) return end(said, 'let-go', entry)
  const number = said.versions + 1
  const { wording, words } = yes
  return {
    ...said,
    answers: NO_ANSWERS,
    inForce: { wording, words, number, ...placeOf(entry) },
    previous: said.inForce?.wording ?? null,
    versions: number,
    ended: null,
    heard: null,
    lookAgain: null,
  }
}

function end(
  before: BoundaryStanding,
  how: 'let-go' | 'stepped-back',
  entry: Entry,
): BoundaryStanding {
  const version = before.inForce
  if (!version) return before
  return {
    ...before,
    answers: NO_ANSWERS,
    inForce: null,
    previous: null,
    ended: { how, version, ...placeOf(entry) },
    heard: null,
    lookAgain: null,
  }
}

/** A5: a no becomes one's answer, and clears the other's open yes to the same words. */
function judgeNo(
  before: BoundaryStanding,
  act: Extract<BoundaryAct, { kind: 'no' }>,
  entry: Entry,
): BoundaryStanding {
  const other = otherSeat(entry.seat)
  const said = answer(before, entry, {
    kind: 'no',
    words: act.words,
    note: act.note ?? null,
    ...placeOf(entry),
  })
  const refused = agrees(before.answers[other], act.words)
  return refused ? { ...said, answers: { ...said.answers, [other]: null } } : said
}

const answer = (
  before: BoundaryStanding,
  { seat }: Entry,
  said: Answer | null,
): BoundaryStanding => ({ ...before, answers: { ...before.answers, [seat]: said } })

const placeOf = ({ seq, at }: Entry) => ({ seq, at })

function rename(standing: Standing, seat: Seat, name: string): Standing {
  if (cleanName(name) !== name) return standing
  return { ...standing, names: { ...standing.names, [seat]: name } }
}

function withBoundary(standing: Standing, id: string, boundary: BoundaryStanding): Standing {
  return { ...standing, boundaries: new Map(standing.boundaries).set(id, boundary) }
}

/** R10: what an unreadable record of a seat may have said is unknown, so none of its open answers counts. */
function clearAnswersOf(standing: Standing, seat: Seat): Standing {
  const answered = [...standing.boundaries].filter(([, boundary]) => boundary.answers[seat])
  if (answered.length === 0) return standing
  const boundaries = new Map(standing.boundaries)
  for (const [id, boundary] of answered) {
    boundaries.set(id, { ...boundary, answers: { ...boundary.answers, [seat]: null } })
  }
  return { ...standing, boundaries }
}

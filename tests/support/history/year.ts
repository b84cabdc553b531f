/**
 * A year of two people, from a seed: what they share, agree on, change, ask time
 * for, refuse, let go and step back from, as a story of days (server/demo), so
 * that every record is one that two devices would have signed. The same seed
 * gives the same year.
 */
import { calendarEnding } from '../../../server/demo/calendar.ts'
import {
  found,
  heard,
  invite,
  join,
  later,
  letGo,
  lookAgain,
  no,
  note,
  notQuite,
  putAside,
  rewrite,
  sayBack,
  share,
  shareMine,
  stepBack,
  takeBack,
  thatsIt,
  yes,
  type Line,
  type Step,
  type Story,
} from '../../../server/demo/steps.ts'
import { tell, type Told } from '../../../server/demo/tell.ts'
import { readU32be } from '../../../shared/bytes.ts'
import type { Category } from '../../../shared/categories.ts'
import { otherSeat, type Seat } from '../../../shared/ids.ts'
import { seededRandom } from '../random.ts'

export const YEAR_DAYS = 365
/** The last day of a year that is told, unless a test says another. */
const YEAR_END = new Date(2027, 11, 31, 22).getTime()
const QUIET_DAYS = 0.5

/** The whole year as a board. */
export const tellYear = (seed: number, now = YEAR_END): Promise<Told> =>
  tell(yearOf(seed), { calendar: calendarEnding(now, YEAR_DAYS), random: seededRandom(seed) })

export function yearOf(seed: number): Story {
  const dice = new Dice(seed)
  const lines: Line[] = [
    [1, 'a', found('Robin')],
    [1, 'a', invite()],
    [2, 'b', join('Sam')],
  ]
  const boundaries: Boundary[] = []
  for (let day = 2; day <= YEAR_DAYS; day++) {
    if (dice.chance(QUIET_DAYS)) continue
    for (let count = dice.below(3); count >= 0; count--) {
      const who = dice.one<Seat>(['a', 'b'])
      const moves = movesOf(who, day, boundaries, dice)
      const move = moves.length > 0 ? dice.weighted(moves) : null
      if (!move) continue
      move.then()
      lines.push([day, who, move.step])
    }
  }
  return lines
}

/** A way to put it into words, with a number that can be changed. */
type Sentence = readonly [category: Category, name: string, words: (n: number) => string]

const SENTENCES: readonly Sentence[] = [
  ['time', 'Supper', (n) => `We eat together ${n} evenings a week.`],
  ['time', 'Running late', (n) => `More than ${n} minutes late means a message.`],
  ['talking', 'Pauses', (n) => `A pause is up to ${n} hours, and whoever asked for it ends it.`],
  ['talking', 'The past', (n) => `We talk about the past for ${n} minutes, then we cook.`],
  ['privacy', 'Knocking', (n) => `We knock, and count to ${n}.`],
  ['privacy', 'Phones', (n) => `The phones lie in the hall from ${n} o'clock.`],
  ['digital', 'Pictures', (n) => `No picture of us goes to more than ${n} people unasked.`],
  ['digital', 'Old contacts', (n) => `A message from before is mentioned within ${n} days.`],
  ['money', 'Asking first', (n) => `Above ${n} we talk first.`],
  ['money', 'Own money', (n) => `Each has ${n} a month to themselves.`],
  ['family', 'Visits', (n) => `Visits last ${n} nights at the most.`],
  ['family', 'Telling others', (n) => `We each tell ${n} friends, and say which.`],
  ['physical', 'Space', (n) => `I ask for ${n} minutes alone, and then I come.`],
  ['physical', 'Asking', (n) => `I want to be asked, also the ${n}th time.`],
  ['substances', 'Glasses', (n) => `Nothing serious after ${n} glasses.`],
  ['substances', 'Driving', (n) => `I do not get into the car after ${n} glasses.`],
  ['work', 'Nights away', (n) => `Away, we call once a day for ${n} minutes.`],
  ['work', 'Weekends', (n) => `Work takes ${n} hours of a weekend, not more.`],
]
const LIMITS = ['Space', 'Asking', 'Driving']
const WHY = ['The old way was too much.', 'It works better on the train.', 'We got used to it.']
const NOTE = ['I want to think about it.', 'After the move.', 'Let us talk on the walk.']

/** Whether a person's last answer stands, and to which words (by their number) or to an ending. */
type Answer = number | 'ending' | 'other' | null

/** What the generator must know to let nobody say what has no effect. */
interface Boundary {
  readonly about: string
  readonly sentence: Sentence
  /** Null: ours. */
  readonly owner: Seat | null
  /** The number in the words on the table, and in those in force. */
  table: number
  inForce: number | null
  heard: boolean
  aside: boolean
  answers: Record<Seat, Answer>
  /** Who said something back that waits for an answer. */
  saidBack: Seat | null
}

interface Move {
  readonly weight: number
  readonly step: Step
  /** What it does to what the generator knows. */
  readonly then: () => void
}

function movesOf(who: Seat, day: number, all: Boundary[], dice: Dice): Move[] {
  const moves = all.flatMap((boundary) => {
    if (boundary.aside) return []
    const theirs = boundary.owner !== null && boundary.owner !== who
    const spoken = theirs ? onTheirLimit(boundary) : onMineOrOurs(who, day, boundary, dice)
    return [...spoken, ...beside(who, boundary, dice)]
  })
  const next = SENTENCES.find(([, name]) => all.every(({ about }) => about !== name))
  // What there is to say about grows slowly, so that most of the year is about what is there.
  if (next && all.length < 3 + day / 18) moves.push(sharing(who, next, all, moves.length, dice))
  return moves
}

function sharing(who: Seat, sentence: Sentence, all: Boundary[], others: number, dice: Dice): Move {
  const [category, name, words] = sentence
  const owner = LIMITS.includes(name) ? who : null
  const table = 2 + dice.below(8)
  const put = owner ? shareMine : share
  return {
    weight: 2 + others / 4,
    step: put(name, category, name, words(table)),
    then: () =>
      all.push({
        ...{ about: name, sentence, owner, table, inForce: null, heard: false, aside: false },
        ...{ answers: { a: null, b: null }, saidBack: null },
      }),
  }
}

function onTheirLimit(boundary: Boundary): Move[] {
  if (boundary.inForce === null || boundary.heard) return []
  return [{ weight: 6, step: heard(boundary.about), then: () => (boundary.heard = true) }]
}

function onMineOrOurs(who: Seat, day: number, boundary: Boundary, dice: Dice): Move[] {
  const { about, table, inForce, owner, answers } = boundary
  const theirs = owner === null ? answers[otherSeat(who)] : null
  const asked = typeof theirs === 'number' || theirs === 'ending'
  const moves: Move[] = []
  const can = (weight: number, step: Step, then: () => void) => moves.push({ weight, step, then })
  const why = dice.chance(0.5) ? dice.one(WHY) : undefined
  const line = dice.chance(0.3) ? dice.one(NOTE) : undefined

  if (table !== inForce && answers[who] !== table)
    can(theirs === table ? 10 : 3, yes(about, why), () => agree(boundary, who, table))
  if (inForce !== null && answers[who] !== 'ending')
    can(theirs === 'ending' ? 6 : 0.3, letGo(about, why), () => agree(boundary, who, 'ending'))
  if (inForce !== null && owner === null) can(0.15, stepBack(about), () => comeTo(boundary, null))
  if (inForce !== null) can(0.3, lookAgain(about, day + 30), () => undefined)
  if (asked && answers[who] === null) {
    can(3, later(about, day + 1 + dice.below(9), line), () => (answers[who] = 'other'))
    can(1.5, no(about, line), () => {
      answers[who] = 'other'
      answers[otherSeat(who)] = null
    })
  }
  if (answers[who] !== null) can(0.4, takeBack(about), () => (answers[who] = null))
  const words = boundary.sentence[2](table + 1)
  can(0.7, rewrite(about, { words }), () => (boundary.table = table + 1))
  if (inForce === null && !asked && answers[who] === null)
    can(0.1, putAside(about), () => (boundary.aside = true))
  return moves
}

/** The same words of both, or an owner's own, are in force at once. */
function agree(boundary: Boundary, who: Seat, to: number | 'ending'): void {
  const { owner, answers } = boundary
  if (owner === who || answers[otherSeat(who)] === to) comeTo(boundary, to === 'ending' ? null : to)
  else answers[who] = to
}

function comeTo(boundary: Boundary, inForce: number | null): void {
  Object.assign(boundary, { inForce, heard: false, answers: { a: null, b: null } })
}

/** Notes are no acts, and come and go as they like. */
function beside(who: Seat, boundary: Boundary, dice: Dice): Move[] {
  const { about, saidBack } = boundary
  const text = dice.one(NOTE)
  const said = { weight: 0.1, step: note(about, text), then: () => undefined }
  if (saidBack === null) {
    const then = () => void (boundary.saidBack = who)
    return [said, { weight: 0.1, step: sayBack(about, `You mean: ${text}`), then }]
  }
  if (saidBack === who) return [said]
  const step = dice.chance(0.7) ? thatsIt(about) : notQuite(about)
  return [said, { weight: 1, step, then: () => (boundary.saidBack = null) }]
}

class Dice {
  readonly #random

  constructor(seed: number) {
    this.#random = seededRandom(seed)
  }

  /** From 0 to 1, never 1. */
  roll = (): number => readU32be(this.#random(4), 0) / 2 ** 32
  chance = (of: number): boolean => this.roll() < of
  below = (end: number): number => Math.floor(this.roll() * end)

  one<T>(from: readonly T[]): T {
    const chosen = from[this.below(from.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }

  weighted(from: readonly Move[]): Move | null {
    let left = this.roll() * from.reduce((sum, { weight }) => sum + weight, 0)
    return from.find(({ weight }) => (left -= weight) < 0) ?? null
  }
}

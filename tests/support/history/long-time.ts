/** Two people over a long time: agreed, changed, stepped back from and agreed again, let go; limits, notes, drafts. */
import { onTestFinished } from 'vitest'
import { CATEGORIES } from '../../../shared/categories.ts'
import { addDays } from '../../../client/reading/day.ts'
import { level } from '../partners/arrived.ts'
import type { HandClock } from '../clock.ts'
import { makePair, type Partner } from '../partners/partner.ts'
import { agree, type } from '../partners/partner-words.ts'

const DAY_MS = 86_400_000

export interface LongTime {
  /** Ana's, and Ben's. */
  readonly twelve: readonly [string, string]
  readonly ana: Partner
  readonly ben: Partner
  /** Ids, in the order in which they were agreed. */
  readonly ids: readonly string[]
}

export interface Story {
  readonly boundaries: number
  /** Between one act and the next. */
  readonly days: number
  readonly words?: (n: number) => string
}

const WORDS = (n: number) =>
  `From ten at night our phones stay on the kitchen table (${n}). Whoever is on call says so before dinner, and the other does not look.`

/** One or two of them are limits; some end, some change, some have gaps. */
export async function aLongTime(
  origin: string,
  clock: HandClock,
  { boundaries, days, words = WORDS }: Story,
): Promise<LongTime> {
  const [ana, ben] = await makePair({ origin, now: () => clock.now() })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  const ids: string[] = []
  const pass = async () => {
    clock.advance(days * DAY_MS)
    await level(ana, ben)
  }
  const both = async (id: string) => {
    await agree(ana, id)
    await pass()
    await agree(ben, id)
    await pass()
  }
  for (let n = 1; n <= boundaries; n++) {
    const category = CATEGORIES[n % (CATEGORIES.length + 2)] ?? null
    const kind = n % 9 === 4 ? ana.seat : n % 9 === 7 ? ben.seat : ('ours' as const)
    const who = kind === ben.seat ? ben : ana
    const texts = { name: `Boundary number ${n}`, words: words(n), ifItSlips: '', kind, category }
    const made = who.board.share(n % 4 === 0 ? { ...texts, ifItSlips: 'We say so.' } : texts)
    if ('problem' in made) throw new Error(made.problem)
    ids.push(made.id)
    await level(ana, ben)
    if (kind !== 'ours') {
      await agree(who, made.id)
      await pass()
      continue
    }
    await both(made.id)
    if (n % 3 === 0) {
      ana.board.answers.suggestChange(made.id)
      type(ana, made.id, 0, 'At home: ')
      await level(ana, ben)
      await both(made.id)
    }
    if (n % 5 === 0) {
      await ben.board.stepBack(made.id)
      await pass()
      if (n % 2 === 0) await both(made.id)
    }
    if (n % 8 === 0) {
      await ana.board.answers.suggestEnding(made.id)
      await pass()
      await ben.board.answers.suggestEnding(made.id)
      await pass()
    }
  }
  const [first = ''] = ids
  await ana.board.answers.lookAgain(first, addDays(ana.board.today, 30))
  const notes = await ana.board.notes()
  notes.add(first, 'note', 'Ana wrote this beside it.')
  ;(await ben.board.notes()).add(first, 'note', 'Ben wrote this beside it.')
  ana.board.drafts.keep({ name: 'A draft of Ana', words: 'Not shared yet.', ifItSlips: '' })
  ben.board.drafts.keep({ name: 'A draft of Ben', words: 'Not shared either.', ifItSlips: '' })
  const open = ana.board.share({ name: 'Being worded', words: 'On the table.', ifItSlips: '' })
  if ('problem' in open) throw new Error(open.problem)
  await level(ana, ben)
  const twelve = [await ana.board.twelveWords(), await ben.board.twelveWords()] as const
  return { twelve, ana, ben, ids }
}

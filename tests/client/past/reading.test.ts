/** What stands in the lines of the history: months and blocks, changes in short, addresses. */
import { describe, expect, it } from 'vitest'
import { chronicleOf } from '../../../client/reading/chronicle.ts'
import { BLOCK, monthsOf } from '../../../client/past/list/blocks.ts'
import { boundariesIn } from '../../../client/past/list/boundaries.ts'
import { entriesOf } from '../../../client/past/list/entries.ts'
import { historyPlace, historyView, type HistoryPlace } from '../../../client/past/history-place.ts'
import { shortChange } from '../../../client/parts/short-change.ts'
import {
  HALL,
  KITCHEN,
  MONEY,
  PHONES,
  stepBack,
  tell,
  wording,
  yes,
} from '../../support/history/tell-lines.ts'

describe('months', () => {
  const round = [
    ['a', yes(HALL)] as const,
    ['b', yes(HALL)] as const,
    ['a', stepBack(HALL)] as const,
  ]
  const told = (rounds: number, secondsApart: number) => {
    const lines = tell(...Array.from({ length: rounds }, () => round).flat()).map((line, i) => ({
      ...line,
      at: line.at + i * secondsApart,
    }))
    return entriesOf(chronicleOf(lines), lines)
  }

  it('newest first, in blocks that can be drawn at once, and nothing is lost', () => {
    const entries = told(100, 43_200)
    const months = monthsOf(entries)
    const seqs = months.flatMap(({ blocks }) => blocks.flatMap((b) => b.entries)).map((e) => e.seq)
    expect(seqs).toEqual(entries.map(({ seq }) => seq).reverse())
    expect(months.length).toBeGreaterThan(4)
    for (const { blocks } of months)
      for (const { entries } of blocks) expect(entries.length).toBeLessThanOrEqual(BLOCK)
  })

  it('older blocks stay the same when something new is said', () => {
    const keys = (rounds: number) =>
      monthsOf(told(rounds, 60)).flatMap(({ blocks }) => blocks.map(({ key }) => key))
    expect(keys(60).slice(-keys(40).length + 1)).toEqual(keys(40).slice(1))
  })
})

describe('what changed, in a line', () => {
  it('the words that were there, and those that are', () => {
    expect(shortChange(HALL, KITCHEN)).toEqual({
      kind: 'words',
      places: [{ before: 'in the hall', after: 'on the kitchen table' }],
    })
  })

  it('what was only added, or taken out', () => {
    const longer = wording(`${HALL.words} Every day.`)
    expect(shortChange(HALL, longer)).toMatchObject({
      places: [{ before: '', after: 'Every day.' }],
    })
    expect(shortChange(longer, HALL)).toMatchObject({
      places: [{ before: 'Every day.', after: '' }],
    })
  })

  it('a name is a place too', () => {
    expect(shortChange(HALL, { ...HALL, name: 'Phones' })).toMatchObject({ kind: 'words' })
  })

  it('mostly new words, and more than fits, are said to be that', () => {
    const long = 'one two three four five six seven eight nine ten '.repeat(4)
    expect(shortChange(wording(long), wording(long.replaceAll('e', 'x')))).toEqual({
      kind: 'mostly-new',
    })
    const many = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ')
    const changed = many.replace(/word(0|9|18|27)\b/g, 'other$1')
    expect(shortChange(wording(many), wording(changed))).toEqual({ kind: 'many' })
  })

  it('a line end alone is no words to quote', () => {
    const [one, two] = [wording('One.\nTwo.'), wording('One.\n\nTwo.')]
    expect(shortChange(one, two)).toEqual({ kind: 'many' })
  })
})

describe('addresses', () => {
  const places: HistoryPlace[] = [
    { kind: 'entries', of: null, only: 'all' },
    { kind: 'entries', of: null, only: 'ended' },
    { kind: 'entries', of: PHONES, only: 'all' },
    { kind: 'entries', of: PHONES, only: 'changed' },
    { kind: 'board-on', seq: 0 },
    { kind: 'board-on', seq: 4711 },
  ]
  it.each(places)('lead back to where they came from: %o', (place) => {
    const view = historyView(place)
    expect(view.kind === 'history' && historyPlace(view.at)).toEqual(place)
  })
})

it('boundaries are listed by the names they had last', () => {
  const renamed = wording(KITCHEN.words, 'A phone at night')
  const lines = tell(
    ['a', yes(HALL)],
    ['a', yes(wording('Ask first.', 'Money'), MONEY)],
    ['b', yes(renamed)],
  )
  expect(boundariesIn(chronicleOf(lines))).toEqual([
    { id: PHONES, name: 'A phone at night' },
    { id: MONEY, name: 'Money' },
  ])
})

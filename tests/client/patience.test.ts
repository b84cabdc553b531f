import { describe, expect, it, test } from 'vitest'
import { addDays, dayAt, nextSunday } from '../../client/reading/day.ts'
import { forYouOf, refusalsOf, restingFor, senseOf } from '../../client/reading/patience.ts'
import { apply, emptyStanding, standingOf } from '../../shared/agreement.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Wording } from '../../shared/wording.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  MONEY,
  PHONES,
  later,
  no,
  takeBack,
  tell,
  wording,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const DAY = dayAt(BEGIN * 1000)
const on = (days: number) => addDays(DAY, days)
const SHOUTED = wording('FROM TEN, our phones stay - in the hall!')

function forYou(seat: Seat, today: string, told: readonly Telling[], boundary = PHONES) {
  const lines = tell(...told)
  const standing = standingOf(lines.reduce(apply, emptyStanding), boundary)
  return forYouOf(boundary, standing, seat, refusalsOf(lines), today)
}

const resting = (words: Wording | null, today: string, told: readonly Telling[], at = PHONES) =>
  restingFor('b', at, words, refusalsOf(tell(...told)), today)

const refused: Telling[] = [
  ['a', yes(HALL)],
  ['b', no(HALL)],
]

describe('A9: what stands in “For you”, from seat b', () => {
  const stories: [string, Telling[], number, string | null][] = [
    ['nothing was said', [], 0, null],
    ['the partner says yes', [['a', yes(HALL)]], 0, 'answer'],
    ['my own yes asks nothing of me', [['b', yes(HALL)]], 0, null],
    [
      'I need until 1 December',
      [
        ['a', yes(HALL)],
        ['b', later()],
      ],
      0,
      null,
    ],
    [
      'other words do not end my not-yet',
      [
        ['a', yes(HALL)],
        ['b', later()],
        ['a', yes(KITCHEN)],
      ],
      0,
      null,
    ],
    ['the same words the next day', [...refused, ['a', yes(HALL)]], 1, null],
    ['the same words after six days', [...refused, ['a', yes(HALL)]], 6, null],
    ['the same words on the day that was named', [...refused, ['a', yes(HALL)]], 7, null],
    ['the same words after that day', [...refused, ['a', yes(HALL)]], 8, 'answer'],
    ['the same words, shouted', [...refused, ['a', yes(SHOUTED)]], 1, null],
    ['other words once', [...refused, ['a', yes(KITCHEN)]], 1, 'answer'],
    [
      'other words a second time',
      [...refused, ['a', yes(KITCHEN)], ['a', yes(wording('In a box.'))]],
      1,
      null,
    ],
    ['I took my no back', [...refused, ['b', takeBack()], ['a', yes(HALL)]], 1, 'answer'],
    [
      'I suggested other words, then they did, twice',
      [
        ...refused,
        ['b', yes(KITCHEN)],
        ['a', yes(wording('In a box.'))],
        ['a', yes(wording('In a bag.'))],
      ],
      1,
      null,
    ],
    ['a clock a day behind the no', [...refused, ['a', yes(HALL)]], -1, null],
  ]
  test.each(stories)('%s', (_, told, days, stands) => {
    expect(forYou('b', on(days), told)).toBe(stands)
  })

  it('a not-yet comes due on its day, to the person who asked for it', () => {
    const told: Telling[] = [
      ['a', yes(HALL)],
      ['b', later()],
    ]
    expect(forYou('b', '2026-11-30', told)).toBeNull()
    expect(forYou('b', '2026-12-01', told)).toBe('due')
    expect(forYou('b', '2027-01-05', told)).toBe('due')
    expect(forYou('a', '2026-12-01', told)).toBeNull()
  })

  it('the same words in another boundary wait too', () => {
    expect(forYou('b', on(1), [...refused, ['a', yes(SHOUTED, MONEY)]], MONEY)).toBeNull()
    expect(forYou('b', on(8), [...refused, ['a', yes(SHOUTED, MONEY)]], MONEY)).toBe('answer')
    expect(forYou('b', on(1), [...refused, ['a', yes(KITCHEN, MONEY)]], MONEY)).toBe('answer')
  })

  it('A6: a limit of the partner’s until it is heard, and again when it changed', () => {
    const limit = { ...HALL, kind: 'a' as const }
    const heard = { kind: 'heard' as const, boundary: PHONES, words: no(limit).words }
    expect(forYou('b', DAY, [['a', yes(limit)]])).toBe('hear')
    expect(forYou('a', DAY, [['a', yes(limit)]])).toBeNull()
    expect(
      forYou('b', DAY, [
        ['a', yes(limit)],
        ['b', heard],
      ]),
    ).toBeNull()
    const changed = { ...KITCHEN, kind: 'a' as const }
    expect(
      forYou('b', DAY, [
        ['a', yes(limit)],
        ['b', heard],
        ['a', yes(changed)],
      ]),
    ).toBe('hear')
  })
})

describe('A9: what the suggesting side waits for', () => {
  it('the same words can come back after the seventh day, which is the one that is named', () => {
    expect(resting(HALL, on(0), refused)).toEqual({ back: on(7), same: true })
    expect(resting(SHOUTED, on(7), refused)).toEqual({ back: on(7), same: true })
    expect(resting(HALL, on(8), refused)).toBeNull()
    expect(resting(KITCHEN, on(0), refused)).toBeNull()
    expect(restingFor('a', PHONES, HALL, refusalsOf(tell(...refused)), on(0))).toBeNull()
  })

  it('another name, or another if-it-slips, makes no other words of them', () => {
    const renamed = { ...HALL, name: 'Evenings', ifItSlips: 'Then we talk.' }
    expect(resting(renamed, on(1), refused)).toEqual({ back: on(7), same: true })
  })

  it('other words can be suggested once, and that suggestion stays', () => {
    const told: Telling[] = [...refused, ['a', yes(KITCHEN)]]
    expect(resting(KITCHEN, on(1), told)).toBeNull()
    expect(resting(wording('In a box.'), on(1), told)).toEqual({ back: on(7), same: false })
  })

  it('a no to an ending rests the ending, and no words', () => {
    const told: Telling[] = [
      ['a', yes(HALL)],
      ['b', yes(HALL)],
      ['a', yes(null)],
      ['b', no(null)],
    ]
    expect(resting(null, on(1), told)?.same).toBe(true)
    expect(resting(KITCHEN, on(1), told)).toBeNull()
    expect(resting(null, on(7), told)?.same).toBe(true)
    expect(resting(null, on(8), told)).toBeNull()
  })
})

describe('the sense of words', () => {
  it('ignores case, punctuation and spaces; not letters, numbers and signs alone', () => {
    expect(senseOf('At ten,\n NO phones…')).toBe(senseOf('at TEN no phones'))
    expect(senseOf('Ten')).not.toBe(senseOf('Tea'))
    expect(senseOf('10')).not.toBe(senseOf('1'))
    expect(senseOf('👍')).not.toBe(senseOf('👎'))
    expect(senseOf('?!')).not.toBe('')
  })
})

describe('days', () => {
  it('across months and years; Sunday is the coming one', () => {
    expect(addDays('2026-12-28', 7)).toBe('2027-01-04')
    expect(nextSunday('2026-11-24')).toBe('2026-11-29')
    expect(nextSunday('2026-11-29')).toBe('2026-12-06')
  })
})

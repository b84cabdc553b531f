import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pictureOf, type Picture } from '../../client/past/picture/picture.ts'
import { holds } from '../support/property.ts'
import type { Span } from '../../shared/spans.ts'
import { MONEY, PHONES, wording } from '../support/history/tell-lines.ts'

const noon = (day: string) => new Date(`${day}T12:00:00`).getTime() / 1000

type Ended = readonly [day: string, how: NonNullable<Span['end']>['how']]

let seq = 0
const span = (
  from: string,
  ended: Ended | null = null,
  boundary = PHONES,
  name = 'Phones',
): Span => ({
  ...{ boundary, kind: 'ours' },
  version: { wording: wording('words', name), words: '', number: 1, seq: ++seq, at: noon(from) },
  end: ended && { how: ended[1], seq: ++seq, at: noon(ended[0]) },
})

const drawn = (spans: readonly Span[], today: string): Picture => {
  const picture = pictureOf(spans, today)
  if (!picture) throw new Error('nothing to draw')
  return picture
}

/** As it would be on a ruler of so many days. */
const on = (days: number, x: number) => Math.round(x * days * 1000) / 1000

describe('the picture of the whole time', () => {
  it('is none where nothing was ever in force', () => {
    expect(pictureOf([], '2026-05-12')).toBe(null)
  })

  it('begins with the month of the first day and ends with today', () => {
    const { from, until, months, rows } = drawn([span('2026-03-11')], '2026-04-30')
    expect({ from, until }).toEqual({ from: '2026-03-11', until: '2026-04-30' })
    expect(months.map(({ day, x }) => [day, on(61, x)])).toEqual([
      ['2026-03-01', 0],
      ['2026-04-01', 31],
    ])
    const [ribbon] = rows[0]?.ribbons ?? []
    expect([on(61, ribbon?.x ?? 0), on(61, ribbon?.width ?? 0)]).toEqual([10, 51])
  })

  it('a change is a notch in one ribbon; its old and new name are one row, under the new', () => {
    const spans = [
      span('2026-03-01', ['2026-03-11', 'changed']),
      span('2026-03-11', null, PHONES, 'Phones, later'),
    ]
    const [row, ...others] = drawn(spans, '2026-03-31').rows
    expect(others).toEqual([])
    expect(row?.name).toBe('Phones, later')
    expect(row?.ribbons).toEqual([{ x: 0, width: 1 }])
    expect(row?.marks.map(({ what, x }) => [what, on(31, x)])).toEqual([['changed', 10]])
    expect(row?.told.map(({ from, until, how }) => [from, until, how])).toEqual([
      ['2026-03-01', '2026-03-11', 'changed'],
      ['2026-03-11', null, null],
    ])
  })

  it('a gap lies between a step back and the next yes of both; letting go ends the ribbon', () => {
    const spans = [
      span('2026-03-01', ['2026-03-06', 'stepped-back']),
      span('2026-03-16', ['2026-03-26', 'let-go']),
    ]
    const [row] = drawn(spans, '2026-03-31').rows
    expect(row?.ribbons.map(({ x, width }) => [on(31, x), on(31, width)])).toEqual([
      [0, 5],
      [15, 10],
    ])
    expect(row?.marks.map(({ what, x }) => [what, on(31, x)])).toEqual([
      ['stepped-back', 5],
      ['let-go', 25],
    ])
  })

  it('rows stand in the order in which they first came into force', () => {
    const spans = [
      span('2026-03-01', ['2026-03-02', 'stepped-back'], MONEY, 'Money'),
      span('2026-03-03'),
      span('2026-03-04', null, MONEY, 'Money'),
    ]
    expect(drawn(spans, '2026-03-31').rows.map(({ name }) => name)).toEqual(['Money', 'Phones'])
  })

  it('what came and went within a day can be seen, today too', () => {
    const brief = [span('2020-01-01'), span('2026-03-31', ['2026-03-31', 'stepped-back'], MONEY)]
    const [ribbon] = drawn(brief, '2026-03-31').rows[1]?.ribbons ?? []
    expect(ribbon?.width).toBeGreaterThan(0.005)
    expect((ribbon?.x ?? 1) + (ribbon?.width ?? 1)).toBeLessThanOrEqual(1)
  })

  it('two changes on one day are one notch', () => {
    const spans = [
      span('2026-03-01', ['2026-03-11', 'changed']),
      span('2026-03-11', ['2026-03-11', 'changed']),
      span('2026-03-11'),
    ]
    expect(drawn(spans, '2026-03-31').rows[0]?.marks).toHaveLength(1)
  })

  it('a record of a day that this device has not come to yet widens the picture', () => {
    expect(drawn([span('2026-03-20')], '2026-03-10').until).toBe('2026-03-20')
  })

  it.each([
    ['2026-05-12', '2026-05-12', 1, 1],
    ['2026-01-05', '2026-06-30', 6, 6],
    ['2026-01-05', '2026-12-31', 6, 12],
    ['2024-01-05', '2026-12-31', 6, 6],
    ['2006-01-05', '2026-12-31', 5, 10],
  ])('%s to %s: %i names of months on a phone, %i on a desk', (from, today, phone, desk) => {
    const { months } = drawn([span(from)], today)
    expect(months.filter(({ named }) => named === 'always')).toHaveLength(phone)
    expect(months.filter(({ named }) => named !== 'no')).toHaveLength(desk)
  })

  it('a month that has just begun has no room for its name yet', () => {
    const { months } = drawn([span('2026-04-05')], '2026-05-01')
    expect(months.map(({ named }) => named)).toEqual(['always', 'no'])
  })
})

describe('any history', () => {
  const day = fc
    .integer({ min: 0, max: 3000 })
    .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10))
  const how = fc.constantFrom('changed' as const, 'let-go' as const, 'stepped-back' as const)
  /** Days in order; each span ends where or before the next begins. */
  const spansOf = fc.array(fc.tuple(day, day, how), { minLength: 1, maxLength: 12 }).map((raw) => {
    const days = raw.flatMap(([one, other]) => [one, other]).sort()
    return raw.map(([, , end], at) => {
      const [from = '', until = ''] = days.slice(2 * at)
      return span(from, at === raw.length - 1 ? null : [until, end])
    })
  })

  it('is drawn inside its frame, in order, each ribbon before the next', () =>
    holds(
      fc.property(spansOf, day, (spans, today) => {
        const { months, rows } = drawn(spans, today)
        expect(months[0]?.x).toBe(0)
        for (const { ribbons, marks } of rows) {
          for (const { x } of marks) expect(x >= 0 && x <= 1).toBe(true)
          for (const [at, { x, width }] of ribbons.entries()) {
            expect(x >= 0 && width > 0 && x + width <= 1 + 1e-9).toBe(true)
            expect(x).toBeGreaterThanOrEqual(ribbons[at - 1]?.x ?? 0)
          }
        }
      }),
      300,
    ))
})

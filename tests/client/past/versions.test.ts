import { describe, expect, it } from 'vitest'
import { thenAndNow, versionsOf } from '../../../client/past/versions.ts'
import { spansOf } from '../../../shared/spans.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  MONEY,
  PHONES,
  stepBack,
  tell,
  yes,
  type Telling,
} from '../../support/history/tell-lines.ts'

const of = (...told: Telling[]) => versionsOf(spansOf(tell(...told)), PHONES)
const hall: Telling[] = [
  ['a', yes(HALL)],
  ['b', yes(HALL)],
]
const kitchen: Telling[] = [
  ['a', yes(KITCHEN)],
  ['b', yes(KITCHEN)],
]

describe('versions of a boundary', () => {
  it('newest first, each with its days', () => {
    expect(of(...hall, ['a', yes(HALL, MONEY)], ['b', yes(HALL, MONEY)], ...kitchen)).toEqual([
      { number: 2, wording: KITCHEN, seq: 5, from: BEGIN + 300, to: null },
      { number: 1, wording: HALL, seq: 1, from: BEGIN + 60, to: BEGIN + 300 },
    ])
  })
})

describe('then and now', () => {
  const brief = (...told: Telling[]) => {
    const both = thenAndNow(of(...told))
    return both && [both.now?.number ?? null, both.then.number]
  }
  it('is what holds, and what held before it', () => {
    expect(brief(...hall, ...kitchen)).toEqual([2, 1])
  })
  it('of what ended is what held last', () => {
    expect(brief(...hall, ['a', stepBack(HALL)])).toEqual([null, 1])
    expect(brief(...hall, ['a', stepBack(HALL)], ...kitchen)).toEqual([2, 1])
  })
  it('of what never changed is nothing', () => {
    expect(brief(...hall)).toBeNull()
    expect(brief()).toBeNull()
  })
})

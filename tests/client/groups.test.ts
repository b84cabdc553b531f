import { describe, expect, it } from 'vitest'
import type { Card, Status } from '../../client/board/board-view.ts'
import { grouped, groupOf } from '../../client/list/groups.ts'

const PLAIN: Card = {
  id: '',
  name: '',
  status: 'agreed',
  category: null,
  theirs: false,
  words: '',
  partnerYes: 'none',
  forYou: null,
}
const LATER: Status = { kind: 'needs-until', until: '2026-09-27', mine: false }
const LIMIT: Status = { kind: 'limit', mine: false, heard: false }

describe('the groups of the board', () => {
  it.each<[Status, string]>([
    ['private', 'private'],
    ['being-worded', 'worded'],
    ['waiting', 'worded'],
    [LATER, 'worded'],
    ['no-for-now', 'worded'],
    ['not-agreed-any-more', 'worded'],
    ['agreed', 'agreed'],
    ['change-suggested', 'agreed'],
    ['ending-suggested', 'agreed'],
    [LIMIT, 'agreed'],
    ['set-aside', 'closed'],
    ['let-go', 'closed'],
  ])('%j stands under %s', (status, group) => {
    expect(groupOf({ ...PLAIN, status })).toBe(group)
  })

  it('what wants something of me stands in For you and nowhere else', () => {
    const waiting = [
      { ...PLAIN, id: '1', status: 'being-worded', forYou: 'answer' },
      { ...PLAIN, id: '2', status: 'ending-suggested', forYou: 'answer' },
      { ...PLAIN, id: '3', status: LIMIT, forYou: 'hear' },
      { ...PLAIN, id: '4', status: 'set-aside', forYou: 'due' },
    ] as const
    const { 'for-you': forYou, ...others } = grouped(waiting)
    expect(forYou).toEqual(waiting)
    expect(Object.values(others).flat()).toEqual([])
  })

  it('keeps the order given, and what is agreed by what it is about', () => {
    const cards: Card[] = [
      { ...PLAIN, id: '1' },
      { ...PLAIN, id: '2', category: 'work' },
      { ...PLAIN, id: '3', category: 'time' },
      { ...PLAIN, id: '4', category: 'work' },
      { ...PLAIN, id: '5', category: 'work', status: 'waiting' },
      { ...PLAIN, id: '6', category: 'time', status: 'being-worded' },
    ]
    const { agreed, worded } = grouped(cards)
    expect(agreed.map(({ id }) => id)).toEqual(['3', '2', '4', '1'])
    expect(worded.map(({ id }) => id)).toEqual(['5', '6'])
  })
})

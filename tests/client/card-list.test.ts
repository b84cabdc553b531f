import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { CardList } from '../../client/reading/card-list.ts'
import { Table } from '../../client/board/table.ts'
import { emptyStanding } from '../../shared/agreement.ts'
import { addBoundary, textsOf } from '../../shared/board-doc.ts'
import { BEGIN, HALL, MONEY, PHONES, standingAfter, yes } from '../support/history/tell-lines.ts'

let doc: Y.Doc
let list: CardList

beforeEach(() => {
  doc = new Y.Doc()
  const table = new Table(doc, () => false)
  onTestFinished(() => table.destroy())
  list = new CardList(table, 'a')
})

const BESIDE = { today: '2026-09-21', refusals: [], intention: () => null }
const put = (id: string, created: number) =>
  addBoundary(doc, { id, by: 'a', created, name: id.slice(0, 4), words: 'Words.', ifItSlips: '' })
const idsOf = (standing = emptyStanding) => list.current(standing, BESIDE).map(({ id }) => id)

describe('the list of cards', () => {
  it('newest first; of the same second, in an order that is the same on both devices', () => {
    put(PHONES, 5)
    put(MONEY, 9)
    expect(idsOf()).toEqual([MONEY, PHONES])
    put('22'.repeat(16), 5)
    put('01'.repeat(16), 9)
    expect(idsOf()).toEqual(['01'.repeat(16), MONEY, PHONES, '22'.repeat(16)])
  })

  it('A2: a boundary that is only in the history has a card too', () => {
    put(PHONES, BEGIN + 1000)
    const standing = standingAfter(['a', yes(HALL, MONEY)], ['b', yes(HALL, MONEY)])
    expect(list.current(standing, BESIDE)).toMatchObject([
      { id: PHONES },
      { id: MONEY, status: 'agreed', words: HALL.words },
    ])
  })

  it('the same card, and the same list, until what they show changes', () => {
    put(PHONES, 1)
    put(MONEY, 2)
    const [money, phones] = list.current(emptyStanding, BESIDE)
    expect(list.current(emptyStanding, BESIDE)).toBe(list.current(emptyStanding, BESIDE))
    textsOf(doc, PHONES)?.words.insert(0, 'More ')
    const after = list.current(emptyStanding, BESIDE)
    expect(after[0]).toBe(money)
    expect(after[1]).not.toBe(phones)
    expect(after[1]?.words).toBe('More Words.')
    const said = list.current(standingAfter(['b', yes(HALL, MONEY)]), BESIDE)
    expect(said[0]).not.toBe(money)
    expect(said[1]).toBe(after[1])
  })

  it('S1: what a partner puts there that is no boundary has no card and breaks none', () => {
    put(PHONES, 1)
    const boundaries = doc.getMap<unknown>('boundaries')
    const half = new Y.Map<unknown>([['name', new Y.Text('Half')]])
    const strange: unknown[] = [
      7,
      'text',
      null,
      new Y.Array(),
      half,
      new Y.Text('?'),
      { name: 'x' },
    ]
    strange.forEach((value, i) => boundaries.set(`${i}`.repeat(32).slice(0, 32), value))
    boundaries.set('not an id', new Y.Map())
    boundaries.set('__proto__', new Y.Map())
    boundaries.set(PHONES.replace('0', 'f'), new Y.Map())
    expect(idsOf()).toEqual([])
    put(PHONES, 1)
    expect(idsOf()).toEqual([PHONES])
  })

  it('S1: a moment that is none is the beginning of time', () => {
    put(PHONES, Number.NaN)
    put(MONEY, 1)
    doc.getMap<Y.Map<unknown>>('boundaries').get(PHONES)?.set('created', { valueOf: 'no' })
    expect(idsOf()).toEqual([MONEY, PHONES])
  })
})

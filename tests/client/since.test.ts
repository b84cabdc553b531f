import { describe, expect, it } from 'vitest'
import type { TableBoundary } from '../../shared/board-doc.ts'
import type { Act } from '../../shared/act.ts'
import type { Seat } from '../../shared/ids.ts'
import { wordingHash } from '../../shared/wording.ts'
import { chronicleOf } from '../../client/reading/chronicle.ts'
import { sinceOf } from '../../client/reading/since.ts'
import { toldWords } from '../../client/words/en-since.ts'
import {
  HALL,
  KITCHEN,
  later,
  MONEY,
  no,
  PHONES,
  stepBack,
  takeBack,
  tell,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const TODAY = '2026-11-01'
const onTable = (id: string, by: Seat, more: Partial<TableBoundary> = {}): TableBoundary => ({
  ...{ id, by, created: 1, kind: 'ours', category: null, aside: false, kept: null },
  ...{ name: 'Phones at night', words: 'From ten.', ifItSlips: '' },
  ...more,
})

/** What Ana, at seat a, is told of what came after the first `seen` lines. */
function toldAfter(
  seen: number,
  lines: readonly Telling[],
  given: Partial<{ table: TableBoundary[]; shared: string[]; today: string; seat: Seat }> = {},
) {
  const { table = [], shared = [PHONES, MONEY], today = TODAY, seat = 'a' } = given
  const history = chronicleOf(tell(...lines))
  return sinceOf({ seen: { seq: seen - 1, shared }, history, table, seat, today })
}
const whats = (...of: Parameters<typeof toldAfter>) => toldAfter(...of).map(({ what }) => what)

const agreed: Telling[] = [
  ['a', yes(HALL)],
  ['b', yes(HALL)],
]
const LIMIT = { ...HALL, kind: 'b' as const }
const MINE = { ...HALL, kind: 'a' as const }
const heard = (to: typeof HALL): Act => ({
  ...{ kind: 'heard', boundary: PHONES, words: wordingHash(PHONES, to) },
})

describe('Since you were last here: what is told', () => {
  it.each<[string, Telling[], Telling]>([
    ['agrees', [], ['b', yes(HALL)]],
    ['agreed', [['a', yes(HALL)]], ['b', yes(HALL)]],
    ['change-suggested', agreed, ['b', yes(KITCHEN)]],
    ['changed', [...agreed, ['a', yes(KITCHEN)]], ['b', yes(KITCHEN)]],
    ['ending-suggested', agreed, ['b', yes(null)]],
    ['let-go', [...agreed, ['a', yes(null)]], ['b', yes(null)]],
    ['needs-time', [['a', yes(HALL)]], ['b', later()]],
    ['said-no', [['a', yes(HALL)]], ['b', no(HALL)]],
    ['took-back', [['b', yes(HALL)]], ['b', takeBack()]],
    ['took-back-answer', [['b', no(HALL)]], ['b', takeBack()]],
    ['stepped-back', agreed, ['b', stepBack(HALL)]],
    ['limit', [], ['b', yes(LIMIT)]],
    ['limit-changed', [['b', yes(LIMIT)]], ['b', yes({ ...KITCHEN, kind: 'b' })]],
    ['limit-ended', [['b', yes(LIMIT)]], ['b', yes(null)]],
    ['heard', [['a', yes(MINE)]], ['b', heard(MINE)]],
  ])('%s', (what, before, act) => {
    expect(whats(before.length, [...before, act])).toEqual([what])
    // Once seen, it is not told again; and never to the person who did it.
    expect(whats(before.length + 1, [...before, act])).toEqual([])
    expect(whats(before.length, [...before, act], { seat: 'b' })).toEqual([])
  })

  it('a boundary that the partner shared, once; never one of one’s own', () => {
    const table = [onTable(PHONES, 'b'), onTable(MONEY, 'a')]
    expect(toldAfter(0, [], { table, shared: [] })).toEqual([
      { boundary: PHONES, name: 'Phones at night', what: 'shared', day: null },
    ])
    expect(toldAfter(0, [], { table, shared: [PHONES] })).toEqual([])
  })

  it('shared with a yes is one thing; shared and answered on another device is none', () => {
    const told = { table: [onTable(PHONES, 'b')], shared: [] }
    expect(whats(0, [['b', yes(HALL)]], told)).toEqual(['shared-and-agrees'])
    expect(
      whats(
        0,
        [
          ['b', yes(HALL)],
          ['a', no(HALL)],
        ],
        told,
      ),
    ).toEqual([])
  })

  it('a not-yet names its day; once that has come, it is not told', () => {
    const lines: Telling[] = [['b', later()]]
    expect(toldAfter(0, lines)[0]).toMatchObject({ what: 'needs-time', day: '2026-12-01' })
    expect(toldAfter(0, lines, { today: '2026-12-01' })).toEqual([])
  })

  it('nothing of names, invitations and what cannot be read', () => {
    const lines: Telling[] = [
      ['b', { kind: 'name', name: 'Ben' }],
      ['b', { kind: 'look-again', boundary: PHONES, on: '2026-12-24' }],
      ['b', { kind: 'unknown' }],
      ['b', null],
    ]
    expect(whats(0, lines)).toEqual([])
  })
})

describe('Since you were last here: one thing for each boundary', () => {
  it('saying and taking back, over and over, tells nothing', () => {
    const often: Telling[] = Array.from({ length: 20 }, () => [
      ...[['b', yes(HALL)] as const, ['b', takeBack()] as const],
    ]).flat()
    expect(whats(0, often)).toEqual([])
    // What stood before and stands no more is told, however often it came back meanwhile.
    const stood: Telling[] = [['b', yes(HALL)], ['b', takeBack()], ...often]
    expect(whats(1, stood)).toEqual(['took-back'])
  })

  it('the last answer counts', () => {
    expect(
      whats(0, [
        ['b', yes(HALL)],
        ['b', no(KITCHEN)],
      ]),
    ).toEqual(['said-no'])
  })

  it('a step back is not hidden by what is said after it', () => {
    expect(whats(2, [...agreed, ['b', stepBack(HALL)], ['b', yes(KITCHEN)]])).toEqual([
      'stepped-back',
    ])
  })

  it('what one answered oneself since, on another device, is known', () => {
    expect(
      whats(0, [
        ['b', yes(HALL)],
        ['a', no(HALL)],
      ]),
    ).toEqual([])
    expect(
      whats(0, [
        ['b', yes(HALL)],
        ['a', no(HALL)],
        ['b', yes(KITCHEN)],
      ]),
    ).toEqual(['agrees'])
  })
})

describe('Since you were last here: what comes first', () => {
  it('what holds or holds no more, then answers, then what is new: many small things bury no step back', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      onTable(String(n).padStart(32, '2'), 'b', { created: 5_000_000_000 + n }),
    )
    const lines: Telling[] = [...agreed, ['b', stepBack(HALL)], ['b', yes(HALL, MONEY)]]
    const told = toldAfter(2, lines, { table: many })
    expect(told.slice(0, 2).map(({ what }) => what)).toEqual(['stepped-back', 'agrees'])
    expect(told).toHaveLength(32)
  })

  it('a name is one short line, whatever the other person put there', () => {
    const nameOf = (name: string) =>
      toldAfter(0, [], { table: [onTable(PHONES, 'b', { name })], shared: [] })[0]?.name
    expect(nameOf('  Phones ')).toBe('Phones')
    expect(nameOf('x'.repeat(50))).toBe(`${'x'.repeat(40)}…`)
    expect(nameOf('😀'.repeat(50))).toBe(`${'😀'.repeat(40)}…`)
    expect(nameOf('Phones\u202e at night')).toBe('')
    expect(nameOf('')).toBe('')
  })
})

it('every sentence names the day only, and stands around the name', () => {
  for (const around of Object.values(toldWords)) {
    const [before, after] = around('Ben', 'Sunday')
    expect(`${before}Phones${after}`).toMatch(/^(Ben|You both) .*Phones.*\.$/)
  }
})

import { describe, expect, it } from 'vitest'
import { chronicleOf } from '../../client/reading/chronicle.ts'
import type { Act } from '../../shared/act.ts'
import type { Open } from '../../shared/record.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  MONEY,
  PHONES,
  later,
  no,
  stepBack,
  takeBack,
  tell,
  wording,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const at = (seq: number) => BEGIN + 60 * seq
const told = (...lines: Telling[]) => chronicleOf(tell(...lines))
const whats = (...lines: Telling[]) => told(...lines).map(({ what }) => what)

const hex = (fill: string, bytes: number) => fill.repeat(bytes)
const found: Open = { kind: 'found', sign: hex('aa', 32), exchange: hex('ab', 32) }
const invite: Open = { kind: 'invite', id: hex('11', 16), prove: hex('12', 32), days: 7 }
const cancel: Open = { kind: 'cancel', invite: hex('11', 16) }
const claim: Open = {
  ...{ kind: 'claim', invite: hex('11', 16), proof: hex('44', 64) },
  ...{ sign: hex('bb', 32), exchange: hex('bc', 32) },
}

const agreed: Telling[] = [
  ['a', yes(HALL)],
  ['b', yes(HALL)],
]

describe('A2–A5: the history as people read it', () => {
  it('a suggestion, and an agreement that says whose it was and since when', () => {
    expect(told(...agreed)).toEqual([
      {
        ...{ seq: 0, at: at(0), who: 'a', boundary: PHONES, name: HALL.name, what: 'suggested' },
        ...{ suggested: null, before: null, after: HALL, note: null, day: null },
      },
      {
        ...{ seq: 1, at: at(1), who: 'b', boundary: PHONES, name: HALL.name, what: 'agreed' },
        ...{ suggested: { by: 'a', at: at(0) }, before: null, after: HALL, note: null, day: null },
      },
    ])
  })

  it('a yes to the same words, taken back again and again on one day, is told once', () => {
    const loop = (times: number, to = HALL, boundary = PHONES): Telling[] =>
      Array.from({ length: times }, () => [
        ['a', yes(to, boundary)] as const,
        ['a', takeBack(boundary)] as const,
      ]).flat()
    expect(whats(...loop(1))).toEqual(['suggested', 'took-back'])
    expect(whats(...loop(200))).toEqual(['suggested', 'took-back'])
    expect(whats(...loop(9), ['a', yes(HALL)], ['b', yes(HALL)])).toEqual([
      ...['suggested', 'took-back', 'suggested', 'agreed'],
    ])
    // Of two boundaries in turn, each once.
    const turns = Array.from({ length: 5 }, () => [...loop(1), ...loop(1, HALL, MONEY)]).flat()
    expect(whats(...turns)).toEqual(['suggested', 'took-back', 'suggested', 'took-back'])
  })

  it('but not what differs: other words, another day, a reason, an answer between', () => {
    const once: Telling[] = [
      ['a', yes(HALL)],
      ['a', takeBack()],
    ]
    const twice = ['suggested', 'took-back', 'suggested', 'took-back']
    expect(whats(...once, ['a', yes(KITCHEN)], ['a', takeBack()])).toEqual(twice)
    const why = { ...yes(HALL), why: 'The hall is cold.' } as Act
    expect(whats(...once, ['a', why], ['a', takeBack()])).toEqual(twice)
    expect(whats(...once, ['b', no(KITCHEN)], ...once)).toEqual([
      ...['suggested', 'took-back', 'said-no', 'suggested', 'took-back'],
    ])
    const lines = tell(...once, ...once)
    const later = lines.map((line) => (line.seq < 2 ? line : { ...line, at: line.at + 86_400 }))
    expect(chronicleOf(later).map(({ what }) => what)).toEqual(twice)
  })

  it('a change has the words before, and was suggested when the yes to it was said last', () => {
    const renamed = wording(KITCHEN.words, 'Phones')
    const items = told(...agreed, ['b', yes(KITCHEN)], ['b', yes(renamed)], ['a', yes(renamed)])
    expect(items.slice(2)).toMatchObject([
      { what: 'suggested', who: 'b', before: HALL, after: KITCHEN, name: HALL.name },
      { what: 'suggested', who: 'b', before: HALL, after: renamed, name: 'Phones' },
      {
        ...{ what: 'changed', who: 'a', before: HALL, after: renamed },
        suggested: { by: 'b', at: at(3) },
      },
    ])
  })

  it('a counter-suggestion is one, and the agreement names who made it', () => {
    const items = told(['a', yes(HALL)], ['b', yes(KITCHEN)], ['a', yes(KITCHEN)])
    expect(items.map(({ what }) => what)).toEqual(['suggested', 'suggested', 'agreed'])
    expect(items[2]?.suggested).toEqual({ by: 'b', at: at(1) })
  })

  it('A6: a limit is in force by its owner alone: nobody agreed to it', () => {
    const limit = { ...HALL, kind: 'b' as const }
    expect(told(['b', yes(limit)])).toMatchObject([
      { what: 'limit', who: 'b', suggested: null, after: limit },
    ])
  })

  it('taking back names the words of the yes; stepping back those that were in force', () => {
    expect(told(...agreed, ['a', yes(KITCHEN)], ['a', takeBack()]).at(-1)).toMatchObject({
      ...{ what: 'took-back', who: 'a', after: KITCHEN },
    })
    expect(told(...agreed, ['a', yes(KITCHEN)], ['b', stepBack(HALL)]).at(-1)).toMatchObject({
      ...{ what: 'stepped-back', who: 'b', after: HALL, name: HALL.name },
    })
  })

  it('after stepping back, the same words are agreed to anew, not changed', () => {
    const again = told(...agreed, ['a', stepBack(HALL)], ...agreed)
    expect(again.map(({ what }) => what).slice(2)).toEqual(['stepped-back', 'suggested', 'agreed'])
    expect(again.at(-1)).toMatchObject({ before: null, suggested: { by: 'a', at: at(3) } })
  })

  it('letting go is suggested, then done', () => {
    expect(told(...agreed, ['b', yes(null)], ['a', yes(null)]).slice(2)).toMatchObject([
      { what: 'ending-suggested', who: 'b', after: HALL },
      { what: 'let-go', who: 'a', after: HALL },
    ])
  })

  it('not yet and no, each with its boundary', () => {
    expect(whats(...agreed, ['a', later()], ['b', no(KITCHEN)])).toEqual([
      ...['suggested', 'agreed', 'needs-time', 'said-no'],
    ])
  })

  it('boundaries do not mix', () => {
    expect(whats(['a', yes(HALL)], ['b', yes(HALL, MONEY)], ['b', takeBack()])).toEqual([
      ...['suggested', 'suggested'],
    ])
  })
})

describe('R8: people', () => {
  it('started, invited, cancelled, joined, renamed, each with the name of then', () => {
    const items = told(
      ['a', { kind: 'name', name: 'Ana' }, found],
      ['a', { kind: 'membership' }, invite],
      ['a', { kind: 'membership' }, cancel],
      ['b', { kind: 'name', name: 'Ben' }, claim],
      ['b', { kind: 'name', name: 'Benjamin' }],
      ['a', yes(HALL)],
    )
    expect(items.map(({ what, who, name, boundary }) => [what, who, name, boundary])).toEqual([
      ['started-board', 'a', 'Ana', null],
      ['invited', 'a', 'Ana', null],
      ['cancelled-invitation', 'a', 'Ana', null],
      ['joined', 'b', 'Ben', null],
      ['renamed', 'b', 'Benjamin', null],
      ['suggested', 'a', HALL.name, PHONES],
    ])
  })

  it('joining is shown even where the name with it cannot be read', () => {
    expect(whats(['b', null, claim])).toEqual(['joined'])
  })
})

describe('A5, A8, R10: what says nothing, and what cannot be read', () => {
  it('void acts are left out', () => {
    const unclean = { ...HALL, words: ` ${HALL.words}` }
    const voids: Telling[] = [
      ['a', yes(HALL)], // in force already
      ['b', takeBack()], // nothing to take back
      ['a', stepBack(KITCHEN)], // not what is in force
      ['a', yes(unclean)],
      ['a', yes(null, MONEY)], // nothing to let go
      ['b', stepBack(HALL, MONEY)],
      ['a', { kind: 'heard', boundary: PHONES, words: hex('00', 32) }],
      ['b', { kind: 'name', name: ' not clean ' }],
      ['a', { kind: 'membership' }],
    ]
    expect(whats(...agreed, ...voids)).toEqual(['suggested', 'agreed'])
  })

  it('a yes that was spent does not come back: agreeing again takes both', () => {
    expect(whats(...agreed, ['a', stepBack(HALL)], ['b', yes(HALL)])).toEqual([
      ...['suggested', 'agreed', 'stepped-back', 'suggested'],
    ])
  })

  it('unreadable records and acts of a later version are shown where they stand', () => {
    const items = told(['a', yes(HALL)], ['a', null], ['b', { kind: 'unknown' }], ['b', yes(HALL)])
    expect(items.map(({ seq, who, what }) => [seq, who, what])).toEqual([
      [0, 'a', 'suggested'],
      [1, 'a', 'unreadable'],
      [2, 'b', 'unknown'],
      [3, 'b', 'suggested'], // a's yes was cleared: this is none of an agreement
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAt } from '../../../client/reading/day.ts'
import { statusOf } from '../../../client/reading/status.ts'
import { boardOn, type BoardOn } from '../../../client/past/day/board-on.ts'
import { around, momentOn } from '../../../client/past/day/moments.ts'
import { sinceThen } from '../../../client/past/day/since-then.ts'
import { Timeline } from '../../../client/past/timeline.ts'
import type { Standing } from '../../../shared/agreement.ts'
import { wordingHash } from '../../../shared/wording.ts'
import { holds } from '../../support/property.ts'
import { simulateYear } from '../../support/history/simulate-year.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  MONEY,
  no,
  PHONES,
  stepBack,
  tell,
  wording,
  yes,
  type Telling,
} from '../../support/history/tell-lines.ts'

const SIZE = { records: 400, boundaries: 12 }
const year = fc.integer({ min: 1, max: 0x7fffffff }).map((seed) => simulateYear(seed, SIZE))

const cardsOf = (board: BoardOn | null) => (board ? Object.values(board.groups).flat() : [])
const inForceIn = ({ boundaries }: Standing) =>
  new Map([...boundaries].flatMap(([id, { inForce }]) => (inForce ? [[id, inForce.words]] : [])))

describe('A8: the board of any moment of a year, from records alone', () => {
  it('stands as it stood when that moment passed', () => {
    holds(
      fc.property(year, ({ lines, standings }) => {
        const timeline = new Timeline()
        for (const [seq, then] of standings.entries()) {
          timeline.follow(lines.slice(0, seq + 1)) // grows as the year passes
          const rebuilt = [...timeline.on(seq)].map(([id, { standing }]) => [id, standing] as const)
          expect(new Map(rebuilt)).toEqual(then.boundaries)
        }
        const at = new Timeline().follow(lines)
        for (const seq of [0, 50, 199, 200, 399]) {
          const rebuilt = [...at.on(seq)].map(([id, { standing }]) => [id, standing] as const)
          expect(new Map(rebuilt)).toEqual(standings[seq]?.boundaries)
        }
      }),
      8,
    )
  })

  it('shows the words that were in force then, and every open suggestion, on cards like those of then', () => {
    holds(
      fc.property(year, ({ lines, standings }) => {
        const timeline = new Timeline().follow(lines)
        for (let seq = 7; seq < SIZE.records; seq += 23) {
          const standing = standings[seq]
          const line = lines[seq]
          if (!standing || !line) throw new Error('no such record')
          const cards = cardsOf(boardOn(timeline, lines, seq, 'b'))
          expect(new Set(cards.map(({ id }) => id))).toEqual(new Set(standing.boundaries.keys()))
          for (const { id, status, words, suggested } of cards) {
            const then = standing.boundaries.get(id)
            if (!then) throw new Error('a boundary that was not there')
            if (then.inForce) expect(words).toBe(then.inForce.wording.words)
            const open = (['b', 'a'] as const).filter((by) => then.answers[by]?.kind === 'yes')
            expect(suggested.map(({ by }) => by)).toEqual(open)
            const { said } = timeline.on(seq).get(id) ?? {}
            const table = said ? wordingHash(id, said) : null
            const now = { today: dayAt(line.at * 1000), words: table, aside: false }
            expect(status).toEqual(statusOf(then, 'b', now))
          }
        }
      }),
      8,
    )
  })

  it('moments are the records that changed what is agreed, and lead from one to the next', () => {
    holds(
      fc.property(year, ({ lines, standings }) => {
        const { moments } = new Timeline().follow(lines)
        const changing = standings.flatMap((standing, seq) => {
          const before = standings[seq - 1]
          const same =
            JSON.stringify([...(before ? inForceIn(before) : [])].sort()) ===
            JSON.stringify([...inForceIn(standing)].sort())
          return same ? [] : [seq]
        })
        expect(moments.map(({ seq }) => seq)).toEqual(changing)
        for (const [i, moment] of moments.entries()) {
          expect(around(moments, moment.seq)).toEqual({
            ...{ earlier: moments[i - 1] ?? null, here: moment, later: moments[i + 1] ?? null },
          })
        }
      }),
      8,
    )
  })

  it('a day leads to what was agreed at its end', () => {
    holds(
      fc.property(year, fc.integer({ min: -5, max: 400 }), ({ lines, standings }, days) => {
        const timeline = new Timeline().follow(lines)
        const day = dayAt((BEGIN + days * 86_400) * 1000)
        const moment = momentOn(timeline.moments, day)
        const last = lines.findLastIndex(({ at }) => dayAt(at * 1000) <= day)
        const atItsEnd = standings[last]
        const agreed = boardOn(timeline, lines, moment?.seq ?? 0, 'a')?.groups.agreed ?? []
        expect(new Set((moment ? agreed : []).map(({ id }) => id))).toEqual(
          new Set(atItsEnd ? inForceIn(atItsEnd).keys() : []),
        )
      }),
      30,
    )
  })

  it('what changed since is the difference of what was in force then and is now', () => {
    holds(
      fc.property(year, fc.nat(SIZE.records - 1), ({ lines, standings }, seq) => {
        const timeline = new Timeline().follow(lines)
        const [was, is] = [standings[seq], standings.at(-1)]
        if (!was || !is) throw new Error('no such record')
        const [before, after] = [inForceIn(was), inForceIn(is)]
        const ids = new Set([...before.keys(), ...after.keys()])
        const differing = [...ids].filter((id) => before.get(id) !== after.get(id))
        const told = sinceThen(timeline, seq, lines.length - 1)
        expect(new Set(told.map(({ boundary }) => boundary))).toEqual(new Set(differing))
        for (const { boundary, what } of told) {
          const [then, now] = [before.has(boundary), after.has(boundary)]
          expect(what === 'changed').toBe(then && now)
          expect(what === 'agreed').toBe(!then && now)
        }
        expect(sinceThen(timeline, lines.length - 1, lines.length - 1)).toEqual([])
      }),
      30,
    )
  })
})

describe('the board on a day', () => {
  const told: Telling[] = [
    ['a', yes(HALL)],
    ['b', yes(HALL)],
    ['b', yes(KITCHEN)],
    ['a', yes(wording('Ask first.', 'Money'), MONEY)],
    ['b', no(wording('Ask first.', 'Money'), MONEY)],
    ['a', stepBack(HALL)],
  ]
  const lines = tell(...told)
  const timeline = new Timeline().follow(lines)
  const on = (seq: number) => boardOn(timeline, lines, seq, 'a')

  it('has what was in force, and beside it what was suggested', () => {
    expect(on(2)?.groups).toMatchObject({
      agreed: [
        {
          ...{ id: PHONES, words: HALL.words, status: 'change-suggested' },
          suggested: [{ by: 'b', wording: KITCHEN }],
        },
      ],
      worded: [],
    })
    expect(on(3)?.groups.worded).toMatchObject([{ id: MONEY, status: 'waiting' }])
    expect(on(4)?.groups.worded).toMatchObject([
      { id: MONEY, name: 'Money', status: 'no-for-now', suggested: [] },
    ])
    expect(on(5)?.groups.worded).toMatchObject([
      { id: MONEY },
      { id: PHONES, status: 'not-agreed-any-more' },
    ])
  })

  it('before anything was said is empty, after the last record is today, without any is none', () => {
    expect(cardsOf(boardOn(new Timeline(), [], 0, 'a'))).toEqual([])
    expect(on(99)).toEqual(on(5))
    expect(around(timeline.moments, 0)).toMatchObject({ earlier: null, here: null })
    expect(around(timeline.moments, 3)).toMatchObject({
      ...{ earlier: { seq: 1, what: 'agreed' }, here: null },
      later: { seq: 5, what: 'stepped-back' },
    })
  })

  it('says nothing of what came and went between', () => {
    const more = tell(...told, ['a', yes(HALL)], ['b', yes(HALL)])
    expect(sinceThen(new Timeline().follow(more), 1, more.length - 1)).toEqual([])
  })
})

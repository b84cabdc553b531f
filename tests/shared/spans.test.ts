import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, emptyStanding } from '../../shared/agreement.ts'
import { spansOf } from '../../shared/spans.ts'
import { holds } from '../support/property.ts'
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
  wording,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const brief = (...told: Telling[]) =>
  spansOf(tell(...told)).map(({ boundary, version, end }) => [
    boundary === PHONES ? 'phones' : 'money',
    version.number,
    version.seq,
    end && `${end.how} ${end.seq}`,
  ])

describe('spans of what was agreed', () => {
  it('begin with the second yes, and end where other words come into force', () => {
    const told: Telling[] = [
      ['a', yes(HALL)],
      ['b', yes(HALL)],
      ['a', yes(KITCHEN)],
      ['b', yes(KITCHEN)],
    ]
    expect(brief(...told)).toEqual([
      ['phones', 1, 1, 'changed 3'],
      ['phones', 2, 3, null],
    ])
    expect(brief(...told.slice(0, 1))).toEqual([])
  })

  it('end where both let it go, or one steps back, and begin again later', () => {
    expect(
      brief(
        ['a', yes(HALL)],
        ['b', yes(HALL)],
        ['b', yes(null)],
        ['a', yes(null)],
        ['a', yes(KITCHEN)],
        ['b', yes(KITCHEN)],
        ['b', stepBack(KITCHEN)],
      ),
    ).toEqual([
      ['phones', 1, 1, 'let-go 3'],
      ['phones', 2, 5, 'stepped-back 6'],
    ])
  })

  it('of a limit are its owner’s alone', () => {
    const limit = { ...HALL, kind: 'a' } as const
    expect(brief(['a', yes(limit)], ['b', stepBack(limit)], ['a', yes(null)])).toEqual([
      ['phones', 1, 0, 'let-go 2'],
    ])
  })

  it('are, at every moment, exactly what the standing says is in force', () => {
    const wordings = [HALL, KITCHEN, wording('Other.'), { ...HALL, kind: 'b' } as const]
    const seat = fc.constantFrom('a' as const, 'b' as const)
    const boundary = fc.constantFrom(PHONES, MONEY)
    const words = fc.constantFrom(...wordings)
    const act = fc.oneof(
      { arbitrary: fc.tuple(words, boundary).map(([w, b]) => yes(w, b)), weight: 6 },
      { arbitrary: boundary.map((b) => yes(null, b)), weight: 2 },
      { arbitrary: fc.tuple(words, boundary).map(([w, b]) => stepBack(w, b)), weight: 2 },
      fc.tuple(words, boundary).map(([w, b]) => no(w, b)),
      boundary.map((b) => takeBack(b)),
      boundary.map((b) => later(b)),
      fc.constant(null),
    )
    const history = fc.array(fc.tuple(seat, act), { maxLength: 40 })
    holds(
      fc.property(history, (told) => {
        const lines = tell(...(told as Telling[]))
        let standing = emptyStanding
        for (const [i, line] of lines.entries()) {
          standing = apply(standing, line)
          const open = spansOf(lines.slice(0, i + 1)).filter(({ end }) => end === null)
          const inForce = [...standing.boundaries].flatMap(([id, { inForce }]) =>
            inForce ? [[id, inForce] as const] : [],
          )
          expect(new Map(open.map(({ boundary, version }) => [boundary, version]))).toEqual(
            new Map(inForce),
          )
        }
      }),
      60,
    )
  })
})

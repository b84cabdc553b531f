import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundaryOf, encodeAct, readAct, type Act } from '../../shared/act.ts'
import { apply, emptyStanding } from '../../shared/agreement.ts'
import { concat, utf8 } from '../../shared/bytes.ts'
import { BODY_MAX_BYTES } from '../../shared/record.ts'
import { NOTE_MAX, type Wording } from '../../shared/wording.ts'
import { BOUNDARY } from '../support/history/moves.ts'
import { holds } from '../support/property.ts'

const words = 'ab'.repeat(32)
const wording: Wording = {
  kind: 'ours',
  name: 'Evenings',
  words: 'Phones away after nine.',
  ifItSlips: '',
  until: null,
}

const acts: readonly Act[] = [
  { kind: 'name', name: 'Ada' },
  { kind: 'membership' },
  { kind: 'yes', boundary: BOUNDARY, wording },
  { kind: 'yes', boundary: BOUNDARY, wording, why: 'Because.' },
  { kind: 'yes', boundary: BOUNDARY, wording: null },
  { kind: 'later', boundary: BOUNDARY, until: '2026-02-28' },
  { kind: 'later', boundary: BOUNDARY, until: '2028-02-29', note: 'A leap day.' },
  { kind: 'no', boundary: BOUNDARY, words },
  { kind: 'no', boundary: BOUNDARY, words, note: 'Two\nlines.' },
  { kind: 'take-back', boundary: BOUNDARY },
  { kind: 'step-back', boundary: BOUNDARY, words },
  { kind: 'heard', boundary: BOUNDARY, words },
  { kind: 'look-again', boundary: BOUNDARY, on: '2026-12-31' },
]

const read = (value: unknown) => readAct(utf8(JSON.stringify(value)))

describe('acts', () => {
  it.each(acts.map((act) => [act.kind, act] as const))('A2: %s reads back as itself', (_, act) => {
    expect(readAct(encodeAct(act))).toEqual(act)
    expect(boundaryOf(act)).toBe('boundary' in act ? BOUNDARY : null)
  })

  it('A2 R10: with any of its fields missing, an act is unreadable', () => {
    for (const act of acts) {
      for (const field of Object.keys(act)) {
        if (field === 'why' || field === 'note') continue
        const rest = Object.fromEntries(Object.entries(act).filter(([name]) => name !== field))
        expect(read(rest), `${act.kind} without ${field}`).toBeNull()
      }
    }
  })

  it('A2 R10: with a field too many, whatever its name, an act is unreadable', () => {
    for (const act of acts) {
      for (const name of ['more', 'constructor', 'toString', 'hasOwnProperty']) {
        expect(read({ ...act, [name]: 1 }), `${act.kind} with ${name}`).toBeNull()
      }
      const text = JSON.stringify(act).replace(/}$/, ',"__proto__":{"polluted":true}}')
      expect(readAct(utf8(text)), `${act.kind} with __proto__`).toBeNull()
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('A2 R10: with a field of another type, an act is unreadable', () => {
    for (const act of acts) {
      for (const field of Object.keys(act)) {
        for (const value of [1, true, [], {}, [null]]) {
          expect(read({ ...act, [field]: value }), `${act.kind}: ${field}`).toBeNull()
        }
        const mayBeNull = act.kind === 'yes' && field === 'wording'
        expect(read({ ...act, [field]: null }) === null, `${act.kind}: ${field}`).toBe(!mayBeNull)
      }
    }
  })

  it.each<[string, Record<string, unknown>]>([
    ['a boundary in capitals', { boundary: BOUNDARY.toUpperCase() }],
    ['a boundary too short', { boundary: BOUNDARY.slice(2) }],
    ['a boundary named __proto__', { boundary: '__proto__' }],
    ['a boundary named constructor', { boundary: 'constructor' }],
    ['a wording with a field too many', { wording: { ...wording, by: 'a' } }],
    ['a wording of an unknown kind', { wording: { ...wording, kind: 'theirs' } }],
    ['a wording with an end', { wording: { ...wording, until: '2027-01-01' } }],
    ['a wording without its name', { wording: { ...wording, name: undefined } }],
    ['a reason too long', { why: 'w'.repeat(NOTE_MAX + 1) }],
    ['a reason that turns the direction of reading', { why: 'no\u202etes' }],
    ['a reason with a NUL', { why: '\0' }],
    ['a reason with half a character', { why: '\ud800' }],
  ])('A2 R10: a yes with %s is unreadable', (_what, change) => {
    expect(read({ kind: 'yes', boundary: BOUNDARY, wording, ...change })).toBeNull()
  })

  it('A1: a reason is counted in code points, and may have tabs and line ends', () => {
    const why = `\t${'😀'.repeat(NOTE_MAX - 2)}\n`
    expect(read({ kind: 'yes', boundary: BOUNDARY, wording, why })).toMatchObject({ why })
  })

  it.each(['2026-02-29', '2026-02-31', '2026-04-31', '2026-13-01', '2026-00-10', '2026-1-1'])(
    'A9: %s is in no calendar',
    (day) => {
      expect(read({ kind: 'look-again', boundary: BOUNDARY, on: day })).toBeNull()
    },
  )

  it.each(['26-01-01', '2026-01-01T00:00', ' 2026-01-01', '2026-01-01\n', '+002026-01-01', ''])(
    'A9: %j is not how a day is written',
    (day) => {
      expect(read({ kind: 'later', boundary: BOUNDARY, until: day })).toBeNull()
    },
  )

  it('A8: an act of another kind is kept as unknown, whatever else it holds', () => {
    for (const kind of ['pause', 'constructor', '__proto__', 'Yes', 'x'.repeat(64)]) {
      expect(read({ kind, boundary: BOUNDARY, more: [1] })).toEqual({ kind: 'unknown' })
    }
    expect(boundaryOf({ kind: 'unknown' })).toBeNull()
  })

  it('R10: what is no act at all is unreadable', () => {
    for (const value of [
      null,
      1,
      'yes',
      [],
      {},
      { kind: 1 },
      { kind: 'x'.repeat(65) },
      [acts[0]],
    ]) {
      expect(read(value)).toBeNull()
    }
    for (const text of ['', '{', 'yes', '{"kind":"membership"} x']) {
      expect(readAct(utf8(text))).toBeNull()
    }
    expect(readAct(Uint8Array.of(0xff, 0xfe))).toBeNull()
    const marked = concat(Uint8Array.of(0xef, 0xbb, 0xbf), encodeAct({ kind: 'membership' }))
    expect(readAct(marked)).toBeNull()
  })

  it('A1: a body above 12 KiB is unreadable', () => {
    const padded = (length: number) => concat(encodeAct(acts[0]!), utf8(' '.repeat(length)))
    const room = BODY_MAX_BYTES - encodeAct(acts[0]!).length
    expect(readAct(padded(room))).toEqual(acts[0])
    expect(readAct(padded(room + 1))).toBeNull()
  })

  it('R10: no bytes whatever make reading throw', () => {
    const any = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.json().map(utf8),
      fc
        .record({ kind: fc.constantFrom('yes', 'no', 'name'), wording: fc.anything() })
        .map((v) =>
          utf8(JSON.stringify(v, (_, value: unknown) => (typeof value === 'bigint' ? 1 : value))),
        ),
    )
    const check = (bytes: Uint8Array) => {
      const act = readAct(bytes)
      apply(emptyStanding, { seq: 0, at: 0, seat: 'a', act })
    }
    holds(fc.property(any, check), 1000)
  })

  it('R10: an act that could not be read again is not written', () => {
    const why = 'no\u202etes'
    expect(() => encodeAct({ kind: 'yes', boundary: BOUNDARY, wording, why })).toThrow()
    expect(() => encodeAct({ kind: 'take-back', boundary: 'everything' })).toThrow()
  })
})

describe('a yes to words that are not clean', () => {
  it.each<[string, Partial<Wording>]>([
    ['not composed', { words: 'cafe\u0301' }],
    ['a space at the end', { words: 'Phones away. ' }],
    ['two spaces', { ifItSlips: 'We  talk.' }],
    ['a carriage return', { words: 'one\r\ntwo' }],
    ['a name of two lines', { name: 'one\ntwo' }],
    ['a name with a wide space', { name: 'one\u3000two' }],
    ['no words', { words: '' }],
    ['no name', { name: '' }],
    ['words too long', { words: 'w'.repeat(4001) }],
    ['a direction override', { words: 'one \u202etwo' }],
    ['a zero-width space', { name: 'Even\u200bings' }],
    ['a tag', { words: 'one\u{e0041}' }],
    ['half a character', { words: '\udfff' }],
  ])('A1: %s: void', (_what, change) => {
    const act = read({ kind: 'yes', boundary: BOUNDARY, wording: { ...wording, ...change } })
    expect(act).toMatchObject({ kind: 'yes' })
    expect(apply(emptyStanding, { seq: 0, at: 0, seat: 'a', act })).toBe(emptyStanding)
  })

  it('A1: the clean one counts', () => {
    const act = read({ kind: 'yes', boundary: BOUNDARY, wording })
    expect(apply(emptyStanding, { seq: 0, at: 0, seat: 'a', act })).not.toBe(emptyStanding)
  })
})

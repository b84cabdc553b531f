import { describe, expect, it } from 'vitest'
import type { Act } from '../../shared/act.ts'
import { toHex, fromHex } from '../../shared/crypto.ts'
import { checkEverything, everythingOf, type Everything } from '../../shared/everything.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import { HistoryMaker } from '../support/history/make-history.ts'

const boundary = 'b0'.repeat(16)
const words = (text: string): Wording => ({
  ...{ kind: 'ours', name: 'Evenings', words: text, ifItSlips: '', until: null },
})
const EARLY = words('Phones away after nine.')
const LATE = words('Phones away after ten: “späť”.')
const yes = (wording: Wording | null): Act => ({ kind: 'yes', boundary, wording })

function story(seed = 1): HistoryMaker {
  const maker = new HistoryMaker(seed).together()
  maker.say('a', yes(EARLY)).say('b', yes(EARLY)).say('b', yes(LATE)).say('a', yes(LATE))
  return maker.say('b', { kind: 'step-back', boundary, words: wordingHash(boundary, LATE) })
}

const exported = (maker: HistoryMaker, beside: unknown = {}): Everything => {
  const records = maker.records.map((record, seq) => ({
    ...record,
    received: 1_790_000_000_000 + seq,
  }))
  const file = everythingOf(maker.board, records, maker.keys.acts, beside)
  return JSON.parse(JSON.stringify(file)) as Everything
}

interface Loose {
  board: string
  records: {
    head: string
    sig: string
    box: string
    content: { salt: string; body: string } | null
  }[]
}
/** A copy of the file with one thing changed, and what the check makes of it. */
function after(change: (file: Loose) => unknown): unknown {
  const file = structuredClone(exported(story())) as unknown as Loose
  change(file)
  const outcome = checkEverything(file)
  return outcome.ok ? 'ok' : outcome.broken
}

describe('R5, R10: a file of everything', () => {
  it('proves itself: the chain, every signature, every word, and what stands', () => {
    const maker = story()
    const outcome = checkEverything(exported(maker, { notes: ['not on record'] }))
    if (!outcome.ok) throw new Error(outcome.broken.law)
    const { chain, entries, standing } = outcome.checked
    expect(chain).toEqual(maker.chain)
    expect(entries.map(({ act }) => act?.kind)).toEqual([
      ...['name', 'membership', 'name', 'yes', 'yes', 'yes', 'yes', 'step-back'],
    ])
    expect(standing.boundaries.get(boundary)).toMatchObject({
      inForce: null,
      ended: { how: 'stepped-back', version: { wording: LATE, number: 2 } },
    })
  })

  it('holds no key: neither the board’s nor what is derived from it', () => {
    const maker = story()
    const text = JSON.stringify(exported(maker))
    for (const key of [maker.boardKey, maker.keys.acts, maker.keys.draft, maker.keys.live]) {
      expect(text).not.toContain(toHex(key))
    }
  })

  it('any one character of a record changed names that record', () => {
    const file = exported(story())
    for (const [seq, record] of file.records.entries()) {
      for (const field of ['head', 'sig', 'box'] as const) {
        const text = record[field]
        for (const at of [0, 1, Math.floor(text.length / 2), text.length - 1]) {
          const other = text[at] === '0' ? '1' : '0'
          const changed = structuredClone(file) as unknown as Loose
          Object.assign(changed.records[seq] ?? {}, {
            [field]: text.slice(0, at) + other + text.slice(at + 1),
          })
          const outcome = checkEverything(changed)
          expect(outcome.ok ? 'ok' : outcome.broken.seq, `${field} ${at} of ${seq}`).toBe(seq)
        }
      }
    }
  })

  it('any one character of what was said changed names that record, and R4', () => {
    const changed = (seq: number, change: Partial<{ salt: string; body: string }>) =>
      after(({ records }) => {
        const record = records[seq]
        if (record?.content) record.content = { ...record.content, ...change }
      })
    const body = exported(story()).records[3]?.content?.body ?? ''
    for (let at = 0; at < body.length; at += 11) {
      const other = `${body.slice(0, at)}\u0001${body.slice(at + 1)}`
      expect(changed(3, { body: other })).toEqual({ seq: 3, law: 'commit-mismatch' })
    }
    expect(changed(4, { salt: '00'.repeat(32) })).toEqual({ seq: 4, law: 'commit-mismatch' })
  })

  it('a record missing, twice, or in another order', () => {
    const picked = (...order: number[]) =>
      after((file) => (file.records = order.flatMap((at) => file.records[at] ?? [])))
    expect(picked(0, 1, 3, 4, 5)).toEqual({ seq: 2, law: 'not-next' })
    expect(picked(0, 1, 2, 3, 3, 4)).toEqual({ seq: 4, law: 'not-next' })
    expect(picked(0, 1, 2, 4, 3, 5)).toEqual({ seq: 3, law: 'not-next' })
  })

  it('a record of another board, or another board’s history under this address', () => {
    const other = exported(story(2)) as unknown as Loose
    expect(after(({ records }) => records.splice(5, 1, ...other.records.slice(5, 6)))).toEqual({
      ...{ seq: 5, law: 'wrong-board' },
    })
    expect(after((file) => (file.records = other.records))).toEqual({
      ...{ seq: 0, law: 'wrong-board' },
    })
  })

  it('cut short to fewer records it is a shorter history, and says no more than that', () => {
    const outcome = checkEverything({
      ...exported(story()),
      records: exported(story()).records.slice(0, 5),
    })
    expect(
      outcome.ok && outcome.checked.standing.boundaries.get(boundary)?.inForce?.wording,
    ).toEqual(EARLY)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['no records', { hedgerow: 1, board: 'ab'.repeat(32), records: [] }],
    ['another version', { ...exported(story()), hedgerow: 2 }],
    ['a board of another form', { ...exported(story()), board: '__proto__' }],
  ])('%s is no such file', (_, file) => {
    expect(checkEverything(file)).toEqual({
      ok: false,
      broken: { seq: null, law: 'file-malformed' },
    })
  })

  it.each<[string, Record<string, unknown>]>([
    ['a number for a head', { head: 7 }],
    ['a signature one digit short', { sig: 'a'.repeat(127) }],
    ['capitals', { box: 'AB' }],
    ['a moment before all time', { received: -1 }],
    ['no content at all', { content: undefined }],
  ])('%s: the record is not written as one', (_, change) => {
    expect(after(({ records }) => Object.assign(records[1] ?? {}, change))).toEqual({
      ...{ seq: 1, law: 'record-malformed' },
    })
  })

  it('R10: what could not be opened is kept and passed on, and clears that seat’s open answers', () => {
    const maker = new HistoryMaker().together().say('a', yes(EARLY))
    maker.append(maker.make({}, new TextEncoder().encode('{"kind":'))) // a body that is no act
    maker.append(maker.make({}, yes(LATE), { acts: fromHex('11'.repeat(32)) }))
    const file = exported(maker)
    expect(file.records.map(({ content }) => content !== null)).toEqual([
      ...[true, true, true, true, true, false],
    ])
    const outcome = checkEverything(file)
    if (!outcome.ok) throw new Error(outcome.broken.law)
    expect(outcome.checked.entries.slice(4).map(({ act }) => act)).toEqual([null, null])
    expect(outcome.checked.standing.boundaries.get(boundary)?.answers.a).toBe(null)
  })
})

import { beforeEach, describe, expect, it } from 'vitest'
import { Ledger } from '../../client/history/ledger.ts'
import { emptyStanding, standingOf } from '../../shared/agreement.ts'
import { chainHash, type SignedRecord } from '../../shared/record.ts'
import type { Stamped } from '../../shared/wire.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { BEGIN, HALL, PHONES, yes } from '../support/history/tell-lines.ts'

let maker: HistoryMaker
let ledger: Ledger

const stamped = (record: SignedRecord, received = (BEGIN + 1e6) * 1000): Stamped => ({
  ...record,
  received,
})
const take = (...records: SignedRecord[]) => records.map((each) => ledger.receive(stamped(each)))
/** The next record, put into the maker's chain and the ledger alike. */
const add = (record: SignedRecord, received?: number) => {
  maker.append(record)
  return ledger.receive(stamped(record, received))
}
const flip = (bytes: Uint8Array, at = 0) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))
const answers = () => standingOf(ledger.standing, PHONES).answers

beforeEach(() => {
  maker = new HistoryMaker().together()
  ledger = new Ledger(maker.board, maker.keys.acts)
})

describe('R10: every record is checked from genesis', () => {
  it('a whole history is taken, with its standing, chain and places', () => {
    maker.say('a', yes(HALL)).say('b', yes(HALL))
    expect(take(...maker.records)).toEqual(Array(5).fill('added'))
    expect(ledger.standing.names).toEqual({ a: 'Ada', b: 'Ben' })
    expect(standingOf(ledger.standing, PHONES).inForce?.wording).toEqual(HALL)
    expect(ledger.next).toBe(5)
    expect(ledger.hashAt(4)).toBe(ledger.chain?.hash)
    expect(ledger.hashAt(5)).toBeNull()
    expect(ledger.lines.map(({ open }) => open?.kind ?? null)).toEqual([
      ...['found', 'invite', 'claim', null, null],
    ])
  })

  it('a repeat is known, a later one shows a gap; neither changes anything', () => {
    take(...maker.records)
    const next = maker.make({}, yes(HALL))
    const after = maker.append(next).make({ seat: 'b' }, yes(HALL))
    const before = ledger.standing
    expect(take(...maker.records.slice(0, 3))).toEqual(['known', 'known', 'known'])
    expect(take(after)).toEqual(['gap'])
    expect(ledger.standing).toBe(before)
    expect(take(next, after)).toEqual(['added', 'added'])
  })

  it.each<[string, (good: SignedRecord, maker: HistoryMaker) => SignedRecord]>([
    ['its signature', (good) => ({ ...good, sig: flip(good.sig) })],
    ['a bit of its head', (good) => ({ ...good, head: flip(good.head, 20) })],
    ['a bit of its box', (good) => ({ ...good, box: flip(good.box, 50) })],
    ['who signed it', (_, m) => m.make({}, yes(HALL), { sign: m.seats.b.sign.secret })],
    ['the record it follows', (_, m) => m.make({ prev: m.other32() }, yes(HALL))],
    ['its board', (_, m) => m.make({ board: m.other32() }, yes(HALL))],
    ['its epoch', (_, m) => m.make({ epoch: 1 }, yes(HALL))],
  ])('stops at a record that is wrong in %s, and stays as it was', (_, spoil) => {
    take(...maker.records)
    const good = maker.make({}, yes(HALL))
    const { standing, next, chain } = ledger
    expect(take(spoil(good, maker))).toEqual(['broken'])
    expect([ledger.standing, ledger.next, ledger.chain]).toEqual([standing, next, chain])
    expect(ledger.standing).toBe(standing)
    expect(take(good)).toEqual(['added'])
  })

  it('P3: another record at a place that is taken is broken, however well signed', () => {
    take(...maker.records)
    const [one, other] = [maker.make({}, yes(HALL)), maker.make({}, yes(HALL))]
    expect(chainHash(one)).not.toBe(chainHash(other))
    expect(take(one, other)).toEqual(['added', 'broken'])
    expect(ledger.hashAt(3)).toBe(chainHash(one))
  })

  it('another genesis under the same address is refused before any key is used', () => {
    const other = new HistoryMaker(2).found()
    expect(take(...other.records)).toEqual(['broken'])
    expect(ledger.chain).toBeNull()
    expect(ledger.standing).toBe(emptyStanding)
  })

  it('what this device verified before is not verified again, but its chain and box are', () => {
    const bad = { ...maker.make({}, yes(HALL)), sig: new Uint8Array(64) }
    take(...maker.records)
    expect(ledger.receive(stamped(bad))).toBe('broken')
    expect(ledger.receive(stamped({ ...bad, box: flip(bad.box, 50) }), true)).toBe('broken')
    expect(ledger.receive(stamped(bad), true)).toBe('added')
  })
})

describe('R10: a record whose box cannot be read', () => {
  beforeEach(() => {
    take(...maker.records)
    add(maker.make({ seat: 'b' }, yes(HALL)))
    add(maker.make({}, yes(HALL, '11'.repeat(16))))
  })

  it.each<[string, (maker: HistoryMaker) => SignedRecord]>([
    ['is sealed with another key', (m) => m.make({}, yes(HALL), { acts: m.keys.draft })],
    ['holds no act', (m) => m.make({}, Uint8Array.of(1, 2, 3))],
    ['holds an act with a field too many', (m) => m.make({}, utf8({ ...yes(HALL), extra: 1 }))],
    ['holds twelve KiB of nothing', (m) => m.make({}, new Uint8Array(12 * 1024))],
  ])('%s: the chain goes on, that seat’s open answers are cleared, the other’s stay', (_, make) => {
    expect(add(make(maker))).toBe('added')
    expect(ledger.unreadable).toBe(1)
    expect(ledger.lines.at(-1)).toMatchObject({ seat: 'a', act: null })
    expect(answers()).toMatchObject({ a: null, b: { kind: 'yes' } })
    expect(standingOf(ledger.standing, '11'.repeat(16)).answers.a).toBeNull()
    expect(add(maker.make({}, yes(HALL)))).toBe('added')
    expect(standingOf(ledger.standing, PHONES).inForce?.wording).toEqual(HALL)
  })

  it('A8: an act of a later version is kept, not counted as unreadable, and clears nothing', () => {
    expect(add(maker.make({}, utf8({ kind: 'wave', boundary: PHONES })))).toBe('added')
    expect(ledger.unreadable).toBe(0)
    expect(ledger.lines.at(-1)?.act).toEqual({ kind: 'unknown' })
    expect(standingOf(ledger.standing, '11'.repeat(16)).answers.a?.kind).toBe('yes')
  })
})

const utf8 = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))

describe('A9: the day that is shown', () => {
  const DAY = 86_400
  const shown = () => ledger.lines.map(({ at }) => at)

  it('is the earlier of the author’s clock and the server’s, and never goes backwards', () => {
    take(...maker.records)
    const [last = 0] = shown().slice(-1)
    const says = (at: number, received: number) => {
      add(maker.make({ at }, yes(HALL)), received * 1000)
      return shown().at(-1)
    }
    const now = last + DAY
    expect(says(now, now + 5)).toBe(now)
    expect(says(now + 3650 * DAY, now + 10)).toBe(now + 10) // their clock is ten years ahead
    expect(says(now - DAY, now + 20)).toBe(now + 10) // a day behind
    expect(says(0, now + 30)).toBe(now + 10) // in 1970
    expect(says(now + 40, 0)).toBe(now + 10) // the server's clock is in 1970
    expect(says(now + 50, now + 60)).toBe(now + 50)
    expect(shown()).toEqual([...shown()].sort((a, b) => a - b))
  })

  it('order, validity and the standing do not depend on it', () => {
    const standings = [0, 1e9, 9e10].map((at) => {
      const own = new HistoryMaker(3).together()
      const other = new Ledger(own.board, own.keys.acts)
      own.append(own.make({ at: 9e10 - at }, yes(HALL)))
      own.append(own.make({ at, seat: 'b' }, yes(HALL)))
      for (const record of own.records) expect(other.receive(stamped(record, 5))).toBe('added')
      return standingOf(other.standing, PHONES).inForce?.wording
    })
    expect(standings).toEqual([HALL, HALL, HALL])
  })
})

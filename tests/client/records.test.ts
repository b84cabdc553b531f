import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { Records } from '../../client/history/records.ts'
import { memoryVault, type Pin, type SeatEntry, type Vault } from '../../client/entrances/vault.ts'
import { standingOf } from '../../shared/agreement.ts'
import { chainHash } from '../../shared/record.ts'
import type { Stamped } from '../../shared/wire.ts'
import { HandLink, turn } from '../support/partners/hand-link.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { BEGIN, HALL, KITCHEN, PHONES, yes } from '../support/history/tell-lines.ts'

let maker: HistoryMaker
let link: HandLink
let vault: Vault
/** What the server has. */
let served: Stamped[]

beforeEach(() => {
  maker = new HistoryMaker().together().say('a', yes(HALL)).say('b', yes(HALL))
  link = new HandLink()
  vault = memoryVault()
  served = stampedOf(maker)
})

const stampedOf = ({ records }: HistoryMaker): Stamped[] =>
  records.map((record, i) => ({ ...record, received: (BEGIN + 60 * i) * 1000 }))
const pinAt = (seq: number): Pin => ({ seq, hash: chainHash(served[seq]!) })
const address = () => ({ board: maker.board, seat: 'a' as const })
/** When record `seq` was made. */
const atOf = (seq: number) => BEGIN + 60 * seq
const inForce = (records: Records) => standingOf(records.standing, PHONES).inForce?.wording

/** A device that keeps these records under this pin, opening the board. */
async function device(kept: readonly unknown[], pin: Pin | null): Promise<Records> {
  const entry: SeatEntry = {
    ...{ ...address(), seed: new Uint8Array(16), boardKey: maker.boardKey },
    ...{ device: '0'.repeat(16), name: 'Ada', pin, invitation: null },
  }
  await vault.putSeat(entry)
  if (pin) await vault.keepRecords(entry, 0, kept as Stamped[], pin)
  else vault = { ...vault, records: async () => kept as Stamped[] }
  const records = new Records({ entry, vault, link, actsKey: maker.keys.acts })
  onTestFinished(() => records.close())
  await records.load()
  return records
}

/** Answers what the device asks, as a server that has `served`. */
async function serve(seq = served.length - 1, page = 100): Promise<void> {
  await link.seat(seq)
  while (link.asked.length > 0) {
    const asked = link.next('record:since')
    const from = Number(asked.payload.seq)
    const records = served.slice(from, from + page)
    await asked.ok({ records, more: from + page < served.length })
    await settled()
  }
}

/** What takes a while gives the page its turn, a few times for these few records. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 10; turns++) {
    await new Promise((resolve) => setTimeout(resolve, 0))
    await turn()
  }
}

/** What is loaded when it happens has been loaded. */
async function loaded(): Promise<void> {
  await import('../../client/history/fork.ts')
  await settled()
}

async function serveNext(): Promise<void> {
  const asked = link.next('record:since')
  await asked.ok({ records: served.slice(Number(asked.payload.seq)), more: false })
  await settled()
}

const swapped = (all: readonly Stamped[], at: number): Stamped[] => [
  ...all.slice(0, at),
  all[at + 1]!,
  all[at]!,
  ...all.slice(at + 2),
]

const bare = ({ head, sig, box }: Stamped) => ({ head, sig, box })

/** The same history, but for signatures that only a verification would miss. */
const unsigned = (records: readonly Stamped[]): Stamped[] => {
  // The last signature is not covered by any later `prev`, only by the pin.
  const last = records.at(-1)!
  return [...records.slice(0, -1), { ...last, sig: new Uint8Array(64) }]
}

describe('R10: what this device kept', () => {
  it('under its pin, is not verified again', async () => {
    const kept = unsigned(served)
    const records = await device(kept, { seq: 4, hash: chainHash(kept[4]!) })
    expect(records.next).toBe(5)
    expect(inForce(records)).toEqual(HALL)
    expect(records.hadCache).toBe(true)
  })

  it('without a pin, is verified from genesis', async () => {
    const records = await device(unsigned(served), null)
    expect(records.next).toBe(4)
    await serve()
    expect(records.next).toBe(5)
    expect(records.trouble).toBeNull()
  })

  it('under a pin that is newer, is verified from genesis; the server brings the rest', async () => {
    const records = await device(unsigned(served.slice(0, 4)), pinAt(4))
    expect(records.next).toBe(3)
    await serve()
    expect([records.next, records.trouble]).toEqual([5, null])
    expect(inForce(records)).toEqual(HALL)
  })

  it('and is corrupt, is used up to the first fault', async () => {
    const bad = { ...served[2]!, box: served[2]!.box.map((byte) => byte ^ 1) }
    const records = await device([...served.slice(0, 2), bad, ...served.slice(3)], pinAt(4))
    expect(records.next).toBe(2)
    await serve()
    expect([records.next, records.trouble]).toEqual([5, null])
    expect(await vault.records(address())).toEqual(served)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'record'],
    ['a record of numbers', { head: 1, sig: 2, box: 3, received: 4 }],
    ['a record without its box', { head: new Uint8Array(3), sig: new Uint8Array(64), received: 4 }],
    ['a head that is no JSON', { ...stampedNothing(), head: Uint8Array.of(255, 254) }],
  ])('and gives back %s, does not break the page', async (_, strange) => {
    const records = await device([served[0], strange, ...served.slice(2)], pinAt(4))
    expect(records.next).toBe(1)
    await serve()
    expect([records.next, records.trouble]).toEqual([5, null])
  })

  it('and is gone, or cannot be read, is fetched again', async () => {
    const records = await device([], pinAt(4))
    expect([records.next, records.hadCache]).toEqual([0, false])
    await serve()
    expect([records.next, records.trouble]).toEqual([5, null])
    vault = { ...vault, records: () => Promise.reject(new Error('no storage')) }
    const other = new Records({
      ...{ entry: (await vault.seat(address()))!, vault, link, actsKey: maker.keys.acts },
    })
    onTestFinished(() => other.close())
    await other.load()
    expect([other.next, other.hadCache]).toEqual([0, false])
  })

  it('is pinned before it is shown, in pages as it comes', async () => {
    const records = await device([], null)
    const shown: (number | undefined)[][] = []
    records.changed.on(
      () => void vault.seat(address()).then((e) => shown.push([records.next, e?.pin?.seq])),
    )
    await serve(4, 2)
    expect(records.next).toBe(5)
    expect((await vault.seat(address()))?.pin).toEqual(pinAt(4))
    expect(shown).toEqual([
      [2, 1],
      [4, 3],
      [5, 4],
      [5, 4], // all of it is here
    ])
  })

  it('storage that refuses keeps nothing from being shown', async () => {
    vault = { ...vault, keepRecords: () => Promise.reject(new Error('full')) }
    const records = await device([], null)
    await serve()
    expect(records.next).toBe(5)
  })
})

describe('P3: a history that is older, altered or forked', () => {
  it('fewer records than this device saw, and else the same: they are sent again, without a scare', async () => {
    const records = await device(served, pinAt(4))
    await link.seat(2)
    const asked = link.next('record:since')
    expect(asked.payload).toEqual({ seq: 2 })
    await asked.ok({ records: [served[2]], more: false })
    await loaded()
    const restore = link.next('record:restore')
    expect(restore.payload).toEqual({ records: served.slice(3).map(bare) })
    await restore.ok({ seq: 4 })
    expect([records.trouble, records.next, link.asked.length]).toEqual([null, 5, 0])
    expect(await vault.records(address())).toEqual(served)
    expect((await vault.seat(address()))?.pin).toEqual(pinAt(4))
  })

  it('fewer, and they are not taken back: trouble, nothing is deleted', async () => {
    const records = await device(served, pinAt(4))
    await link.seat(2)
    await link.next('record:since').ok({ records: [served[2]], more: false })
    await loaded()
    await link.next('record:restore').refuse('room-full')
    await settled()
    expect(records.trouble).toBe('history-broken')
    expect(inForce(records)).toEqual(HALL)
    expect(await vault.records(address())).toHaveLength(5)
    expect(records.vouchedAt).toBe(atOf(4))
  })

  it('fewer, and others than this device saw: trouble, and both are kept', async () => {
    const records = await device(served, pinAt(4))
    const fork = new HistoryMaker().together().say('a', yes(KITCHEN))
    const ours = served
    served = stampedOf(fork)
    await serve(3)
    await loaded()
    while (link.asked.length > 0) await serveNext()
    expect(records.trouble).toBe('history-broken')
    expect(inForce(records)).toEqual(HALL)
    expect(await vault.records(address())).toEqual(ours)
    const entry = await vault.seat(address())
    expect(entry?.pin).toEqual({ seq: 4, hash: chainHash(ours[4]!) })
    expect(entry?.contradiction).toEqual({ records: served.slice(3), heads: [] })
    // At the next start it is known before any server is asked.
    const again = new Records({ entry: entry!, vault, link, actsKey: maker.keys.acts })
    onTestFinished(() => again.close())
    expect(again.trouble).toBe('history-broken')
    expect(again.contradiction?.records).toEqual(served.slice(3))
  })

  it('as many, but others at the end: noticed at the login, not only with the next record', async () => {
    const records = await device(served, pinAt(4))
    const fork = new HistoryMaker().together().say('a', yes(HALL)).say('b', yes(KITCHEN))
    served = stampedOf(fork)
    await serve(4)
    await loaded()
    while (link.asked.length > 0) await serveNext()
    expect(records.trouble).toBe('history-broken')
    expect(records.contradiction?.records).toEqual(served.slice(4))
  })

  it('fewer than the pin, where the records themselves are gone: trouble too', async () => {
    const records = await device([], pinAt(4))
    served = served.slice(0, 4)
    await serve()
    expect([records.next, records.trouble]).toEqual([4, 'history-broken'])
    expect(records.vouchedAt).toBeNull() // whose history this is, nobody knows
    expect((await vault.seat(address()))?.pin?.seq).toBe(4)
  })

  it('a fork at a place it has: trouble, and its own stays', async () => {
    const records = await device(served, pinAt(4))
    const fork = new HistoryMaker().together().say('a', yes(HALL))
    await link.seat(4)
    await link.says('record:appended', stampedOf(fork.say('b', yes(KITCHEN))).at(-1)!)
    await settled()
    expect(records.trouble).toBe('history-broken')
    expect(inForce(records)).toEqual(HALL)
  })

  it('a fork before its pin, where the records are gone: trouble', async () => {
    const pin = pinAt(4)
    const fork = new HistoryMaker().together().say('a', yes(KITCHEN)).say('b', yes(KITCHEN))
    served = stampedOf(fork.say('a', yes(HALL)))
    const records = await device([], pin)
    await serve()
    expect([records.trouble, records.vouchedAt]).toEqual(['history-broken', null])
    const again = await device(served, pin)
    expect(again.trouble).toBe('history-broken') // and at the next start as well
  })

  it('a record that does not follow: the history stops at the last good one', async () => {
    const records = await device([], null)
    served[3] = { ...served[3]!, sig: new Uint8Array(64) }
    await serve()
    expect([records.next, records.trouble]).toEqual([3, 'history-broken'])
    expect(records.vouchedAt).toBe(atOf(2))
    expect((await vault.seat(address()))?.pin?.seq).toBe(2)
  })
})

describe('R10: a server that colludes, on load and live', () => {
  const other = () =>
    stampedOf(new HistoryMaker(2).together().say('a', yes(HALL)).say('b', yes(HALL)))
  const bad: [string, () => Stamped[], number][] = [
    ['reordered', () => swapped(served, 3), 3],
    ['gapped', () => served.filter((_, i) => i !== 3), 3],
    ['with one doubled', () => [...served.slice(0, 4), served[3]!, served[4]!], 5],
    ['truncated before its end', () => [...served.slice(0, 2), served[4]!], 2],
    ['with a record of another board', () => [...served.slice(0, 3), ...other().slice(3)], 3],
    ['of another board', other, 0],
  ]

  it.each(bad)('a history %s is taken as far as it follows', async (_, told, until) => {
    const all = told()
    const records = await device([], null)
    await link.seat(all.length - 1)
    await link.next('record:since').ok({ records: all, more: false })
    await loaded()
    expect(records.next).toBe(until)
    expect((await vault.seat(address()))?.pin ?? null).toEqual(until > 0 ? pinAt(until - 1) : null)
  })

  it.each(bad)('and live: %s', async (_, told) => {
    const records = await device(served.slice(0, 3), pinAt(2))
    const { standing } = records
    await link.seat(2)
    await link.next('record:since').ok({ records: [served[2]], more: false })
    const [next] = told().slice(3)
    if (next) await link.says('record:appended', next)
    await loaded()
    for (const { payload, ok } of link.asked.splice(0)) {
      await ok({ records: served.slice(Number(payload.seq), 3), more: false })
    }
    await settled()
    expect(records.next === 3 ? records.standing : standing).toBe(standing)
    expect(records.hashAt(3) ?? chainHash(served[3]!)).toBe(chainHash(served[3]!))
  })

  it('another genesis under the same address: nothing of it is opened, and ours stays', async () => {
    const records = await device(served, pinAt(4))
    served = other()
    await serve()
    await loaded()
    while (link.asked.length > 0) await serveNext()
    expect(records.trouble).toBe('history-broken')
    expect(inForce(records)).toEqual(HALL)
    expect(records.contradiction).toBeNull() // it is no other history of this board
  })
})

describe('one way in', () => {
  it('a live record beyond the next one is a reason to read what is missing', async () => {
    const records = await device(served.slice(0, 3), pinAt(2))
    await link.seat(2)
    await link.next('record:since').ok({ records: [], more: false })
    await link.says('record:appended', served[4]!)
    await settled()
    await link.next('record:since').ok({ records: served.slice(3), more: false })
    await settled()
    expect([records.next, records.trouble]).toEqual([5, null])
  })

  it('a server that always has more and never says what is not asked forever', async () => {
    const records = await device(served, pinAt(4))
    await link.seat(4)
    await link.next('record:since').ok({ records: served.slice(0, 2), more: true })
    await settled()
    expect(link.asked).toEqual([])
    expect(records.trouble).toBeNull()
  })

  it('the partner’s claim is news to seat a where it comes while the page is open', async () => {
    const records = await device(served.slice(0, 2), pinAt(1))
    expect(records.justJoined).toBe(false)
    await serve()
    expect(records.justJoined).toBe(true)
    expect((await device(served, pinAt(4))).justJoined).toBe(false)
  })
})

function stampedNothing(): Stamped {
  return { head: new Uint8Array(2), sig: new Uint8Array(64), box: new Uint8Array(2), received: 1 }
}

import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  memoryVault,
  openVault,
  type Pin,
  type SeatEntry,
  type Vault,
} from '../../client/entrances/vault.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Stamped } from '../../shared/wire.ts'

const BOARD = 'ab'.repeat(32)
const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill)

const entry = (seat: Seat, change: Partial<SeatEntry> = {}): SeatEntry => ({
  ...{ board: BOARD, seat, seed: bytes(16, 1), boardKey: bytes(32, 2) },
  ...{ device: '0'.repeat(16), name: 'Ana', pin: null, invitation: null },
  ...change,
})
const record = (n: number): Stamped => ({
  ...{ head: bytes(9, n), sig: bytes(64, n), box: bytes(12, n), received: 1000 + n },
})
const pin = (seq: number): Pin => ({ seq, hash: `${seq}`.padStart(64, '0') })
const numbers = (records: readonly Stamped[]) => records.map(({ received }) => received - 1000)

let fresh = 0

describe.each<[string, boolean, () => Promise<Vault>]>([
  ['IndexedDB', true, () => openVault(`vault-${fresh++}`)],
  ['memory', false, async () => memoryVault()],
])('R10: the vault in %s', (_, durable, open) => {
  let vault: Vault
  beforeEach(async () => {
    vault = await open()
  })

  it('says whether it outlives the page', () => {
    expect(vault.durable).toBe(durable)
  })

  it('is empty at first, and asking for what is not there is no fault', async () => {
    expect(await vault.seats()).toEqual([])
    expect(await vault.seat(entry('a'))).toBeNull()
    expect(await vault.records(entry('a'))).toEqual([])
    await vault.removeSeat(entry('a'))
    await vault.changeSeat(entry('a'), { name: 'Nobody' })
    expect(await vault.seats()).toEqual([])
  })

  it('keeps both seats of one board apart, byte for byte', async () => {
    const invitation = { id: 'cd'.repeat(16), secret: bytes(16, 7) }
    await vault.putSeat(entry('a', { invitation }))
    await vault.putSeat(entry('b', { seed: bytes(16, 9), name: 'Ben' }))
    expect(await vault.seat({ board: BOARD, seat: 'a' })).toEqual(entry('a', { invitation }))
    expect((await vault.seat({ board: BOARD, seat: 'b' }))?.seed).toEqual(bytes(16, 9))
    expect(await vault.seats()).toHaveLength(2)
    await vault.removeSeat(entry('a'))
    expect((await vault.seats()).map(({ seat }) => seat)).toEqual(['b'])
  })

  it('keeps a glance for each seat, and nothing of a seat that is removed', async () => {
    for (const seat of ['a', 'b'] as const) {
      await vault.putSeat(entry(seat))
      await vault.keepRecords(entry(seat), 0, [record(0), record(1)], pin(1))
      await vault.keepGlance(entry(seat), bytes(8, seat === 'a' ? 1 : 2))
    }
    await vault.keepGlance(entry('a'), bytes(9, 3))
    expect(await vault.glance(entry('a'))).toEqual(bytes(9, 3))
    expect(await vault.glance(entry('b'))).toEqual(bytes(8, 2))
    await vault.removeSeat(entry('a'))
    expect([await vault.glance(entry('a')), await vault.records(entry('a'))]).toEqual([null, []])
    expect(numbers(await vault.records(entry('b')))).toEqual([0, 1])
    expect(await vault.glance(entry('b'))).toEqual(bytes(8, 2))
  })

  it('changes what it is told and nothing else', async () => {
    await vault.putSeat(entry('a', { pin: pin(3) }))
    await vault.changeSeat(entry('a'), { name: 'Anna' })
    expect(await vault.seat(entry('a'))).toEqual(entry('a', { pin: pin(3), name: 'Anna' }))
  })

  it('two tabs that remember at once: what either has seen is seen', async () => {
    await vault.putSeat(entry('a', { name: 'Ana' }))
    const remember = (seq: number, id: string) =>
      vault.changeSeat(entry('a'), ({ seen }) => ({
        seen: { seq: Math.max(seq, seen?.seq ?? -1), shared: [...(seen?.shared ?? []), id] },
      }))
    await Promise.all([remember(7, 'one'), remember(3, 'two')])
    expect(await vault.seat(entry('a'))).toEqual(
      entry('a', { seen: { seq: 7, shared: ['one', 'two'] } }),
    )
  })

  it('keeps records in order, with the pin', async () => {
    await vault.putSeat(entry('a'))
    await vault.keepRecords(entry('a'), 0, [record(0), record(1)], pin(1))
    await vault.keepRecords(entry('a'), 2, [record(2)], pin(2))
    expect(await vault.records(entry('a'))).toEqual([record(0), record(1), record(2)])
    expect((await vault.seat(entry('a')))?.pin).toEqual(pin(2))
    expect(await vault.records(entry('b'))).toEqual([])
  })

  it('in the order of their numbers, beyond ten and beyond two hundred', async () => {
    await vault.putSeat(entry('a'))
    const many = Array.from({ length: 300 }, (_each, n) => record(n))
    for (const [from, to] of [
      [0, 12],
      [12, 260],
      [260, 300],
    ] as const) {
      await vault.keepRecords(entry('a'), from, many.slice(from, to), pin(to - 1))
    }
    expect(numbers(await vault.records(entry('a')))).toEqual(many.map((_each, n) => n))
  })

  it('two tabs at their own pace: no record is lost and the pin never goes back', async () => {
    await vault.putSeat(entry('a'))
    const three = [record(0), record(1), record(2)]
    await vault.keepRecords(entry('a'), 0, three, pin(2))
    await vault.keepRecords(entry('a'), 0, three.slice(0, 2), pin(1))
    expect(numbers(await vault.records(entry('a')))).toEqual([0, 1, 2])
    expect((await vault.seat(entry('a')))?.pin).toEqual(pin(2))
  })

  it('puts records in the place of those that turned out bad', async () => {
    await vault.putSeat(entry('a'))
    await vault.keepRecords(entry('a'), 0, [record(0), record(7), record(2)], pin(2))
    await vault.keepRecords(entry('a'), 1, [record(1), record(2)], pin(2))
    expect(numbers(await vault.records(entry('a')))).toEqual([0, 1, 2])
  })

  it('keeps records of a seat it does not hold without inventing that seat', async () => {
    await vault.keepRecords(entry('a'), 0, [record(0)], pin(0))
    expect(await vault.seat(entry('a'))).toBeNull()
  })
})

describe('the vault of a browser', () => {
  it('is there after the page is closed', async () => {
    const before = await openVault('again')
    await before.putSeat(entry('a'))
    await before.keepRecords(entry('a'), 0, [record(0)], pin(0))
    const after = await openVault('again')
    expect(await after.seat(entry('a'))).toEqual(entry('a', { pin: pin(0) }))
    expect(await after.records(entry('a'))).toEqual([record(0)])
  })

  it('made before there were glances, holds all it held', async () => {
    const before = await openDB('earlier', 1, {
      upgrade(db) {
        for (const name of ['seats', 'records']) db.createObjectStore(name)
      },
    })
    await before.put('seats', entry('a', { pin: pin(0) }), `${BOARD}/a`)
    await before.put('records', record(0), [`${BOARD}/a`, 0])
    before.close()
    const vault = await openVault('earlier')
    expect(vault.durable).toBe(true)
    expect(await vault.seat(entry('a'))).toEqual(entry('a', { pin: pin(0) }))
    expect(await vault.records(entry('a'))).toEqual([record(0)])
    await vault.keepGlance(entry('a'), bytes(8, 1))
    expect(await vault.glance(entry('a'))).toEqual(bytes(8, 1))
  })

  it('gives way to a page of a later version', async () => {
    const vault = await openVault('outdated')
    const later = await openDB('outdated', 99)
    await expect(vault.seats()).rejects.toThrow()
    later.close()
  })

  it.each<[string, () => unknown]>([
    ['is missing', () => undefined],
    ['throws', () => ({ open: () => throwing() })],
    ['refuses', refusingFactory],
  ])('where IndexedDB %s, is in memory and says so', async (_, make) => {
    vi.stubGlobal('indexedDB', make())
    try {
      const vault = await openVault('refused')
      expect(vault.durable).toBe(false)
      await vault.putSeat(entry('a'))
      expect(await vault.seat(entry('a'))).toEqual(entry('a'))
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

function throwing(): never {
  throw new DOMException('not here', 'SecurityError')
}

/** As a private window may: the request fails later. */
function refusingFactory(): IDBFactory {
  const factory = new IDBFactory()
  const real = factory.open.bind(factory)
  factory.open = (name: string) => {
    void real(name, 5)
    return real(name, 1) // an older version than is there: a VersionError
  }
  return factory
}

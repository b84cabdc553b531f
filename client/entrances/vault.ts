/**
 * What this browser keeps of its seats: the seed, the board key, and the
 * records it has verified. Whoever holds the unlocked device can read it. Where
 * the browser refuses storage, all is kept in memory for as long as the page
 * lives, and `durable` says so.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { SignedHead } from '../../shared/heads.ts'
import type { Stamped } from '../../shared/wire.ts'
import type { SeatAddress } from './entrances.ts'

/** The last record that was verified and shown. */
export interface Pin {
  readonly seq: number
  readonly hash: string
}

/** What contradicts the history that this device verified: kept apart from it, and never deleted. */
export interface Contradiction {
  /** The server's records from the first place on at which they differ; at most `OTHER_RECORDS`. */
  readonly records: readonly Stamped[]
  /** What the partner's device signed that it had seen at some place. */
  readonly heads: readonly SignedHead[]
}
export const OTHER_RECORDS = 128
export const OTHER_HEADS = 16

/** What was there when this device last looked. It never leaves the device. */
export interface Seen {
  /** Number of the last record. */
  readonly seq: number
  /** The partner's boundaries on the table, by id. */
  readonly shared: readonly string[]
}

export interface SeatEntry extends SeatAddress {
  readonly seed: Uint8Array
  readonly boardKey: Uint8Array
  /** Names this device's own array in the outer document: 16 hex characters. */
  readonly device: string
  /** The name last seen for this seat. */
  readonly name: string
  readonly pin: Pin | null
  /** The open invitation made here: its id and the secret of its link. */
  readonly invitation: { readonly id: string; readonly secret: Uint8Array } | null
  /** *Show when I'm here* is switched off on this device. */
  readonly hidesPresence?: boolean
  /** Acts that are not recorded yet, sealed (R7). */
  readonly intentions?: Uint8Array
  /** Missing as long as nothing contradicts the history. */
  readonly contradiction?: Contradiction
  /** Missing until this device first had everything. */
  readonly seen?: Seen
}

/** What to change of a seat, or that from what is kept: two tabs of one seat may both be at it. */
export type SeatChange = Partial<SeatEntry> | ((kept: SeatEntry) => Partial<SeatEntry>)

interface Schema extends DBSchema {
  seats: { key: string; value: SeatEntry }
  records: { key: [string, number]; value: Stamped }
  glances: { key: string; value: Uint8Array }
}

export interface Vault {
  /** False: what is kept here is gone with the page. */
  readonly durable: boolean
  seats(): Promise<readonly SeatEntry[]>
  seat(address: SeatAddress): Promise<SeatEntry | null>
  putSeat(entry: SeatEntry): Promise<void>
  changeSeat(address: SeatAddress, change: SeatChange): Promise<void>
  /** With all that is kept of it. */
  removeSeat(address: SeatAddress): Promise<void>
  /** What is shown of the history before it is read, sealed. */
  glance(address: SeatAddress): Promise<Uint8Array | null>
  keepGlance(address: SeatAddress, box: Uint8Array): Promise<void>
  /** Verified records in order, from the first. */
  records(address: SeatAddress): Promise<readonly Stamped[]>
  /** Keeps verified records, the first of which has number `from`, and moves the pin, together. A pin never goes back. */
  keepRecords(
    address: SeatAddress,
    from: number,
    records: readonly Stamped[],
    pin: Pin,
  ): Promise<void>
}

/** 1: seats and records; 2: glances. */
const VERSION = 2

const keyOf = ({ board, seat }: SeatAddress) => `${board}/${seat}`

export async function openVault(name = 'hedgerow'): Promise<Vault> {
  try {
    const db = await openDB<Schema>(name, VERSION, {
      upgrade(db, before) {
        if (before < 1) {
          db.createObjectStore('seats')
          db.createObjectStore('records')
        }
        db.createObjectStore('glances')
      },
      // A page of a later version must not wait for this one to be closed.
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    })
    return databaseVault(db)
  } catch {
    return memoryVault() // storage is switched off or refused: the screens say so
  }
}

function databaseVault(db: IDBPDatabase<Schema>): Vault {
  return {
    durable: true,
    seats: () => db.getAll('seats'),
    seat: async (address) => (await db.get('seats', keyOf(address))) ?? null,
    putSeat: async (entry) => void (await db.put('seats', entry, keyOf(entry))),
    async changeSeat(address, change) {
      const tx = db.transaction('seats', 'readwrite')
      tx.done.catch(() => undefined) // awaited below, unless something before it fails
      const current = await tx.store.get(keyOf(address))
      if (current) await tx.store.put(changed(current, change), keyOf(address))
      await tx.done
    },
    async removeSeat(address) {
      const tx = db.transaction(['seats', 'records', 'glances'], 'readwrite')
      tx.done.catch(() => undefined) // awaited below, unless something before it fails
      await Promise.all([
        tx.objectStore('seats').delete(keyOf(address)),
        tx.objectStore('records').delete(rangeOf(address, 0)),
        tx.objectStore('glances').delete(keyOf(address)),
      ])
      await tx.done
    },
    glance: async (address) => (await db.get('glances', keyOf(address))) ?? null,
    keepGlance: async (address, box) => void (await db.put('glances', box, keyOf(address))),
    async records(address) {
      const all: Stamped[] = []
      for (;;) {
        const some = await db.getAll('records', rangeOf(address, all.length), AT_ONCE)
        all.push(...some)
        if (some.length < AT_ONCE) return all
      }
    },
    async keepRecords(address, from, records, pin) {
      const tx = db.transaction(['seats', 'records'], 'readwrite')
      tx.done.catch(() => undefined) // awaited below, unless something before it fails
      const store = tx.objectStore('records')
      records.forEach((record, i) => {
        store.put(record, [keyOf(address), from + i]).catch(() => undefined) // then so does the whole
      })
      const entry = await tx.objectStore('seats').get(keyOf(address))
      if (entry && isLater(pin, entry.pin)) {
        await tx.objectStore('seats').put({ ...entry, pin }, keyOf(address))
      }
      await tx.done
    },
  }
}

const changed = (kept: SeatEntry, change: SeatChange): SeatEntry => ({
  ...kept,
  ...(typeof change === 'function' ? change(kept) : change),
})

/** Two tabs of one seat keep records at their own pace. */
const isLater = (pin: Pin, kept: Pin | null): boolean => kept === null || pin.seq > kept.seq

/** Records are read so many at once, between which the page answers. */
const AT_ONCE = 512

const rangeOf = (address: SeatAddress, from: number) =>
  IDBKeyRange.bound([keyOf(address), from], [keyOf(address), Number.MAX_SAFE_INTEGER])

export function memoryVault(): Vault {
  const seats = new Map<string, SeatEntry>()
  const kept = new Map<string, Stamped[]>()
  const glances = new Map<string, Uint8Array>()
  const change = (address: SeatAddress, part: SeatChange) => {
    const current = seats.get(keyOf(address))
    if (current) seats.set(keyOf(address), changed(current, part))
  }
  return {
    durable: false,
    seats: async () => [...seats.values()],
    seat: async (address) => seats.get(keyOf(address)) ?? null,
    putSeat: async (entry) => void seats.set(keyOf(entry), entry),
    changeSeat: async (address, part) => change(address, part),
    async removeSeat(address) {
      for (const all of [seats, kept, glances]) all.delete(keyOf(address))
    },
    glance: async (address) => glances.get(keyOf(address)) ?? null,
    keepGlance: async (address, box) => void glances.set(keyOf(address), box),
    records: async (address) => kept.get(keyOf(address)) ?? [],
    async keepRecords(address, from, records, pin) {
      const all = kept.get(keyOf(address)) ?? []
      const after = all.slice(from + records.length)
      kept.set(keyOf(address), [...all.slice(0, from), ...records, ...after])
      const entry = seats.get(keyOf(address))
      if (entry && isLater(pin, entry.pin)) change(address, { pin })
    },
  }
}

/**
 * Things to store. A store checks no signatures, so random bytes of the right
 * sizes are records enough; they come from a seed, so that a failure can be
 * run again.
 */
import { chainHash } from '../../../shared/record.ts'
import type {
  Channel,
  Place,
  Sidecar,
  Store,
  StoreErrorCode,
  StoredRecord,
  WordsEntry,
} from '../../../server/store/store.ts'
import { StoreError } from '../../../server/store/store.ts'

/** mulberry32: a whole number below `below`. */
export type Dice = (below: number) => number
export const dice = (seed: number): Dice => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}

export const randomBytes = (roll: Dice, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => roll(256))

export const randomRecord = (roll: Dice): StoredRecord => ({
  head: randomBytes(roll, 200 + roll(200)),
  sig: randomBytes(roll, 64),
  box: randomBytes(roll, 100 + roll(400)),
  received: 1_790_000_000_000 + roll(1_000_000),
})

/** The smallest records that differ, for tests that go through them byte by byte. */
export const smallRecord = (roll: Dice): StoredRecord => ({
  head: randomBytes(roll, 8),
  sig: randomBytes(roll, 64),
  box: randomBytes(roll, 8),
  received: roll(1_000_000),
})

/** One line a record: as telling as the records, and far quicker to compare. */
export const linesOf = (records: readonly StoredRecord[]): string[] =>
  records.map(({ head, sig, box, received }) =>
    [received, ...[head, sig, box].map((bytes) => Buffer.from(bytes).toString('hex'))].join(' '),
  )

export const entryOf = (text: string, a = 1, b = 0): WordsEntry => ({
  bytes: new TextEncoder().encode(text),
  used: { a, b },
})

export const emptySidecar: Sidecar = { invitations: {}, rings: {} }

/** The place right after `records`. */
export const placeAfter = (records: readonly StoredRecord[]): Place => {
  const last = records.at(-1)
  return { seq: records.length, prev: last ? chainHash(last) : '' }
}

/** A new board with `count` records, genesis included. */
export const boardWith = async (
  store: Store,
  roll: Dice,
  count: number,
  make: (roll: Dice) => StoredRecord = randomRecord,
) => {
  const records = Array.from({ length: count }, () => make(roll))
  const [genesis] = records
  if (genesis === undefined) throw new RangeError('a board has at least one record')
  const board = chainHash(genesis)
  await store.create(board, genesis, emptySidecar)
  for (let seq = 1; seq < records.length; seq += 1) {
    const record = records[seq]
    if (record) await store.appendRecord(board, placeAfter(records.slice(0, seq)), record)
  }
  return { board, records }
}

export const textsOf = async (
  store: Store,
  board: string,
  channel: Channel = 'board',
): Promise<string[]> =>
  (await store.words(board, channel)).entries.map(({ bytes }) => new TextDecoder().decode(bytes))

/** The code with which a promise was refused; any other outcome is an error of the test. */
export const codeOf = (promise: Promise<unknown>): Promise<StoreErrorCode> =>
  promise.then(
    (value) => {
      throw new Error(`expected a StoreError, got ${JSON.stringify(value)}`)
    },
    (cause: unknown) => {
      if (cause instanceof StoreError) return cause.code
      throw cause
    },
  )

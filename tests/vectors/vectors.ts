/**
 * All vectors as files: the histories told in this folder, made from one fixed
 * seed each, as JSON. `make.ts` writes them, and a test makes them again and
 * expects the same bytes.
 */
import { toHex } from '../../shared/crypto.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { readHistory } from '../support/history/read-history.ts'
import { invalidRecords } from './invalid-records.ts'
import { invalidSeats } from './invalid-seats.ts'
import { unreadableStories, validStories } from './valid.ts'

const SEED = 20_260_101

/** `head` is the text of the head; `sig` and `box` are hex. */
export interface VectorRecord {
  readonly head: string
  readonly sig: string
  readonly box: string
}

export interface ValidVector {
  readonly about: string
  /** Hex. */
  readonly boardKey: string
  readonly board: string
  readonly records: readonly VectorRecord[]
  /** What a client makes of it. */
  readonly expected: unknown
}

export interface InvalidVector {
  readonly about: string
  /** The law that refuses it. */
  readonly refusal: string
  /** The record it refuses: those before it are valid. */
  readonly refused: number
  readonly records: readonly VectorRecord[]
}

/** Every vector, by its path in this folder. */
export function allVectors(): Map<string, ValidVector | InvalidVector> {
  const vectors = new Map<string, ValidVector | InvalidVector>()
  for (const [about, tell] of Object.entries({ ...validStories, ...unreadableStories })) {
    const maker = new HistoryMaker(SEED)
    tell(maker)
    const { board, boardKey, records, keys } = maker
    vectors.set(`valid/${fileOf(about)}`, {
      about,
      boardKey: toHex(boardKey),
      board,
      expected: outcomeOf(records, keys.acts),
      records: records.map(toVector),
    })
  }
  for (const [about, [refusal, tell]] of Object.entries({ ...invalidRecords, ...invalidSeats })) {
    const maker = new HistoryMaker(SEED)
    const records = tell(maker)
    const refused = firstChanged(records, maker.records)
    vectors.set(`invalid/${fileOf(about)}`, {
      about,
      refusal,
      refused,
      records: records.map(toVector),
    })
  }
  return vectors
}

const fileOf = (about: string): string => `${about.replace(/\W+/g, '-').replace(/-$/, '')}.json`

/** Where a history leaves the valid one that it was told from. */
function firstChanged(told: readonly SignedRecord[], valid: readonly SignedRecord[]): number {
  const index = told.findIndex((record, i) => record !== valid[i])
  return index < 0 ? told.length - 1 : index
}

export const toVector = ({ head, sig, box }: SignedRecord): VectorRecord => ({
  head: new TextDecoder('utf-8', { ignoreBOM: true }).decode(head),
  sig: toHex(sig),
  box: toHex(box),
})

/** What a history comes to, as plain data. */
export function outcomeOf(records: readonly SignedRecord[], actsKey: Uint8Array): unknown {
  const { chain, standing, unreadable, refused } = readHistory(records, actsKey)
  const { names, boundaries } = standing
  return JSON.parse(
    JSON.stringify({
      refused,
      chain,
      unreadable,
      names,
      boundaries: Object.fromEntries(boundaries),
    }),
  ) as unknown
}

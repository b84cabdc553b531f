/**
 * Where a board lies: its history (records), its words (sealed updates) and a
 * small sidecar (open invitations, key rings). One interface; every
 * implementation keeps every guarantee written here, and one contract suite
 * (tests/server/store-contract.ts) holds them to it.
 *
 * A store sees only sealed bytes. It checks no signatures and knows no keys.
 */
import type { Seat } from '../../shared/ids.ts'

/** One act as it is stored and relayed, untouched, with the server's own stamp beside it. */
export interface StoredRecord {
  readonly head: Uint8Array
  readonly sig: Uint8Array
  readonly box: Uint8Array
  /** Milliseconds since the epoch, by the server's clock, when it was accepted. */
  readonly received: number
}

/** The place a record takes: its number, and the chain hash (hex) of the one before. */
export interface Place {
  readonly seq: number
  readonly prev: string
}

export interface StoredHistory {
  readonly records: readonly StoredRecord[]
  /** Null, or why this board's history is read-only from here on: a sentence for the log. */
  readonly damage: string | null
}

/** A document that is kept by itself: `board` is the one both seats share, the others hold one seat's private drafts (S9). */
export type Channel = 'board' | 'mine-a' | 'mine-b'

export const CHANNELS = ['board', 'mine-a', 'mine-b'] as const satisfies readonly Channel[]

/** Some sealed words: a Yjs update of the outer document, and whose share of the board's room it takes. */
export interface WordsEntry {
  readonly bytes: Uint8Array
  /** Bytes counted against each seat. */
  readonly used: Readonly<Record<Seat, number>>
}

export interface StoredWords {
  readonly entries: readonly WordsEntry[]
  /** Entries that could not be read and were passed over. */
  readonly skipped: number
}

/** Small, rewritten whole. Values are hex; an invitation whose blob is gone (used, cancelled) keeps its id with null. */
export interface Sidecar {
  readonly invitations: Readonly<Record<string, string | null>>
  readonly rings: Readonly<Record<string, { readonly rev: number; readonly box: string }>>
}

export type StoreErrorCode =
  | 'no-board' /* nothing lies under this id */
  | 'board-damaged' /* read-only: what is there no longer checks out */
  | 'store-full' /* the disk has no room */
  | 'store-failed' /* any other fault of the disk */

export class StoreError extends Error {
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.code = code
  }
}

export interface Store {
  /** Every board and its sidecar: what is needed to answer an invitation or a key ring by its id. */
  index(): Promise<readonly { readonly board: string; readonly sidecar: Sidecar }[]>

  /** The board with its first record and sidecar is durable once this resolves true; false when it exists already (nothing changes). */
  create(board: string, genesis: StoredRecord, sidecar: Sidecar): Promise<boolean>

  /** All records in order. Throws `no-board`. */
  history(board: string): Promise<StoredHistory>

  /**
   * Compare-and-swap: appends only if `expected` is the place right after the
   * last record (its `seq` one higher, `prev` its chain hash). True: the record
   * is on the disk (fsync). False: another record has that place, nothing
   * changed. Throws StoreError, and then the record is not in the history.
   */
  appendRecord(board: string, expected: Place, record: StoredRecord): Promise<boolean>

  sidecar(board: string): Promise<Sidecar>

  /** Replaces the sidecar by what `change` makes of it; durable once resolved. Changes of one board run one after the other. */
  changeSidecar(board: string, change: (current: Sidecar) => Sidecar): Promise<void>

  /** All readable entries of a channel in the order they were appended. */
  words(board: string, channel: Channel): Promise<StoredWords>

  /**
   * On the disk (fsync) once this resolves, which is within a second of the
   * call unless the disk is slower. Appends of one channel keep their order, and
   * while more and more arrive, those of a second share one write, and may share
   * one promise.
   */
  appendWords(board: string, channel: Channel, entry: WordsEntry): Promise<void>

  /**
   * Puts `entry` in the place of the first `count` readable entries, as one
   * durable step: a crash leaves the old log or the new one. Entries appended
   * meanwhile come after it. On a fault the old log stays.
   */
  replaceWords(board: string, channel: Channel, count: number, entry: WordsEntry): Promise<void>

  /** Writes what is pending for this board, then gives its memory and file handles back. It can be used again at once. */
  release(board: string): Promise<void>

  /** Writes and fsyncs all that is pending, then lets go of everything. */
  close(): Promise<void>
}

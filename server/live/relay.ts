/**
 * One document of one board while it is in use (S6, S8). The relay holds bytes
 * and no Y.Doc: it answers what a client lacks from merged updates, checks that
 * every update is one, passes it on at once, and acknowledges it when it and
 * all before it are written.
 */
import * as Y from 'yjs'
import { equalBytes } from '../../shared/bytes.ts'
import type { Seat } from '../../shared/ids.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { EMPTY_UPDATE, isUpdate, mergeTree, readUpdate } from '../../shared/yjs-merge.ts'
import type { Compactor } from '../compaction/compactor.ts'
import type { Logger } from '../logger.ts'
import type { Session } from './session.ts'
import type { Channel, Store, WordsEntry } from '../store/store.ts'
import { step1Frame, step2Frame, updateFrame } from './sync-frames.ts'

export interface RelayOptions {
  readonly board: string
  readonly channel: Channel
  readonly store: Store
  readonly compactor: Compactor
  readonly logger: Logger
  /** Bytes that each seat may take, here and elsewhere on the board. */
  readonly mostBytes: number
  readonly elsewhere?: Elsewhere
  /** Told once, when something could not be written: this relay is of no more use. */
  readonly failed: (cause: unknown) => void
}

/** The board's other channels: one room holds all that a seat writes. */
export interface Elsewhere {
  /** Bytes that this seat takes there. */
  readonly usedBy: (seat: Seat) => number
  /** This seat's room is short: whatever can be tidied up there is to be. */
  readonly tidy: (seat: Seat) => void
}

type Used = Readonly<Record<Seat, number>>

/** When the log is worth compacting. */
const MANY_ENTRIES = 512
const MANY_BYTES = 256 * 1024

export class Relay {
  readonly #options: RelayOptions
  readonly #members = new Set<Session>()
  /** All updates but those in the tail, merged. */
  #merged: Uint8Array
  #tail: Uint8Array[] = []
  #used: Used
  /** Entries in the store, counting those on their way. */
  #entries: number
  #entriesSince = 0
  #bytesSince = 0
  /** What has arrived since a compaction began; null while none runs. */
  #meanwhile: Uint8Array[] | null = null
  #compactable: boolean
  /** Of what was accepted last. */
  #appended: Promise<void> | null = null
  /** Settles when everything that was accepted so far is written. */
  #written: Promise<void> = Promise.resolve()
  #failed = false

  private constructor(options: RelayOptions, loaded: Loaded) {
    this.#options = options
    this.#merged = loaded.state
    this.#used = loaded.used
    this.#entries = loaded.entries
    this.#entriesSince = Math.max(0, loaded.entries - 1)
    this.#compactable = loaded.skipped === 0
  }

  static async load(options: RelayOptions): Promise<Relay> {
    const { entries, skipped } = await options.store.words(options.board, options.channel)
    const loaded = fold(entries)
    const lost = skipped + loaded.skipped
    if (lost > 0) options.logger.warn('some words could not be read', { lost })
    return new Relay(options, loaded)
  }

  /** From now on this socket is sent what others write; it is asked for what it has. */
  open(session: Session): void {
    this.#members.add(session)
    session.outbox.push(step1Frame(Y.encodeStateVectorFromUpdate(this.#state())))
  }

  close(session: Session): void {
    this.#members.delete(session)
  }

  /** Bytes counted against this seat. */
  usedBy(seat: Seat): number {
    return this.#used[seat]
  }

  /** Answers "send what I lack" after `vector`. */
  answer(session: Session, vector: Uint8Array): Result<null> {
    try {
      session.outbox.push(step2Frame(Y.diffUpdate(this.#state(), vector)))
      return ok(null)
    } catch {
      return refuse('update-malformed')
    }
  }

  /**
   * Takes an update in and passes it on. What is no update, or beyond the
   * seat's room, is refused and changes nothing. A step 2 may repeat what is
   * here already: then there is nothing to keep or to pass on. `frame` is the
   * whole frame where it is one that can be passed on as it came.
   */
  receive(session: Session, bytes: Uint8Array, frame: Uint8Array | null): Result<null> {
    if (this.#failed) return refuse('store-failed')
    if (equalBytes(bytes, EMPTY_UPDATE)) return ok(null)
    const update = someUpdate(bytes)
    if (update === null) return refuse('update-malformed')
    if (frame === null) {
      const merged = this.#mergedWith(update)
      if (merged === null) return refuse('update-malformed')
      if (equalBytes(merged, this.#merged)) return ok(null)
    }
    const { seat } = session
    const used = { a: seat === 'a' ? update.length : 0, b: seat === 'b' ? update.length : 0 }
    const { elsewhere, mostBytes } = this.#options
    const usedElsewhere = elsewhere?.usedBy(seat) ?? 0
    if (usedElsewhere + this.#used[seat] + update.length > mostBytes) {
      void this.compact()
      elsewhere?.tidy(seat)
      return refuse('room-full')
    }
    this.#append({ bytes: update, used })
    this.#passOn(session, frame && equalBytes(update, bytes) ? frame : updateFrame(update))
    this.#compactSoon()
    return ok(null)
  }

  /** Resolves when everything accepted before this call is written; rejects if it could not be. */
  written(): Promise<void> {
    return this.#written
  }

  /** Makes the log one entry, if anything came since it last was. On a fault the log stays as it is. */
  async compact(): Promise<void> {
    if (this.#meanwhile || !this.#compactable || this.#entriesSince === 0 || this.#failed) return
    const { store, board, channel, compactor, logger } = this.#options
    const [state, count, before] = [this.#state(), this.#entries, this.#used]
    const since: Uint8Array[] = (this.#meanwhile = [])
    this.#entriesSince = this.#bytesSince = 0
    try {
      const small = await compactor.compact(state)
      const used = scaled(before, small.length)
      await store.replaceWords(board, channel, count, { bytes: small, used })
      this.#entries += 1 - count
      this.#used = { a: used.a + this.#used.a - before.a, b: used.b + this.#used.b - before.b }
      this.#merged = normal(small)
      this.#tail = since
    } catch (cause) {
      // What the store holds is in doubt until it is read again, when this board is next loaded.
      this.#compactable = false
      if (!this.#failed) logger.error('could not compact words', cause)
    } finally {
      this.#meanwhile = null
    }
  }

  #append(entry: WordsEntry): void {
    const { store, board, channel } = this.#options
    this.#tail.push(entry.bytes)
    this.#meanwhile?.push(entry.bytes)
    this.#entries++
    this.#entriesSince++
    this.#bytesSince += entry.bytes.length
    this.#used = { a: this.#used.a + entry.used.a, b: this.#used.b + entry.used.b }
    const appended = store.appendWords(board, channel, entry)
    if (appended === this.#appended) return // it is written with what came before
    this.#appended = appended
    const before = this.#written
    this.#written = appended.then(() => before)
    this.#written.catch((cause: unknown) => this.#fail(cause)) // whoever waits for it hears of it
  }

  #fail(cause: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.#options.failed(cause)
  }

  #passOn(from: Session, frame: Uint8Array): void {
    for (const member of this.#members) if (member !== from) member.outbox.push(frame)
  }

  #compactSoon(): void {
    if (this.#entriesSince >= MANY_ENTRIES || this.#bytesSince >= MANY_BYTES) void this.compact()
  }

  #state(): Uint8Array {
    if (this.#tail.length === 0) return this.#merged
    const { state, skipped } = mergeGood([this.#merged, ...this.#tail])
    // What cannot be merged stays in the log, and out of what is answered.
    if (skipped > 0) this.#compactable = false
    this.#merged = state
    this.#tail = []
    return state
  }

  /** The state with `update` in it, or null where it cannot be merged. */
  #mergedWith(update: Uint8Array): Uint8Array | null {
    try {
      return mergeTree([this.#state(), update])
    } catch {
      return null // reads as an update, and is none
    }
  }
}

/** The update in these bytes, or null where there is none: bytes of another format read as an empty one. */
function someUpdate(bytes: Uint8Array): Uint8Array | null {
  const update = readUpdate(bytes)
  return update && equalBytes(update, EMPTY_UPDATE) ? null : update
}

interface Loaded {
  readonly state: Uint8Array
  readonly used: Used
  readonly entries: number
  readonly skipped: number
}

function fold(entries: readonly WordsEntry[]): Loaded {
  const good = entries.filter(({ bytes }) => isUpdate(bytes))
  const used = { a: 0, b: 0 }
  for (const entry of entries) {
    used.a += entry.used.a
    used.b += entry.used.b
  }
  const { state, skipped } = mergeGood(good.map(({ bytes }) => bytes))
  const lost = skipped + entries.length - good.length
  return { state, used, entries: entries.length, skipped: lost }
}

function mergeGood(updates: readonly Uint8Array[]): { state: Uint8Array; skipped: number } {
  try {
    return { state: normal(mergeTree(updates)), skipped: 0 }
  } catch {
    // One of them cannot be merged with the others: find out which.
    let state = EMPTY_UPDATE
    let skipped = 0
    for (const update of updates) {
      try {
        state = mergeTree([state, update])
      } catch {
        skipped++
      }
    }
    return { state: normal(state), skipped }
  }
}

/** As merging writes it, so that merging it with what it holds gives the same bytes. */
const normal = (state: Uint8Array): Uint8Array => mergeTree([state, EMPTY_UPDATE])

/** The same shares of a document of another size. */
function scaled({ a, b }: Used, size: number): Used {
  const ofA = a + b === 0 ? 0 : Math.round((size * a) / (a + b))
  return { a: ofA, b: size - ofA }
}

/**
 * All boards of this server. Of a board that nobody uses, only where its
 * invitations and key rings lead is in memory (D5); the rest is loaded when
 * someone comes and let go of when the last one leaves.
 */
import { extend } from '../../shared/history.ts'
import type { Seat } from '../../shared/ids.ts'
import { fromHex, toHex } from '../../shared/crypto.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { RESTORE_RECORDS } from '../../shared/wire.ts'
import { BoardHistory } from './board-history.ts'
import type { Clock } from '../clock.ts'
import type { Compactor } from '../compaction/compactor.ts'
import type { Limits } from '../config.ts'
import { LiveBoard, type SeatRates } from './live-board.ts'
import { shortened, type Logger } from '../logger.ts'
import { KeyedLimits } from '../rate-limit.ts'
import { Relay } from './relay.ts'
import type { Store } from '../store/store.ts'

/** How many times faster than they were said records may be sent again. */
const RESTORES = 10
/** One for each seat. */
const RINGS = 2

export interface BoardsOptions {
  readonly store: Store
  readonly limits: Limits
  readonly clock: Clock
  readonly logger: Logger
  readonly compactor: Compactor
}

/** A sealed key ring and where it lies. */
export interface SealedRing {
  readonly find: string
  readonly box: Uint8Array
}

/** A board that stays in use until it is let go of. */
export interface Held {
  readonly live: LiveBoard
  readonly letGo: () => void
}

interface Entry {
  users: number
  readonly live: Promise<LiveBoard>
}

export class Boards {
  readonly #options: BoardsOptions
  readonly #invitations = new Map<string, string>()
  readonly #rings = new Map<string, string>()
  /** Boards with fewer than two: nobody has joined yet, or a backup brought back a day before it. */
  readonly #fewRings = new Set<string>()
  readonly #inUse = new Map<string, Entry>()
  readonly #leaving = new Set<Promise<void>>()
  readonly #rates: { events: KeyedLimits; records: KeyedLimits; restores: KeyedLimits }
  #closing = false

  private constructor(options: BoardsOptions) {
    this.#options = options
    const { limits, clock } = options
    const rate = (perSecond: number, burst: number) =>
      new KeyedLimits({ perSecond, burst }, () => clock.now())
    this.#rates = {
      events: rate(limits.eventsPerSecond, limits.eventsBurst),
      records: rate(limits.recordsPerSecond, limits.recordsBurst),
      restores: rate(
        RESTORES * limits.recordsPerSecond,
        Math.max(RESTORE_RECORDS, RESTORES * limits.recordsBurst),
      ),
    }
  }

  static async open(options: BoardsOptions): Promise<Boards> {
    const boards = new Boards(options)
    for (const { board, sidecar } of await options.store.index()) {
      for (const id of Object.keys(sidecar.invitations)) boards.#invitations.set(id, board)
      const finds = Object.keys(sidecar.rings)
      for (const find of finds) boards.#rings.set(find, board)
      if (finds.length < RINGS) boards.#fewRings.add(board)
    }
    return boards
  }

  /** Makes a board of its founding record. The same record and ring again is no mistake: an answer was lost. */
  async create(record: SignedRecord, ring: SealedRing): Promise<Result<{ received: number }>> {
    const extended = extend(null, record)
    if (!extended.ok) return extended
    const { board } = extended.value.chain
    if (!this.mayHaveRing(board, ring)) return refuse('bad-request')
    const received = this.#options.clock.now()
    const sidecar = { invitations: {}, rings: { [ring.find]: { rev: 1, box: toHex(ring.box) } } }
    if (await this.#options.store.create(board, { ...record, received }, sidecar)) {
      this.#rings.set(ring.find, board)
      this.#fewRings.add(board)
      return ok({ received })
    }
    if (this.#rings.get(ring.find) !== board) return refuse('board-exists')
    return this.use(board, async ({ history }) => {
      const { records } = await history.page(0)
      return ok({ received: records[0]?.received ?? received })
    })
  }

  /** The sealed ring that lies under `find`, or null. */
  async ring(find: string): Promise<Uint8Array | null> {
    const board = this.#rings.get(find)
    if (board === undefined) return null
    return this.use(board, async () => {
      const ring = (await this.#options.store.sidecar(board)).rings[find]
      return ring ? fromHex(ring.box) : null
    })
  }

  /** The sealed blob that an invitation opens, or null where it is gone. */
  async blob(board: string, invitation: string): Promise<Uint8Array | null> {
    const { invitations } = await this.#options.store.sidecar(board)
    const blob = invitations[invitation]
    return blob ? fromHex(blob) : null
  }

  boardOfInvitation(id: string): string | null {
    return this.#invitations.get(id) ?? null
  }

  /** Whether an invitation's id is free for this board: nobody takes over another board's. */
  mayHaveInvitation(board: string, id: string): boolean {
    return [undefined, board].includes(this.#invitations.get(id))
  }

  mayHaveRing(board: string, { find }: SealedRing): boolean {
    return [undefined, board].includes(this.#rings.get(find))
  }

  noteInvitation(board: string, id: string): void {
    this.#invitations.set(id, board)
  }

  /** Puts a ring beside a board's others; durable once resolved. */
  async addRing(board: string, { find, box }: SealedRing): Promise<void> {
    let count = 0
    await this.#options.store.changeSidecar(board, (sidecar) => {
      const rings = { ...sidecar.rings, [find]: { rev: 1, box: toHex(box) } }
      count = Object.keys(rings).length
      return { ...sidecar, rings }
    })
    this.#rings.set(find, board)
    if (count >= RINGS) this.#fewRings.delete(board)
  }

  /**
   * Whether the ring of the seat that joined is gone: it came with the claim, and
   * a backup of an earlier day has neither. The founder's is there from the start.
   */
  lacksRing(board: string): boolean {
    return this.#fewRings.has(board)
  }

  /** Takes the ring that is gone from whoever holds its seat; again is no mistake. Must run in the history's queue. */
  async takeRing(board: string, ring: SealedRing): Promise<Result<null>> {
    if (this.#rings.get(ring.find) === board) return ok(null)
    if (!this.mayHaveRing(board, ring) || !this.lacksRing(board)) return refuse('bad-request')
    await this.addRing(board, ring)
    return ok(null)
  }

  async removeRing(board: string, { find }: SealedRing): Promise<void> {
    this.#rings.delete(find)
    this.#fewRings.add(board)
    await this.#options.store.changeSidecar(board, ({ rings, invitations }) => {
      const { [find]: _, ...others } = rings
      return { invitations, rings: others }
    })
  }

  /** Throws StoreError `no-board` where there is none. */
  async hold(id: string): Promise<Held> {
    const entry = this.#inUse.get(id) ?? this.#load(id)
    entry.users++
    let held = true
    const letGo = () => {
      if (!held) return
      held = false
      entry.users--
      const leaving = this.#quieten(id, entry)
      this.#leaving.add(leaving)
      void leaving.finally(() => this.#leaving.delete(leaving))
    }
    try {
      return { live: await entry.live, letGo }
    } catch (cause) {
      letGo()
      throw cause
    }
  }

  async use<T>(id: string, job: (live: LiveBoard) => Promise<T>): Promise<T> {
    const { live, letGo } = await this.hold(id)
    try {
      return await job(live)
    } finally {
      letGo()
    }
  }

  /** From now on, boards that are let go of are not compacted first. */
  hurry(): void {
    this.#closing = true
  }

  /** Waits until everything that was begun is written. Nobody holds a board any more. */
  async close(): Promise<void> {
    this.hurry()
    while (this.#leaving.size > 0) await Promise.all(this.#leaving)
  }

  #load(id: string): Entry {
    const entry: Entry = { users: 0, live: this.#live(id) }
    this.#inUse.set(id, entry)
    return entry
  }

  async #live(id: string): Promise<LiveBoard> {
    const { store, limits, clock, logger, compactor } = this.#options
    const history = await BoardHistory.load({
      board: id,
      store,
      logger,
      now: () => clock.now(),
      mostPerSeat: Math.ceil(limits.records / 2),
    })
    return new LiveBoard({
      id,
      history,
      rates: { a: this.#ratesOf(id, 'a'), b: this.#ratesOf(id, 'b') },
      socketsPerSeat: limits.socketsPerSeat,
      loadRelay: (channel, elsewhere, failed) =>
        Relay.load({
          board: id,
          channel,
          elsewhere,
          store,
          compactor,
          logger,
          mostBytes: limits.wordsBytes,
          failed: (cause) => {
            logger.error('could not write words', cause, { board: shortened(id) })
            failed(cause)
          },
        }),
    })
  }

  /** Outlives the board's use, so that coming back is no way around it. */
  #ratesOf(id: string, seat: Seat): SeatRates {
    const key = rateKey(id, seat)
    const { events, records, restores } = this.#rates
    return { events: events.of(key), records: records.of(key), restores: restores.of(key) }
  }

  async #quieten(id: string, entry: Entry): Promise<void> {
    if (entry.users > 0) return
    try {
      const live = await entry.live
      await live.settle(!this.#closing)
    } catch {
      // It never loaded, and whoever asked for it was told.
    }
    if (entry.users > 0 || this.#inUse.get(id) !== entry) return
    this.#inUse.delete(id)
    for (const limits of Object.values(this.#rates)) {
      for (const seat of ['a', 'b'] as const) limits.letGo(rateKey(id, seat))
    }
    await this.#options.store.release(id).catch((cause: unknown) => {
      this.#options.logger.error('could not let go of a board', cause, { board: shortened(id) })
    })
  }
}

const rateKey = (board: string, seat: Seat): string => `${board} ${seat}`

/** One board in use: its history, its words, and the sockets of its two people. */
import type { Seat } from '../shared/ids.ts'
import type { SignedRecord } from '../shared/record.ts'
import { ok, type Result } from '../shared/refusal.ts'
import type { Stamped } from '../shared/wire.ts'
import type { BoardHistory, Beside } from './board-history.ts'
import { asBuffer } from './outbox.ts'
import { Presence } from './presence.ts'
import type { TokenBucket } from './rate-limit.ts'
import type { Relay } from './relay.ts'
import type { Session } from './session.ts'
import type { StoredRecord } from './store/store.ts'

export interface SeatRates {
  readonly events: TokenBucket
  readonly records: TokenBucket
}

export interface LiveBoardOptions {
  readonly id: string
  readonly history: BoardHistory
  readonly rates: Readonly<Record<Seat, SeatRates>>
  readonly socketsPerSeat: number
  /** Reads the words; `failed` is told when they could no longer be written. */
  readonly loadRelay: (failed: (cause: unknown) => void) => Promise<Relay>
}

export class LiveBoard {
  readonly id: string
  readonly history: BoardHistory
  readonly rates: Readonly<Record<Seat, SeatRates>>
  readonly presence = new Presence()
  readonly #options: LiveBoardOptions
  readonly #sessions = new Set<Session>()
  #relay: Promise<Relay> | null = null

  constructor(options: LiveBoardOptions) {
    this.#options = options
    this.id = options.id
    this.history = options.history
    this.rates = options.rates
  }

  /** False where this seat has as many sockets as it may. */
  join(session: Session): boolean {
    const own = [...this.#sessions].filter(({ seat }) => seat === session.seat)
    if (own.length >= this.#options.socketsPerSeat) return false
    this.#sessions.add(session)
    return true
  }

  leave(session: Session): void {
    this.#sessions.delete(session)
    this.presence.forget(session)
  }

  /** Appends a record, and once it is durable and whoever sent it has been answered, shows it to all. */
  append(record: SignedRecord, beside: Beside | null): Promise<Result<{ received: number }>> {
    return this.history.serially(() => this.appendInTurn(record, beside))
  }

  /** The same for who is in the history's queue already. */
  async appendInTurn(
    record: SignedRecord,
    beside: Beside | null,
  ): Promise<Result<{ received: number }>> {
    const appended = await this.history.append(record, beside)
    if (!appended.ok) return appended
    const { fresh, received } = appended.value
    if (fresh) setImmediate(() => this.#show(fresh.stored))
    return ok({ received })
  }

  relay(): Promise<Relay> {
    if (this.#relay) return this.#relay
    const loading = this.#options.loadRelay(() => {
      if (this.#relay === loading) this.#relay = null
      // After those who wait for an answer have been told why.
      setImmediate(() => {
        for (const session of this.#sessions) session.cut()
      })
    })
    loading.catch(() => {
      if (this.#relay === loading) this.#relay = null
    })
    return (this.#relay = loading)
  }

  /** Waits for what is being written; compacts the words if told to. */
  async settle(compact: boolean): Promise<void> {
    await this.history.serially(async () => undefined)
    const relay = await this.#relay?.catch(() => undefined)
    await relay?.written().catch(() => undefined) // whoever sent it was told
    if (compact) await relay?.compact()
  }

  #show(record: StoredRecord): void {
    const fact = stampedOf(record)
    for (const session of this.#sessions) session.emit('record:appended', fact)
  }
}

/** A record as it goes into a packet. */
export const stampedOf = ({ head, sig, box, received }: StoredRecord): Stamped => ({
  head: asBuffer(head),
  sig: asBuffer(sig),
  box: asBuffer(box),
  received,
})

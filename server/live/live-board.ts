/** One board in use: its history, its words, and the sockets of its two people. */
import type { Seat } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { ok, type Result } from '../../shared/refusal.ts'
import type { Channel, Stamped } from '../../shared/wire.ts'
import type { BoardHistory, Beside } from './board-history.ts'
import { asBuffer } from './outbox.ts'
import { Presence } from './presence.ts'
import type { TokenBucket } from '../rate-limit.ts'
import type { Elsewhere, Relay } from './relay.ts'
import type { Session } from './session.ts'
import type { Channel as StoredChannel, StoredRecord } from '../store/store.ts'

export interface SeatRates {
  readonly events: TokenBucket
  readonly records: TokenBucket
  /** Records sent again to a history that lost them. */
  readonly restores: TokenBucket
}

export interface LiveBoardOptions {
  readonly id: string
  readonly history: BoardHistory
  readonly rates: Readonly<Record<Seat, SeatRates>>
  readonly socketsPerSeat: number
  /** Reads the words of a channel; `failed` is told when they could no longer be written. */
  readonly loadRelay: (
    channel: StoredChannel,
    elsewhere: Elsewhere,
    failed: (cause: unknown) => void,
  ) => Promise<Relay>
}

export class LiveBoard {
  readonly id: string
  readonly history: BoardHistory
  readonly rates: Readonly<Record<Seat, SeatRates>>
  readonly presence = new Presence()
  readonly #options: LiveBoardOptions
  readonly #sessions = new Set<Session>()
  readonly #relays = new Map<StoredChannel, Promise<Relay>>()
  readonly #loaded = new Map<StoredChannel, Relay>()

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

  /**
   * What this seat is sent and sends under the name of a channel. `mine` leads
   * each seat to its own drafts: there is no name by which one could ask for
   * the other's.
   */
  async relay(channel: Channel, seat: Seat): Promise<Relay> {
    const own = mineOf(seat)
    // All that a seat writes counts against one room, so both of its channels are read first.
    const other = channel === 'board' ? own : 'board'
    const [relay] = await Promise.all([
      this.#relay(channel === 'board' ? 'board' : own),
      this.#relay(other).catch(() => undefined), // what cannot be read is said to whoever asks for it
    ])
    return relay
  }

  /** Waits for acts that are being recorded; compacts the words if told to. */
  async settle(compact: boolean): Promise<void> {
    await this.history.serially(async () => undefined)
    if (!compact) return
    for (const loading of [...this.#relays.values()]) {
      const relay = await loading.catch(() => undefined)
      await relay?.compact()
    }
  }

  #relay(channel: StoredChannel): Promise<Relay> {
    const known = this.#relays.get(channel)
    if (known) return known
    const forget = () => {
      if (this.#relays.get(channel) !== loading) return
      this.#relays.delete(channel)
      this.#loaded.delete(channel)
    }
    const loading = this.#options.loadRelay(channel, this.#elsewhere(channel), () => {
      forget()
      // After those who wait for an answer have been told why. The other seat is not to notice anything of drafts.
      setImmediate(() => {
        for (const session of this.#sessions) {
          if (channel === 'board' || channel === mineOf(session.seat)) session.cut()
        }
      })
    })
    this.#relays.set(channel, loading)
    loading.then((relay) => this.#loaded.set(channel, relay), forget)
    return loading
  }

  #elsewhere(own: StoredChannel): Elsewhere {
    return {
      usedBy: (seat) => {
        let used = 0 // asked at every keystroke
        for (const [channel, relay] of this.#loaded) if (channel !== own) used += relay.usedBy(seat)
        return used
      },
      tidy: (seat) => {
        for (const [channel, relay] of this.#loaded) {
          if (channel !== own && relay.usedBy(seat) > 0) void relay.compact()
        }
      },
    }
  }

  #show(record: StoredRecord): void {
    const fact = stampedOf(record)
    for (const session of this.#sessions) session.emit('record:appended', fact)
  }
}

const mineOf = (seat: Seat): StoredChannel => (seat === 'a' ? 'mine-a' : 'mine-b')

/** A record as it goes into a packet. */
export const stampedOf = ({ head, sig, box, received }: StoredRecord): Stamped => ({
  head: asBuffer(head),
  sig: asBuffer(sig),
  box: asBuffer(box),
  received,
})

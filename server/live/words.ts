/**
 * The words of one channel over a socket: frames of the y-websocket protocol,
 * whole or in parts (S6–S8). Presence travels with those of the board alone.
 */
import { ok, refuse, type Refusal, type Result } from '../../shared/refusal.ts'
import type { Channel, Part } from '../../shared/wire.ts'
import { refusalOf } from '../edge-errors.ts'
import type { Logger } from '../logger.ts'
import type { LiveBoard } from './live-board.ts'
import type { Relay } from './relay.ts'
import type { Session } from './session.ts'
import { isSync, readFrame } from './sync-frames.ts'

/** Bytes of frames that may come before the channel they are for has been read. */
const MOST_EARLY_BYTES = 1024 * 1024
/** What a packet takes besides. */
const OVERHEAD = 256

/** Handlers of one session. */
export class Words {
  readonly #live: LiveBoard
  readonly #session: Session
  readonly #channel: Channel
  readonly #logger: Logger
  #relay: Relay | null = null
  #opening: Promise<Result<null>> | null = null
  #closed = false
  /** A client that opens a channel need not wait for the answer before it sends. */
  #early: (readonly Uint8Array[])[] = []
  #earlyBytes = 0

  /** `session` with an outbox and parts of this channel alone. */
  constructor(live: LiveBoard, session: Session, channel: Channel, logger: Logger) {
    this.#live = live
    this.#session = session
    this.#channel = channel
    this.#logger = logger
  }

  get isOpen(): boolean {
    return this.#relay !== null
  }

  async open(): Promise<Result<null>> {
    const opening = (this.#opening = this.#open())
    const opened = await opening
    if (this.#opening === opening) this.#opening = null
    this.#earlyBytes = 0
    for (const frames of this.#early.splice(0)) {
      if (opened.ok) this.send(frames)
      else this.#refuse(count(frames), opened)
    }
    return opened
  }

  close(): void {
    this.#closed = true
    this.#early = []
    this.#relay?.close(this.#session)
    this.#relay = null
  }

  /** Acknowledges them once all are written, or refuses all of them. */
  send(frames: readonly Uint8Array[]): void {
    if (this.#relay) this.#receive(this.#relay, frames)
    else if (this.#opening) this.#keepEarly(frames)
    else this.#refuse(count(frames), refuse('bad-request'))
  }

  /** Answered for itself: the sender waits before it goes on, so that a long frame leaves room for pings. */
  async part(part: Part): Promise<Result<null>> {
    await this.#opening
    const relay = this.#relay
    if (!relay) return refuse('bad-request')
    const frame = this.#session.parts.receive(part)
    if (!frame.ok) return frame
    if (frame.value === null) return ok(null)
    const taken = this.#take(relay, frame.value)
    await relay.written()
    return taken
  }

  #keepEarly(frames: readonly Uint8Array[]): void {
    const bytes = frames.reduce((sum, { length }) => sum + length, OVERHEAD)
    if (this.#earlyBytes + bytes > MOST_EARLY_BYTES) {
      return this.#refuse(count(frames), refuse('rate-limited'))
    }
    this.#earlyBytes += bytes
    this.#early.push(frames)
  }

  async #open(): Promise<Result<null>> {
    try {
      const relay = await this.#live.relay(this.#channel, this.#session.seat)
      if (this.#closed) return refuse('unreachable')
      this.#relay = relay
      relay.open(this.#session)
      return ok(null)
    } catch (thrown) {
      return refusalOf(thrown, this.#logger, 'words:open')
    }
  }

  #receive(relay: Relay, frames: readonly Uint8Array[]): void {
    const refused = this.#takeAll(relay, frames)
    if (refused) return this.#refuse(count(frames), refused)
    const counted = count(frames)
    if (counted > 0) this.#acknowledge(relay.written(), counted)
  }

  #acknowledge(written: Promise<void>, frames: number): void {
    // Those that are written together leave the outbox together.
    written.then(
      () => {
        if (!this.#closed) this.#session.outbox.written(frames)
      },
      (thrown: unknown) => this.#refuse(frames, this.#refusalOf(thrown)),
    )
  }

  /** The first refusal, if any: one bad frame is no reason to lose the others. */
  #takeAll(relay: Relay, frames: readonly Uint8Array[]): Refusal | null {
    let refused: Refusal | null = null
    for (const frame of frames) {
      try {
        const taken = this.#take(relay, frame)
        if (!taken.ok) refused ??= taken
      } catch (thrown) {
        refused ??= this.#refusalOf(thrown)
      }
    }
    return refused
  }

  #refusalOf(thrown: unknown): Refusal {
    return refusalOf(thrown, this.#logger, 'words:send')
  }

  #refuse(frames: number, { code }: Refusal): void {
    this.#logger.info('refused', { event: 'words:send', code })
    if (frames > 0 && !this.#closed) this.#session.outbox.refused(frames, code)
  }

  #take(relay: Relay, bytes: Uint8Array): Result<null> {
    if (bytes.length === 0) return ok(null)
    const frame = readFrame(bytes)
    const session = this.#session
    switch (frame?.kind) {
      case 'step-1':
        return relay.answer(session, frame.vector)
      case 'step-2':
        return relay.receive(session, frame.update, null)
      case 'update':
        return relay.receive(session, frame.update, bytes)
      case 'awareness':
        if (this.#channel === 'board') this.#live.presence.receive(session, frame.states, bytes)
        return ok(null)
      case 'query-awareness':
        if (this.#channel === 'board') this.#live.presence.query(session)
        return ok(null)
      case undefined:
        return refuse('update-malformed')
    }
  }
}

const count = (frames: readonly Uint8Array[]): number => frames.filter(isSync).length

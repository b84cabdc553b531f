/**
 * The words of one channel over a socket: frames of the y-websocket protocol,
 * whole or in parts (S6–S8). Presence travels with those of the board alone.
 */
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Channel, Part, Payload } from '../../shared/wire.ts'
import type { LiveBoard } from './live-board.ts'
import type { Relay } from './relay.ts'
import type { Session } from './session.ts'
import { readFrame } from './sync-frames.ts'

/** Handlers of one session, once its words are open. */
export class Words {
  readonly #live: LiveBoard
  readonly #session: Session
  readonly #channel: Channel
  #relay: Relay | null = null
  #closed = false

  /** `session` with an outbox and parts of this channel alone. */
  constructor(live: LiveBoard, session: Session, channel: Channel) {
    this.#live = live
    this.#session = session
    this.#channel = channel
  }

  get isOpen(): boolean {
    return this.#relay !== null
  }

  async open(): Promise<Result<null>> {
    const relay = await this.#live.relay(this.#channel, this.#session.seat)
    if (this.#closed) return refuse('unreachable')
    this.#relay = relay
    relay.open(this.#session)
    return ok(null)
  }

  close(): void {
    this.#closed = true
    this.#relay?.close(this.#session)
    this.#relay = null
  }

  async send({ frames }: Payload<'words:send'>): Promise<Result<null>> {
    const relay = this.#relay
    if (!relay) return refuse('bad-request')
    // One bad frame is no reason to lose the others.
    const results = frames.map((frame) => this.#take(relay, frame))
    await relay.written()
    return results.find((result) => !result.ok) ?? ok(null)
  }

  async part(part: Part): Promise<Result<null>> {
    if (!this.#relay) return refuse('bad-request')
    const frame = this.#session.parts.receive(part)
    if (!frame.ok) return frame
    return frame.value === null
      ? ok(null)
      : this.send({ channel: part.channel, frames: [frame.value] })
  }

  #take(relay: Relay, bytes: Uint8Array): Result<null> {
    if (bytes.length === 0) return ok(null)
    const frame = readFrame(bytes)
    const session = this.#session
    switch (frame?.kind) {
      case 'step-1':
        return relay.answer(session, frame.vector)
      case 'step-2':
      case 'update':
        return relay.receive(session, frame.update, frame.kind)
      case 'awareness':
        if (this.#channel === 'board') this.#live.presence.receive(session, frame.states)
        return ok(null)
      case 'query-awareness':
        if (this.#channel === 'board') this.#live.presence.query(session)
        return ok(null)
      case undefined:
        return refuse('update-malformed')
    }
  }
}

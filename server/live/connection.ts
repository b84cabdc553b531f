/** One socket from its first breath: asked who it is, then seated at a board, then closed. */
import type { Socket } from 'socket.io'
import type { Random } from '../../shared/crypto.ts'
import type { Seat } from '../../shared/ids.ts'
import { refuse, ok, type Result } from '../../shared/refusal.ts'
import {
  NONCE_BYTES,
  requests,
  type Answer,
  type Channel,
  type Payload,
  type RequestName,
  type Sent,
} from '../../shared/wire.ts'
import type { Boards } from './boards.ts'
import type { Clock } from '../clock.ts'
import type { Limits } from '../config.ts'
import type { LiveBoard } from './live-board.ts'
import { shortened, type Logger } from '../logger.ts'
import { hello } from './hello.ts'
import { asBuffer, Outbox, type Emit } from './outbox.ts'
import { Pace } from './pace.ts'
import { Parts } from './parts.ts'
import { appendRecord, recordsSince, restoreRecords } from './records.ts'
import { hear, isOurs, on, type Guard } from './requests.ts'
import { keepRing, lacksRing } from './rings.ts'
import type { Session } from './session.ts'
import { idleFrame } from './sync-frames.ts'
import { Words } from './words.ts'

export interface ConnectionOptions {
  readonly boards: Boards
  readonly limits: Limits
  readonly clock: Clock
  readonly logger: Logger
  readonly random: Random
}

interface Seated {
  readonly state: 'seated'
  readonly session: Session
  readonly live: LiveBoard
  readonly words: Readonly<Record<Channel, Words>>
  readonly pace: Pace
}

type State =
  | { readonly state: 'asked'; readonly nonce: Uint8Array; readonly origin: string }
  | { readonly state: 'answering' }
  | Seated
  | { readonly state: 'closed' }

/** Bytes that may wait for a socket that reads too slowly. */
const MOST_UNREAD_BYTES = 32 * 1024 * 1024
const MOST_UNREAD_PACKETS = 8_192
/** Events that are none of ours, before whoever sends them is sent away. */
const MOST_NUISANCES = 1_000

type SeatedRequest = Exclude<RequestName, 'hello:answer'>
type Handlers = {
  readonly [N in SeatedRequest]: (seated: Seated, payload: Payload<N>) => Promise<Result<Answer<N>>>
}

export class Connection {
  readonly #socket: Socket
  readonly #options: ConnectionOptions
  readonly #answered: () => void
  readonly #undo: (() => void)[] = []
  readonly #guard: Guard
  #state: State
  #nuisances = 0

  constructor(socket: Socket, origin: string, options: ConnectionOptions, answered: () => void) {
    this.#socket = socket
    this.#options = options
    this.#answered = answered
    this.#guard = { logger: options.logger, nuisance: () => this.#nuisance() }
    const nonce = options.random(NONCE_BYTES)
    this.#state = { state: 'asked', nonce, origin }

    socket.on('disconnect', () => this.#close())
    this.#undo.push(
      options.clock.after(options.limits.helloSeconds * 1000, () => {
        if (this.#state.state !== 'seated') socket.disconnect(true)
      }),
    )
    socket.onAny((event: unknown) => {
      if (!isOurs(event)) this.#nuisance()
    })
    on(
      socket,
      'hello:answer',
      requests['hello:answer'].payload,
      (payload) => this.#hello(payload),
      this.#guard,
    )
    for (const event of Object.keys(this.#handlers) as SeatedRequest[]) this.#serve(event)
    hear(socket, 'words:send', (sent) => this.#hearWords(sent), this.#guard)
    this.#emit('hello:asked', { nonce: asBuffer(nonce) })
  }

  readonly #handlers: Handlers = {
    'record:append': ({ live, session }, payload) =>
      appendRecord(this.#options.boards, live, session, payload),
    'record:restore': ({ live, session }, payload) => restoreRecords(live, session, payload),
    'record:since': ({ live }, payload) => recordsSince(live, payload),
    'ring:keep': ({ live, session }, ring) => keepRing(this.#options.boards, live, session, ring),
    'words:open': ({ words }, { channel }) => words[channel].open(),
    'words:part': ({ words }, payload) => words[payload.channel].part(payload),
    'presence:join': async ({ live, session }, { room }) => {
      live.presence.join(session, room)
      return ok(null)
    },
    'presence:leave': async ({ live, session }) => {
      live.presence.leave(session)
      return ok(null)
    },
  }

  #serve<N extends SeatedRequest>(event: N): void {
    const handler: Handlers[N] = this.#handlers[event]
    const inTurn = (payload: Payload<N>): Promise<Result<Answer<N>>> => {
      const seated = this.#state
      if (seated.state !== 'seated') return this.#refuseEarly()
      return new Promise((resolve) => {
        const admitted = seated.pace.admit(sizeOf(payload), () => resolve(handler(seated, payload)))
        if (admitted) return
        resolve(refuse('rate-limited'))
        this.#hangUp()
      })
    }
    on(this.#socket, event, requests[event].payload, inTurn, this.#guard)
  }

  #hearWords(sent: Sent<'words:send'>): void {
    const seated = this.#state
    if (seated.state !== 'seated') return this.#nuisance()
    const { channel, frames } = sent
    const admitted = seated.pace.admit(sizeOf(sent), () => seated.words[channel].send(frames))
    if (!admitted) this.#hangUp()
  }

  async #refuseEarly(): Promise<Result<never>> {
    this.#nuisance()
    return refuse('hello-missing')
  }

  async #hello(payload: Payload<'hello:answer'>): Promise<Result<Answer<'hello:answer'>>> {
    const asked = this.#state
    if (asked.state !== 'asked') return refuse('hello-refused')
    this.#state = { state: 'answering' } // a nonce is good for one answer
    const { boards, clock, logger } = this.#options
    try {
      const said = await hello(boards, asked, payload)
      if (!said.ok) return said
      const { held, seat } = said.value
      this.#undo.push(() => held.letGo())
      if (!this.#socket.connected) {
        this.#close()
        return refuse('unreachable')
      }
      const { live } = held
      const session = this.#session(seat, 'board')
      if (!live.join(session)) return refuse('rate-limited')
      this.#undo.push(() => live.leave(session))
      const pace = new Pace(live.rates[seat].events, clock)
      this.#undo.push(() => pace.stop())
      const words = {
        board: this.#words(live, session, 'board'),
        mine: this.#words(live, this.#session(seat, 'mine'), 'mine'),
      }
      this.#state = { state: 'seated', session, live, words, pace }
      this.#answered()
      // They are asked for next: read while the answer travels. What cannot be read is said to whoever asks.
      live.relay('board', seat).catch(() => undefined)
      logger.info('seated', { board: shortened(live.id), seat })
      return ok({
        seq: live.history.chain.seq,
        ...(lacksRing(boards, held.live, seat) && { lacksRing: true }),
      })
    } finally {
      // After the answer, which is sent a few microtasks from here.
      if (this.#state.state !== 'seated') setImmediate(() => this.#socket.disconnect(true))
    }
  }

  #session(seat: Seat, channel: Channel): Session {
    const outbox = new Outbox(channel, this.#emit)
    this.#undo.push(() => outbox.close())
    return {
      seat,
      emit: this.#emit,
      outbox,
      parts: new Parts(this.#options.limits.wordsBytes + 64 * 1024),
      cut: () => this.#cut(),
    }
  }

  #words(live: LiveBoard, session: Session, channel: Channel): Words {
    const words = new Words(live, session, channel, this.#options.logger)
    this.#undo.push(() => words.close())
    this.#undo.push(this.#keepAwake(session, words))
    return words
  }

  /** A provider that hears nothing for half a minute hangs up (S7). */
  #keepAwake(session: Session, words: Words): () => void {
    const { conn } = this.#socket
    const onHeartbeat = () => {
      if (words.isOpen) session.outbox.push(idleFrame)
    }
    conn.on('heartbeat', onHeartbeat)
    return () => conn.off('heartbeat', onHeartbeat)
  }

  readonly #emit: Emit = (fact, payload) => {
    if (this.#keepsUp()) this.#socket.emit(fact, payload)
    else this.#hangUp()
  }

  /** Whether what was sent is being read. */
  #keepsUp(): boolean {
    const { writeBuffer } = this.#socket.conn as unknown as { writeBuffer: { data?: Uint8Array }[] }
    if (writeBuffer.length < 64) return true
    if (writeBuffer.length > MOST_UNREAD_PACKETS) return false
    const bytes = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0)
    return bytes <= MOST_UNREAD_BYTES
  }

  #nuisance(): void {
    this.#nuisances++
    if (this.#nuisances > MOST_NUISANCES) this.#hangUp()
  }

  /** A disconnect that Socket.IO announces would keep its client from coming back. */
  #cut(): void {
    this.#socket.conn.close()
  }

  /** Closes at once, whatever waits to be sent: for those who flood, or do not read. */
  #hangUp(): void {
    const { conn } = this.#socket
    const { socket } = conn.transport as { socket?: { terminate?: () => void } }
    conn.close(true)
    socket?.terminate?.() // a WebSocket would wait for the other to agree
  }

  #close(): void {
    this.#state = { state: 'closed' }
    if (this.#nuisances > 0) {
      this.#options.logger.info('a socket sent what it may not', { times: this.#nuisances })
    }
    for (const undo of this.#undo.splice(0).reverse()) undo()
  }
}

/** Bytes that a payload carries, for what may wait. */
function sizeOf(payload: Payload<SeatedRequest> | Sent<'words:send'>): number {
  if ('records' in payload) return payload.records.reduce((sum, { box }) => sum + box.length, 0)
  if ('frames' in payload) return payload.frames.reduce((sum, frame) => sum + frame.length, 0)
  return 'bytes' in payload ? payload.bytes.length : 0
}

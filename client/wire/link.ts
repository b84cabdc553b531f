/**
 * The one live connection of an open board: a Socket.IO socket that says who it
 * is before anything else (K4), asks with a deadline, and comes back by itself.
 * Nothing is sent while it is down: whoever needs something sent asks again when
 * it is seated.
 */
import { io, NodeWebSocket, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import * as v from 'valibot'
import type { KeyPair } from '../../shared/crypto.ts'
import { signHello } from '../../shared/proofs.ts'
import { refuse, type RefusalCode, type Result } from '../../shared/refusal.ts'
import {
  facts,
  requests,
  type Answer,
  type Fact,
  type FactName,
  type RequestName,
  type SendName,
  type Sent,
} from '../../shared/wire.ts'
import { parseAnswer } from './answer.ts'
import { Emitter } from '../emitter.ts'
import { packed } from './packed.ts'

export type LinkState =
  | { readonly kind: 'connecting' }
  /** Logged in. `seq` is the number of the last record the server had then. */
  | { readonly kind: 'seated'; readonly seq: number; readonly lacksRing?: true }
  /** The server answered, and does not let this seat in. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'closed' }

export interface LinkOptions {
  readonly origin: string
  readonly board: string
  readonly sign: KeyPair
  /** Milliseconds to wait for any answer. */
  readonly deadline?: number
}

const FIRST_KICK_MS = 500
const LONGEST_KICK_MS = 30_000

export class Link {
  readonly changed = new Emitter<LinkState>()
  readonly #socket: Socket
  readonly #options: LinkOptions
  readonly #deadline: number
  #state: LinkState = { kind: 'connecting' }
  #kick: ReturnType<typeof setTimeout> | undefined
  /** Logins refused in a row. */
  #refusals = 0

  constructor(options: LinkOptions) {
    this.#options = options
    this.#deadline = options.deadline ?? 10_000
    this.#socket = io(options.origin, {
      parser,
      transports: [NodeWebSocket],
      tryAllTransports: true,
      autoConnect: false,
      forceNew: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 3000,
      timeout: 5000,
    })
    this.#socket.on('disconnect', (reason) => this.#lost(reason))
    this.#socket.on('connect_error', () => {
      this.#become({ kind: 'connecting' })
      void this.#tryPolling()
    })
    this.onFact('hello:asked', ({ nonce }) => void this.#sayHello(nonce))
  }

  get state(): LinkState {
    return this.#state
  }

  /** Whether the link is seated now or becomes so in time. */
  seatedWithin(ms: number): Promise<boolean> {
    if (this.#state.kind !== 'connecting') return Promise.resolve(this.#state.kind === 'seated')
    return new Promise((resolve) => {
      const settle = (seated: boolean) => {
        clearTimeout(timer)
        undo()
        resolve(seated)
      }
      const timer = setTimeout(() => settle(false), ms)
      const undo = this.changed.on((state) => {
        if (state.kind !== 'connecting') settle(state.kind === 'seated')
      })
    })
  }

  connect(): void {
    this.#socket.connect()
  }

  /** Tries again at once, without waiting for the next turn. */
  retry(): void {
    if (this.#socket.connected || this.#state.kind === 'closed') return
    this.#socket.disconnect().connect()
  }

  /** Gives this connection up, so that everything starts from a clean one. */
  restart(): void {
    if (this.#state.kind === 'closed') return
    this.#become({ kind: 'connecting' })
    this.#socket.disconnect().connect()
  }

  close(): void {
    clearTimeout(this.#kick)
    this.#become({ kind: 'closed' })
    this.#socket.disconnect()
    this.#socket.removeAllListeners()
  }

  /** Sends a request and waits for its answer, at most the deadline. `unreachable` where there is no connection. */
  async request<N extends RequestName>(
    name: N,
    payload: Record<string, unknown>,
  ): Promise<Result<Answer<N>>> {
    if (!this.#socket.connected) return refuse('unreachable')
    if (this.#state.kind !== 'seated' && name !== 'hello:answer') return refuse('unreachable')
    try {
      const answer: unknown = await this.#socket
        .timeout(this.#deadline)
        .emitWithAck(name, packAll(payload))
      return parseAnswer(requests[name].answer, answer)
    } catch {
      return refuse(this.#socket.connected ? 'timeout' : 'unreachable')
    }
  }

  /** Says something that is answered by facts, if at all. Nothing is sent where there is no connection. */
  send<N extends SendName>(name: N, payload: Sent<N>): void {
    if (this.#state.kind === 'seated') this.#socket.emit(name, packAll(payload))
  }

  /** Listens to facts that parse; anything else the server says is dropped. Returns the undo. */
  onFact<N extends FactName>(name: N, listener: (fact: Fact<N>) => void): () => void {
    const heard = (raw: unknown) => {
      const parsed = v.safeParse(facts[name], raw)
      if (parsed.success) listener(parsed.output)
    }
    const event: string = name
    this.#socket.on(event, heard)
    return () => this.#socket.off(event, heard)
  }

  async #sayHello(nonce: Uint8Array): Promise<void> {
    const { board, origin, sign } = this.#options
    const sig = signHello(sign.secret, { nonce, origin, board })
    const answer = await this.request('hello:answer', { board, sign: sign.public, sig })
    if (answer.ok) {
      this.#refusals = 0
      this.#become({ kind: 'seated', ...answer.value })
    } else if (answer.code === 'timeout') this.restart()
    else if (answer.code !== 'unreachable') {
      this.#refusals++
      this.#become({ kind: 'refused', code: answer.code })
    } // where the connection went down, Socket.IO comes back by itself
  }

  /** From the next turn on. What cannot be fetched now is asked for again when that fails too. */
  async #tryPolling(): Promise<void> {
    const loaded = await import('./polling.ts').catch(() => null)
    if (loaded) this.#socket.io.opts.transports = loaded.withPolling
  }

  #lost(reason: string): void {
    // What Socket.IO kept to send later would be replayed before the hello.
    this.#socket.sendBuffer = []
    if (this.#state.kind === 'closed') return
    if (this.#state.kind === 'seated') this.#become({ kind: 'connecting' })
    if (reason !== 'io server disconnect') return
    // Socket.IO comes back by itself from everything but being hung up on.
    clearTimeout(this.#kick)
    const wait = FIRST_KICK_MS * 2 ** Math.max(0, this.#refusals - 1)
    this.#kick = setTimeout(() => this.#socket.connect(), Math.min(wait, LONGEST_KICK_MS))
  }

  #become(state: LinkState): void {
    if (this.#state.kind === 'closed') return
    if (state.kind === 'connecting' && this.#state.kind !== 'seated') {
      if (this.#state.kind === 'connecting') return
    }
    this.#state = state
    this.changed.emit(state)
  }
}

/** Bytes anywhere in a payload of the wire, in the form the encoder takes. */
function packAll(value: unknown): unknown {
  if (value instanceof Uint8Array) return packed(value)
  if (Array.isArray(value)) return value.map(packAll)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, packAll(item)]))
}

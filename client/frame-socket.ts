/**
 * The WebSocket that y-websocket is given: it carries the provider's frames over
 * the board's one Socket.IO connection (S7), and keeps the tally that "saved" is
 * read from (S8). One login and one owner of reconnecting: the link's. A new
 * instance stays CONNECTING until the link is seated.
 */
import * as decoding from 'lib0/decoding'
import { concat } from '../shared/bytes.ts'
import type { RefusalCode } from '../shared/refusal.ts'
import { PACKET_BYTES, PART_BYTES, type Channel, type Part } from '../shared/wire.ts'
import { Emitter } from './emitter.ts'
import type { Link } from './link.ts'

const SYNC = 0
const AWARENESS = 1
const SYNC_STEP_1 = 0

export type TallyState =
  | { readonly kind: 'unsynced' }
  /** Everything written here has been acknowledged on this connection. */
  | { readonly kind: 'saved' }
  | { readonly kind: 'sending' }
  /** The server said no to some words. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }

/**
 * What is outstanding on this connection. Saved means: the server's step 1 came,
 * so our answer with all it lacks is under way or written, and nothing is
 * outstanding. Never the provider's `synced`, which says nothing of our own words.
 */
export class Tally {
  readonly changed = new Emitter()
  #asked = false
  #outstanding = 0
  #refused: RefusalCode | null = null
  #everSynced = false

  get state(): TallyState {
    if (this.#refused) return { kind: 'refused', code: this.#refused }
    if (!this.#asked) return { kind: 'unsynced' }
    return this.#outstanding === 0 ? { kind: 'saved' } : { kind: 'sending' }
  }

  /** Whether this page has been in step with the server at least once. */
  get everSynced(): boolean {
    return this.#everSynced
  }

  reset(): void {
    this.#asked = false
    this.#outstanding = 0
    this.#refused = null
    this.changed.emit()
  }

  /** Their step 1 has been handed to the provider, which answered it at once. */
  asked(): void {
    this.#asked = true
    this.changed.emit()
  }

  sending(): void {
    this.#outstanding++
    this.changed.emit()
  }

  written(): void {
    this.#outstanding--
    this.#everSynced ||= this.state.kind === 'saved'
    this.changed.emit()
  }

  refused(code: RefusalCode): void {
    this.#refused = code
    this.changed.emit()
  }
}

/** Which awareness frames may leave: none outside a presence room, and only about oneself. */
export interface AwarenessGate {
  readonly open: boolean
  readonly clientId: number
}

interface FrameSocketContext {
  readonly link: Link
  readonly channel: Channel
  readonly tally: Tally
  readonly gate: AwarenessGate
  /** Longest frame that is put together from parts. */
  readonly maxBytes: number
}

/** A WebSocket class bound to one link and channel, for `WebSocketPolyfill`. */
export function frameSocketFor(context: FrameSocketContext): typeof WebSocket {
  class BoundFrameSocket extends FrameSocket {
    constructor() {
      super(context)
    }
  }
  // The provider uses only what FrameSocket has.
  return BoundFrameSocket as unknown as typeof WebSocket
}

class FrameSocket {
  // The provider reads OPEN from the instance.
  readonly OPEN = 1
  readyState: 0 | 1 | 3 = 0
  binaryType = 'arraybuffer'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: Uint8Array }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: ((event: unknown) => void) | null = null

  readonly #context: FrameSocketContext
  readonly #undo: (() => void)[] = []
  /** Arrived before the provider heard that we are open. */
  #early: Uint8Array[] = []
  #queue: Uint8Array[] = []
  #flushing = false
  #frame = 0
  #parts: Uint8Array[] = []

  constructor(context: FrameSocketContext) {
    this.#context = context
    const { link, channel, tally } = context
    tally.reset()
    this.#undo.push(
      link.changed.on((state) => (state.kind === 'seated' ? void this.#open() : this.#lost())),
      link.onFact('words:sent', (fact) => {
        if (fact.channel === channel) fact.frames.forEach((frame) => this.#arrived(frame))
      }),
      link.onFact('words:parted', (part) => {
        if (part.channel === channel) this.#gather(part)
      }),
    )
    if (link.state.kind === 'seated') void this.#open()
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return
    if (data[0] === AWARENESS && !isOwnAwareness(data, this.#context.gate)) return
    this.#queue.push(data)
    if (this.#flushing) return
    this.#flushing = true
    // Frames of one tick travel in one packet.
    queueMicrotask(() => this.#flush())
  }

  close(): void {
    this.readyState = 3
    this.#undo.splice(0).forEach((undo) => undo())
  }

  async #open(): Promise<void> {
    const { link, channel } = this.#context
    const answer = await link.request('words:open', { channel })
    if (this.readyState !== 0) return
    if (!answer.ok) {
      this.#lost()
      return
    }
    this.readyState = 1
    this.onopen?.()
    for (const frame of this.#early.splice(0)) this.#hand(frame)
  }

  #lost(): void {
    if (
      this.readyState === 3 ||
      (this.readyState === 0 && this.#context.link.state.kind !== 'seated')
    )
      return
    const { onclose } = this
    this.close()
    this.#context.tally.reset()
    onclose?.({ code: 1006, reason: 'the connection is down' })
  }

  #arrived(frame: Uint8Array): void {
    if (frame.length === 0) return // the provider throws on an empty frame
    if (this.readyState === 0) this.#early.push(frame)
    else if (this.readyState === 1) this.#hand(frame)
  }

  #hand(frame: Uint8Array): void {
    try {
      this.onmessage?.({ data: frame })
    } catch {
      return // a frame that does not parse is passed over; the next sync brings what it held
    }
    if (frame[0] === SYNC && frame[1] === SYNC_STEP_1) this.#context.tally.asked()
  }

  #gather({ part, of, bytes }: Part): void {
    if (part !== this.#parts.length) this.#parts = []
    if (part !== this.#parts.length) return // the first piece was missed
    this.#parts.push(bytes)
    const tooLong = this.#parts.length * PART_BYTES > this.#context.maxBytes + PART_BYTES
    if (tooLong) this.#parts = []
    if (part !== of - 1 || tooLong) return
    this.#arrived(concat(...this.#parts.splice(0)))
  }

  #flush(): void {
    this.#flushing = false
    if (this.readyState !== 1) return
    let packet: Uint8Array[] = []
    let size = 0
    const post = () => {
      if (packet.length > 0) void this.#post('words:send', { frames: packet }, packet.some(isSync))
      packet = []
      size = 0
    }
    for (const frame of this.#queue.splice(0)) {
      if (frame.length > PART_BYTES) {
        post()
        this.#postParts(frame)
        continue
      }
      if (size + frame.length > PACKET_BYTES) post()
      packet.push(frame)
      size += frame.length
    }
    post()
  }

  #postParts(bytes: Uint8Array): void {
    const frame = this.#frame++
    const of = Math.ceil(bytes.length / PART_BYTES)
    for (let part = 0; part < of; part++) {
      const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
      void this.#post('words:part', { frame, part, of, bytes: piece }, true)
    }
  }

  async #post(
    name: 'words:send' | 'words:part',
    payload: Record<string, unknown>,
    counted: boolean,
  ): Promise<void> {
    const { link, channel, tally } = this.#context
    if (counted) tally.sending()
    const answer = await link.request(name, { channel, ...payload })
    if (this.readyState !== 1) return // another connection counts anew
    if (answer.ok) {
      if (counted) tally.written()
    } else if (answer.code === 'timeout' || answer.code === 'unreachable') link.restart()
    else if (counted) tally.refused(answer.code)
  }
}

const isSync = (frame: Uint8Array): boolean => frame[0] === SYNC

/** The provider echoes others' awareness; only frames that name the own client, inside a room, go out. */
function isOwnAwareness(frame: Uint8Array, gate: AwarenessGate): boolean {
  if (!gate.open) return false
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  return decoding.readVarUint(inner) === 1 && decoding.readVarUint(inner) === gate.clientId
}

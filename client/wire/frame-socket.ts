/**
 * The WebSocket that y-websocket is given: it carries the provider's frames over
 * the board's one Socket.IO connection (S7), and keeps the tally that "saved" is
 * read from (S8). One login and one owner of reconnecting: the link's. A new
 * instance stays CONNECTING until the link is seated.
 *
 * After a refusal it goes on receiving, holds its own words back until the
 * tally says so, and then asks for a fresh step 1: the provider's answer to it
 * holds everything that the server lacks.
 */
import * as decoding from 'lib0/decoding'
import { concat } from '../../shared/bytes.ts'
import { PACKET_BYTES, PART_BYTES, type Channel, type Part } from '../../shared/wire.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { Link } from './link.ts'
import type { Tally } from './tally.ts'

const SYNC = 0
const AWARENESS = 1
const QUERY_AWARENESS = 3
const SYNC_STEP_1 = 0
const SYNC_STEP_2 = 1

/** Which awareness frames may leave: none outside a presence room, and only about oneself. */
export interface AwarenessGate {
  readonly open: boolean
  readonly clientId: number
  /** Somebody in the room asks who is there. The provider would answer for others too. */
  show(): void
}

/** What it needs of the link. */
export type FrameLink = Pick<Link, 'state' | 'changed' | 'request' | 'send' | 'onFact' | 'restart'>

/** Words are written within a second or two: who hears nothing of theirs for so long has no connection. */
const PATIENCE_MS = 10_000

interface FrameSocketContext {
  readonly link: FrameLink
  readonly channel: Channel
  readonly tally: Tally
  /** Asked anew for each frame. */
  readonly gate: () => AwarenessGate
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
  /** The server has opened the channel. */
  #isOpen = false
  #queue: Uint8Array[] = []
  #flushing = false
  #frame = 0
  #parts: Uint8Array[] = []
  /** Sent in packets, and not acknowledged yet. */
  #unanswered = 0
  #patience: ReturnType<typeof setTimeout> | null = null

  constructor(context: FrameSocketContext) {
    this.#context = context
    const { link, channel, tally } = context
    const isSeated = () => link.state.kind === 'seated'
    this.#undo.push(
      link.changed.on(() => (isSeated() ? void this.#ask() : this.#lost())),
      link.onFact('words:sent', (fact) => {
        if (fact.channel === channel) fact.frames.forEach((frame) => this.#arrived(frame))
      }),
      link.onFact('words:parted', (part) => {
        if (part.channel === channel) this.#gather(part)
      }),
      link.onFact('words:written', (fact) => {
        if (fact.channel === channel) this.#answered(fact.frames, null)
      }),
      link.onFact('words:refused', (fact) => {
        if (fact.channel === channel) this.#answered(fact.frames, fact.code as RefusalCode)
      }),
      tally.due.on(() => {
        if (isSeated()) void this.#ask()
      }),
    )
    if (isSeated()) void this.#ask()
  }

  send(data: Uint8Array): void {
    if (this.readyState !== 1) return
    const { gate, tally } = this.#context
    if (data[0] === AWARENESS && !isOwnAwareness(data, gate())) return
    if (isWords(data) && tally.holding) return // sent again with the answer to the next step 1
    if (isSync(data)) tally.sending()
    this.#queue.push(data)
    if (this.#flushing) return
    this.#flushing = true
    // Frames of one tick travel in one packet.
    queueMicrotask(() => this.#flush())
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.#undo.splice(0).forEach((undo) => undo())
    this.#stopWaiting()
    const { link, tally } = this.#context
    tally.reset()
    // The next one on this connection would take the answers for its own.
    if (this.#unanswered > 0 && link.state.kind === 'seated') link.restart()
  }

  /** Asks for the server's step 1, and on a new connection for all that follows. */
  async #ask(): Promise<void> {
    const { link, channel, tally } = this.#context
    const asking = link.request('words:open', { channel })
    if (!this.#isOpen) this.#begin()
    const answer = await asking
    if (this.readyState === 3) return
    if (answer.ok) this.#isOpen = true
    else if (answer.code === 'timeout') link.restart()
    else if (answer.code !== 'unreachable') tally.shut(answer.code)
  }

  /** The provider need not wait for the answer: what it sends is taken up after the asking. */
  #begin(): void {
    this.readyState = 1
    queueMicrotask(() => {
      if (this.readyState === 1) this.onopen?.()
    })
  }

  /** One that is still CONNECTING stays so until the link is seated again. */
  #lost(): void {
    if (this.readyState !== 1) return
    const { onclose } = this
    this.close()
    onclose?.({ code: 1006, reason: 'the connection is down' })
  }

  #arrived(frame: Uint8Array): void {
    if (frame.length === 0 || this.readyState !== 1) return // the provider throws on an empty frame
    const { gate, tally } = this.#context
    if (frame[0] === QUERY_AWARENESS) return gate().show()
    const asks = frame[0] === SYNC && frame[1] === SYNC_STEP_1
    if (asks && tally.holding) return
    try {
      this.onmessage?.({ data: frame })
    } catch {
      return // a frame that does not parse is passed over; the next sync brings what it held
    }
    if (asks) tally.asked()
    else if (frame[0] === SYNC && frame[1] === SYNC_STEP_2) tally.answered()
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
      if (packet.length > 0) this.#post(packet)
      packet = []
      size = 0
    }
    for (const frame of this.#queue.splice(0)) {
      if (frame.length > PART_BYTES) {
        post()
        void this.#postParts(frame)
        continue
      }
      if (size + frame.length > PACKET_BYTES) post()
      packet.push(frame)
      size += frame.length
    }
    post()
  }

  #post(frames: Uint8Array[]): void {
    const { link, channel } = this.#context
    link.send('words:send', { channel, frames })
    this.#unanswered += frames.filter(isSync).length
    this.#wait()
  }

  /** So many were written, or refused. Which ones does not matter: after a refusal all is sent again. */
  #answered(frames: number, refused: RefusalCode | null): void {
    if (this.readyState !== 1) return
    this.#unanswered -= frames
    this.#stopWaiting()
    this.#wait()
    const { tally } = this.#context
    if (refused === null) tally.written(frames)
    else tally.refused(refused, frames)
  }

  #wait(): void {
    if (this.#unanswered > 0) {
      this.#patience ??= setTimeout(() => this.#context.link.restart(), PATIENCE_MS)
    }
  }

  #stopWaiting(): void {
    if (this.#patience !== null) clearTimeout(this.#patience)
    this.#patience = null
  }

  /** One after the other: on a slow line, many at once would outlast their deadlines and hold up the pings. */
  async #postParts(bytes: Uint8Array): Promise<void> {
    const frame = this.#frame++
    const of = Math.ceil(bytes.length / PART_BYTES)
    for (let part = 0; part < of; part++) {
      const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
      if (!(await this.#postPart({ frame, part, of, bytes: piece }))) return
    }
  }

  /** The last part is answered once the whole frame is written. True: go on. */
  async #postPart(piece: Omit<Part, 'channel'>): Promise<boolean> {
    const { link, channel, tally } = this.#context
    const answer = await link.request('words:part', { channel, ...piece })
    if (this.readyState !== 1) return false // another connection counts anew
    if (answer.ok && piece.part === piece.of - 1) tally.written(1)
    else if (!answer.ok && answer.code === 'timeout') link.restart()
    else if (!answer.ok && answer.code !== 'unreachable') tally.refused(answer.code, 1)
    return answer.ok
  }
}

const isSync = (frame: Uint8Array): boolean => frame[0] === SYNC
const isWords = (frame: Uint8Array): boolean => isSync(frame) && frame[1] !== SYNC_STEP_1

/** The provider echoes others' awareness; only frames that name the own client, inside a room, go out. */
function isOwnAwareness(frame: Uint8Array, gate: AwarenessGate): boolean {
  if (!gate.open) return false
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  const inner = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  return decoding.readVarUint(inner) === 1 && decoding.readVarUint(inner) === gate.clientId
}

/**
 * What one socket is to be sent of one channel: the frames of one tick leave in
 * one packet, and a long frame leaves in parts (S7). So do the
 * acknowledgements of what it sent (S8).
 */
import type { RefusalCode } from '../../shared/refusal.ts'
import {
  PACKET_BYTES,
  PART_BYTES,
  type Channel,
  type Fact,
  type FactName,
} from '../../shared/wire.ts'

export type Emit = <N extends FactName>(fact: N, payload: Fact<N>) => void

const MOST_FRAMES = 4096

export class Outbox {
  readonly #channel: Channel
  readonly #emit: Emit
  #frames: Uint8Array[] = []
  #bytes = 0
  #written = 0
  #parted = 0
  #due: NodeJS.Immediate | null = null

  constructor(channel: Channel, emit: Emit) {
    this.#channel = channel
    this.#emit = emit
  }

  push(frame: Uint8Array): void {
    if (frame.length > PART_BYTES) return this.#sendParts(frame)
    if (this.#bytes + frame.length > PACKET_BYTES || this.#frames.length >= MOST_FRAMES) {
      this.#flush()
    }
    this.#frames.push(frame)
    this.#bytes += frame.length
    this.#flushSoon()
  }

  /** So many more frames that it sent are written. */
  written(frames: number): void {
    this.#written += frames
    this.#flushSoon()
  }

  /** So many are not. */
  refused(frames: number, code: RefusalCode): void {
    this.#flush()
    this.#emit('words:refused', { channel: this.#channel, frames, code })
  }

  close(): void {
    if (this.#due) clearImmediate(this.#due)
    this.#due = null
    this.#frames = []
    this.#written = 0
  }

  #flushSoon(): void {
    this.#due ??= setImmediate(() => this.#flush())
  }

  #flush(): void {
    if (this.#due) clearImmediate(this.#due)
    this.#due = null
    const channel = this.#channel
    const [frames, written] = [this.#frames, this.#written]
    this.#frames = []
    this.#bytes = this.#written = 0
    if (frames.length > 0) this.#emit('words:sent', { channel, frames: frames.map(asBuffer) })
    if (written > 0) this.#emit('words:written', { channel, frames: written })
  }

  #sendParts(frame: Uint8Array): void {
    this.#flush() // frames keep their order
    const channel = this.#channel
    const number = this.#parted++
    const of = Math.ceil(frame.length / PART_BYTES)
    for (let part = 0; part < of; part++) {
      const bytes = asBuffer(frame.subarray(part * PART_BYTES, (part + 1) * PART_BYTES))
      this.#emit('words:parted', { channel, frame: number, part, of, bytes })
    }
  }
}

/** The packet encoder takes a Buffer for bytes, and a bare Uint8Array for an object with numbered keys. */
export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Puts the parts of long frames together again, in bounded memory. */
import { concat } from '../../shared/bytes.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Part } from '../../shared/wire.ts'

interface Unfinished {
  readonly of: number
  readonly parts: Uint8Array[]
  bytes: number
}

export class Parts {
  readonly #mostBytes: number
  readonly #unfinished = new Map<number, Unfinished>()
  #bytes = 0

  /** `mostBytes` of all unfinished frames together. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  /** The frame, with its last part; null before. Parts of one frame come in order. */
  receive({ frame, part, of, bytes }: Part): Result<Uint8Array | null> {
    const known = this.#unfinished.get(frame) ?? { of, parts: [], bytes: 0 }
    if (known.of !== of || known.parts.length !== part) {
      this.#forget(frame)
      return refuse('bad-request')
    }
    // Even a part of no bytes takes room in the list.
    const size = Math.max(bytes.length, 64)
    if (this.#bytes + size > this.#mostBytes) {
      this.#forget(frame)
      return refuse('too-large')
    }
    this.#unfinished.set(frame, known)
    known.parts.push(Uint8Array.from(bytes)) // a copy: not to hold the whole packet
    known.bytes += size
    this.#bytes += size
    if (known.parts.length < of) return ok(null)
    this.#forget(frame)
    return ok(concat(...known.parts))
  }

  #forget(frame: number): void {
    this.#bytes -= this.#unfinished.get(frame)?.bytes ?? 0
    this.#unfinished.delete(frame)
  }
}

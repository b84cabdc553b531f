/**
 * Handles the requests of one socket in order and not faster than its seat's
 * rate: what comes early waits, so nothing is lost. What waits is bounded.
 */
import type { Clock } from '../clock.ts'
import type { TokenBucket } from '../rate-limit.ts'

export const MOST_WAITING = 2_000
const MOST_WAITING_BYTES = 16 * 1024 * 1024
/** What a request takes besides the bytes it carries. */
const OVERHEAD = 256

interface Waiting {
  readonly bytes: number
  readonly job: () => void
}

export class Pace {
  readonly #bucket: TokenBucket
  readonly #clock: Clock
  #waiting: Waiting[] = []
  #bytes = 0
  #cancel: (() => void) | null = null

  constructor(bucket: TokenBucket, clock: Clock) {
    this.#bucket = bucket
    this.#clock = clock
  }

  /** Runs `job` when it is its turn. False: too much waits already, and it is not run. */
  admit(bytes: number, job: () => void): boolean {
    if (this.#waiting.length === 0 && this.#bucket.take()) {
      job()
      return true
    }
    const size = bytes + OVERHEAD
    if (this.#waiting.length >= MOST_WAITING || this.#bytes + size > MOST_WAITING_BYTES)
      return false
    this.#waiting.push({ bytes: size, job })
    this.#bytes += size
    this.#cancel ??= this.#clock.after(this.#bucket.wait(), () => this.#run())
    return true
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#waiting = []
    this.#bytes = 0
  }

  #run(): void {
    this.#cancel = null
    let done = 0
    for (const { bytes, job } of this.#waiting) {
      if (!this.#bucket.take()) break
      done++
      this.#bytes -= bytes
      job()
      if (this.#waiting.length === 0) return // stopped by what it ran
    }
    this.#waiting.splice(0, done)
    if (this.#waiting.length > 0) {
      this.#cancel = this.#clock.after(Math.max(1, this.#bucket.wait()), () => this.#run())
    }
  }
}

/**
 * The server takes 20 acts of one person at once and then one a second (R9), and
 * cannot see which of them is a step-back. So this page says no more than 15 at
 * once: what is left is for stepping back, which works at once (P4).
 */
import type { Act } from '../../shared/act.ts'

const AT_ONCE = 15
const PER_SECOND = 1

export class Reserve {
  readonly #now: () => number
  #left = AT_ONCE
  #at: number

  /** Milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now
    this.#at = now()
  }

  /** Whether this may be said now. A step-back always may, and counts. */
  admits({ kind }: Act): boolean {
    const now = this.#now()
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#at = now
    this.#left = Math.min(AT_ONCE, this.#left + seconds * PER_SECOND)
    if (kind !== 'step-back' && this.#left < 1) return false
    this.#left = Math.max(0, this.#left - 1)
    return true
  }
}

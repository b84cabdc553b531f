/** Numbers used once: something fresh to sign, good for a minute, in bounded memory. */
import { toHex, type Random } from '../../shared/crypto.ts'
import { NONCE_BYTES } from '../../shared/wire.ts'

const LIFE_MS = 60_000

export class Nonces {
  readonly #random: Random
  readonly #now: () => number
  readonly #most: number
  /** When each stops being good, oldest first. */
  readonly #ends = new Map<string, number>()

  constructor(random: Random, now: () => number, most = 10_000) {
    this.#random = random
    this.#now = now
    this.#most = most
  }

  issue(): string {
    this.#forget()
    const nonce = toHex(this.#random(NONCE_BYTES))
    this.#ends.set(nonce, this.#now() + LIFE_MS)
    return nonce
  }

  /** True once for each nonce that was issued within the last minute. */
  spend(nonce: string): boolean {
    const end = this.#ends.get(nonce)
    this.#ends.delete(nonce)
    return end !== undefined && this.#now() < end
  }

  #forget(): void {
    for (const [nonce, end] of this.#ends) {
      if (end > this.#now() && this.#ends.size < this.#most) return
      this.#ends.delete(nonce)
    }
  }
}

/** A source of bytes that is the same on every run: for vectors and for records that tests make. */
import type { Random } from '../../shared/crypto.ts'

/** mulberry32 over a 32-bit seed. Never for anything that must be secret. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 24
  }
  return (length) => Uint8Array.from({ length }, next)
}

/**
 * Ids that the devices of one seat know as their own, and that look like chance
 * to everyone else: half is random, half is a hash of that half under a key that
 * only the seat has (K1). Nothing rests on it but what a device shows.
 */
import { fromHex, hexHash, toHex, type Random } from './crypto.ts'

const halfOf = (key: Uint8Array, half: Uint8Array): string =>
  hexHash('own-id', key, half).slice(0, 2 * half.length)

/** Hex of that many bytes. */
export function makeOwnId(key: Uint8Array, bytes: number, random: Random): string {
  const half = random(bytes / 2)
  return toHex(half) + halfOf(key, half)
}

export function isOwnId(key: Uint8Array, id: string): boolean {
  if (!/^(?:[0-9a-f]{4})+$/.test(id)) return false
  const half = id.length / 2
  return halfOf(key, fromHex(id.slice(0, half))) === id.slice(half)
}

/** Which signatures every implementation of Ed25519 reads alike: the others are for ours alone to judge (R3). */
import { fromHex } from './crypto.ts'
import { SIG_BYTES } from './record.ts'

/** 2²⁵⁵ − 19, and the order of the group, as numbers are encoded: the lowest byte first. */
const P = fromHex('edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f')
const L = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')
const ONE = fromHex('01'.padEnd(64, '0'))
const MINUS_ONE = fromHex('ec'.padEnd(62, 'f') + '7f')

/** Whether a signature has one encoding only: 64 bytes, R canonical, S below the group order. */
export function readsAlike(sig: Uint8Array): boolean {
  if (sig.length !== SIG_BYTES) return false
  const y = sig.slice(0, 32)
  const signed = (y[31]! & 0x80) !== 0
  y[31]! &= 0x7f
  // Where x is 0 it has no sign.
  const isZeroWithSign = signed && (order(y, ONE) === 0 || order(y, MINUS_ONE) === 0)
  return order(y, P) < 0 && !isZeroWithSign && order(sig.subarray(32), L) < 0
}

/** Below 0, 0 or above 0, as the one number is below, the same as or above the other. */
function order(one: Uint8Array, other: Uint8Array): number {
  for (let i = one.length - 1; i >= 0; i--) {
    const difference = one[i]! - other[i]!
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Arithmetic around Ed25519 (RFC 8032) for making keys and signatures that no
 * honest device makes. Slow and not constant-time: for tests only.
 */
import { createHash } from 'node:crypto'
import { signKeyPair } from '../../../shared/crypto.ts'

const P = 2n ** 255n - 19n
/** The order of the base point. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n
const SIGN_BIT = 1n << 255n

const toNumber = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)

const toBytes = (number: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * i)) & 0xffn))

const sha512 = (...parts: Uint8Array[]): Uint8Array =>
  createHash('sha512').update(Buffer.concat(parts)).digest()

const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The secret scalar of a seed. */
function scalarOf(seed: Uint8Array): bigint {
  const bytes = sha512(seed).subarray(0, 32)
  bytes[0]! &= 248
  bytes[31] = (bytes[31]! & 127) | 64
  return toNumber(bytes)
}

/**
 * A public key plus the point of order two, (0, −1): its x and y negated. It is
 * on the curve, is not of small order, and is outside the prime-order group.
 */
export function withTorsion(publicKey: string): string {
  const encoded = toNumber(fromHex(publicKey))
  const y = encoded & (SIGN_BIT - 1n)
  return toHex(toBytes((P - y) | (SIGN_BIT - (encoded & SIGN_BIT))))
}

/**
 * A signature by `seed` that is made for any encoding of its public key and of
 * the nonce point, which is `r`'s, or the neutral point where `r` is null.
 */
export function signAs(
  seed: Uint8Array,
  publicKey: string,
  message: Uint8Array,
  r: Uint8Array | null,
  encodedR = r ? signKeyPair(r).public : '01'.padEnd(64, '0'),
): Uint8Array {
  const point = fromHex(encodedR)
  const k = toNumber(sha512(point, fromHex(publicKey), message))
  const s = ((r ? scalarOf(r) : 0n) + k * scalarOf(seed)) % L
  return Uint8Array.from([...point, ...toBytes(s)])
}

/** The same signature with the order of the group added to S: the same equation, other bytes. */
export function withLargeS(sig: Uint8Array): Uint8Array {
  return Uint8Array.from([...sig.subarray(0, 32), ...toBytes(toNumber(sig.subarray(32)) + L)])
}

/** y + p for the nineteen y that have two encodings, with either sign of x; hex. */
export const nonCanonical: readonly string[] = Array.from({ length: 19 }, (_, y) => P + BigInt(y))
  .flatMap((y) => [y, y | SIGN_BIT])
  .map((y) => toHex(toBytes(y)))

/** The eight points of small order, in their canonical encodings; hex. */
export const smallOrder: readonly string[] = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]

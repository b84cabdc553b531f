/**
 * Every cryptographic primitive Hedgerow uses, each from noble or scure, none
 * written here. This is the only file that imports them (K6), and it works on
 * plain http, where `crypto.subtle` does not exist.
 *
 * - signatures: Ed25519, verified strictly (R3)
 * - key agreement keys: X25519 (reserved for renewing the board key)
 * - sealing: XChaCha20-Poly1305 with a random 24-byte nonce
 * - hashing and derivation: SHA-256 and HKDF-SHA256 under one tag per use (R6)
 * - twelve words: BIP39, English
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, randomBytes as drawBytes } from '@noble/hashes/utils.js'
import { concat, u32be, utf8 } from './bytes.ts'

export { bytesToHex as toHex, hexToBytes as fromHex }

/** A source of `length` random bytes. Entry points pass `randomBytes`; tests may pass a seeded one. */
export type Random = (length: number) => Uint8Array

const NAMESPACE = 'hedgerow/1/'
export const NONCE_BYTES = 24
export const TAG_BYTES = 16
const ZERO = new Uint8Array(1)

const NONCES_AHEAD = 64
let nonces = new Uint8Array(0)

/**
 * `length` random bytes of the platform. Nonces, which are no secret, are drawn many at once: at
 * every keystroke, asking for 24 bytes takes a quarter of the sealing, and in Node an object that
 * the collector of garbage looks after one by one. Each is handed out once.
 */
export function randomBytes(length: number): Uint8Array {
  if (length !== NONCE_BYTES) return drawBytes(length)
  if (nonces.length === 0) nonces = drawBytes(NONCES_AHEAD * NONCE_BYTES)
  const nonce = nonces.slice(0, NONCE_BYTES)
  nonces = nonces.subarray(NONCE_BYTES)
  return nonce
}

/**
 * `SHA-256(utf8("hedgerow/1/" + tag) ‖ 0 ‖ for each part: u32be(length) ‖ part)` (R6).
 * Text parts are taken as UTF-8. 32 bytes.
 */
export function hash(tag: string, ...parts: (Uint8Array | string)[]): Uint8Array {
  const state = sha256
    .create()
    .update(utf8(NAMESPACE + tag))
    .update(ZERO)
  for (const part of parts) {
    const bytes = typeof part === 'string' ? utf8(part) : part
    state.update(u32be(bytes.length)).update(bytes)
  }
  return state.digest()
}

export const hexHash = (tag: string, ...parts: (Uint8Array | string)[]): string =>
  bytesToHex(hash(tag, ...parts))

/** A key of `length` bytes for one purpose, from a secret: HKDF-SHA256 with the purpose as info (R6). */
export const derive = (secret: Uint8Array, purpose: string, length = 32): Uint8Array =>
  hkdf(sha256, secret, undefined, utf8(NAMESPACE + purpose), length)

/** The bytes that a signature of one kind covers: `"hedgerow/1/" + tag ‖ 0 ‖ content`. */
export const covered = (tag: string, content: Uint8Array): Uint8Array =>
  concat(utf8(NAMESPACE + tag), ZERO, content)

export interface KeyPair {
  readonly secret: Uint8Array
  /** The public key as lower-case hex. */
  readonly public: string
}

export const signKeyPair = (seed: Uint8Array): KeyPair =>
  keyPair(seed, (secret) => ed25519.getPublicKey(secret))

export const exchangeKeyPair = (seed: Uint8Array): KeyPair =>
  keyPair(seed, (secret) => x25519.getPublicKey(secret))

/** The public half is worked out when first asked for: the first one takes longer than reading a short history. */
function keyPair(secret: Uint8Array, publicOf: (secret: Uint8Array) => Uint8Array): KeyPair {
  let known: string | null = null
  return {
    secret,
    get public() {
      return (known ??= bytesToHex(publicOf(secret)))
    },
  }
}

/** 64 bytes of Ed25519 over the tag and the content. */
export const sign = (secret: Uint8Array, tag: string, content: Uint8Array): Uint8Array =>
  ed25519.sign(covered(tag, content), secret)

/**
 * Strict verification (RFC 8032, canonical encodings, no small-order key): noble's
 * default accepts small-order keys over any text, which would break consent as
 * signature (R3). `publicKey` is hex. Malformed input is false, never a throw.
 */
export function verify(
  publicKey: string,
  tag: string,
  content: Uint8Array,
  sig: Uint8Array,
): boolean {
  try {
    return ed25519.verify(sig, covered(tag, content), hexToBytes(publicKey), { zip215: false })
  } catch {
    return false // a key or signature that does not decode signs nothing
  }
}

/** Whether `publicKey` (hex) is a canonical point of the prime-order group: fit to hold a seat. */
export function isSafeSignKey(publicKey: string): boolean {
  try {
    const point = ed25519.Point.fromHex(publicKey, false)
    return !point.isSmallOrder() && point.isTorsionFree()
  } catch {
    return false // not a point at all
  }
}

/** `nonce ‖ ciphertext ‖ tag`, under a fresh random nonce. */
export function seal(
  key: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
  random: Random,
): Uint8Array {
  const nonce = random(NONCE_BYTES)
  return concat(nonce, xchacha20poly1305(key, nonce, aad).encrypt(plain))
}

/** What `seal` was given, or null where the key, the context or a single bit differs. */
export function open(key: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
  try {
    return xchacha20poly1305(key, sealed.subarray(0, NONCE_BYTES), aad).decrypt(
      sealed.subarray(NONCE_BYTES),
    )
  } catch {
    return null // authentication failed
  }
}

export type WordsProblem =
  | { readonly kind: 'count' }
  /** `position` counts from 1. */
  | { readonly kind: 'unknown-word'; readonly position: number }
  | { readonly kind: 'checksum' }

// The word list is 12 KB that only a few screens need, so it is loaded when asked for.
async function bip39() {
  const [lib, list] = await Promise.all([
    import('@scure/bip39'),
    import('@scure/bip39/wordlists/english.js'),
  ])
  return { ...lib, wordlist: list.wordlist }
}

/** 16 bytes as twelve BIP39 words. */
export async function wordsOf(seed: Uint8Array): Promise<string> {
  const { entropyToMnemonic, wordlist } = await bip39()
  return entropyToMnemonic(seed, wordlist)
}

/** The 16 bytes that twelve words stand for; capitals and extra spaces are forgiven. */
export async function seedOfWords(
  text: string,
): Promise<{ seed: Uint8Array } | { problem: WordsProblem }> {
  const { mnemonicToEntropy, wordlist } = await bip39()
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
  if (words.length !== 12) return { problem: { kind: 'count' } }
  const unknown = words.findIndex((word) => !wordlist.includes(word))
  if (unknown >= 0) return { problem: { kind: 'unknown-word', position: unknown + 1 } }
  try {
    return { seed: mnemonicToEntropy(words.join(' '), wordlist) }
  } catch {
    return { problem: { kind: 'checksum' } }
  }
}

/** Four words of the same list from the first 44 bits of a hash, for two people to compare aloud (K5). */
export async function fourWordsOf(digest: Uint8Array): Promise<string[]> {
  const { wordlist } = await bip39()
  const bits = [...digest.subarray(0, 6)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return [0, 1, 2, 3].map((i) => wordlist[parseInt(bits.slice(i * 11, i * 11 + 11), 2)]!)
}

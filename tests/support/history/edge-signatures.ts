/**
 * Signatures over `I agree`, tag `record`, at every edge on which
 * implementations of Ed25519 are known to differ: encodings of keys and of R,
 * points of small order in either place, S at and above the order.
 */
import { concat, utf8 } from '../../../shared/bytes.ts'
import { covered, fromHex, isSafeSignKey, sign, signKeyPair } from '../../../shared/crypto.ts'
import { readsAlike } from '../../../shared/signature-form.ts'
import { nonCanonical, signAs, smallOrder, withLargeS, withTorsion } from './ed25519.ts'

export interface EdgeCase {
  readonly what: string
  readonly key: string
  readonly sig: Uint8Array
  /** The platform must not be asked about it. */
  readonly unsafe: boolean
}

const content = utf8('I agree')
export const edgeMessage = covered('record', content)
const run = (from: number) => Uint8Array.from({ length: 32 }, (_, i) => from + i)
const seed = run(1)
const { public: key } = signKeyPair(seed)

export const honest = [1, 50, 100, 150].map((from) => ({
  key: signKeyPair(run(from)).public,
  sig: sign(run(from), 'record', content),
}))

const points = [
  ...smallOrder,
  ...nonCanonical,
  '01'.padEnd(62, '0') + '80',
  'ec'.padEnd(64, 'f'),
  '02'.padEnd(64, '0'),
]
const twin = withTorsion(key)

const made: readonly Omit<EdgeCase, 'unsafe'>[] = [
  ...honest.map((each, i) => ({ what: `honest ${i}`, ...each })),
  // Any S with a key of small order, and R anywhere.
  ...smallOrder.flatMap((small) =>
    points.map((r) => ({
      what: `key ${small.slice(0, 6)}… of small order, R ${short(r)}`,
      key: small,
      sig: concat(fromHex(r), new Uint8Array(32)),
    })),
  ),
  ...points.map((point) => ({
    what: `key ${short(point)}, signed for that encoding`,
    key: point,
    sig: signAs(seed, point, edgeMessage, run(9)),
  })),
  ...points.map((point) => ({
    what: `R ${short(point)}, signed for it as the neutral point`,
    key,
    sig: signAs(seed, key, edgeMessage, null, point),
  })),
  // R with a part outside the prime-order group: by the equation with the cofactor these hold.
  ...[9, 10, 11, 12].map((r) => ({
    what: `R plus the point of order two (${r})`,
    key,
    sig: signAs(seed, key, edgeMessage, run(r), withTorsion(signKeyPair(run(r)).public)),
  })),
  ...[9, 10, 11, 12].map((r) => ({
    what: `a key outside the prime-order group (${r})`,
    key: twin,
    sig: signAs(seed, twin, edgeMessage, run(r)),
  })),
  { what: 'S plus the order', key, sig: withLargeS(sign(seed, 'record', content)) },
  {
    what: 'S of zero',
    key,
    sig: concat(sign(seed, 'record', content).slice(0, 32), new Uint8Array(32)),
  },
  { what: 'all zeros', key, sig: new Uint8Array(64) },
  { what: 'all ones', key, sig: new Uint8Array(64).fill(255) },
  { what: 'a byte too few', key, sig: sign(seed, 'record', content).slice(1) },
  { what: 'a byte too many', key, sig: concat(sign(seed, 'record', content), new Uint8Array(1)) },
  { what: 'no key', key: '', sig: sign(seed, 'record', content) },
]

export const edgeCases: readonly EdgeCase[] = made.map((each) => ({
  ...each,
  unsafe: !isSafeSignKey(each.key) || !readsAlike(each.sig),
}))

function short(hex: string): string {
  return `${hex.slice(0, 4)}…${hex.slice(-2)}`
}

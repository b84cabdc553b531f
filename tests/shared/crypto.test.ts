import * as node from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../shared/bytes.ts'
import {
  derive,
  exchangeKeyPair,
  fromHex,
  hash,
  isSafeSignKey,
  open,
  randomBytes,
  seal,
  sign,
  signKeyPair,
  toHex,
  verify,
} from '../../shared/crypto.ts'
import { boardKeys, invitationSecrets, presenceRoom, seatSecrets } from '../../shared/keys.ts'
import * as edge from '../support/history/ed25519.ts'
import { seededRandom } from '../support/random.ts'

const hex = fromHex
/** Bytes `from`, `from` + 1, … */
const run = (from: number, count: number) => Uint8Array.from({ length: count }, (_, i) => from + i)
const covered = (tag: string, content: Uint8Array) =>
  concat(utf8(`hedgerow/1/${tag}`), new Uint8Array(1), content)

/** Node's own Ed25519 (OpenSSL), as a second opinion. */
const nodeSign = (seed: Uint8Array, message: Uint8Array): string => {
  const pkcs8 = concat(hex('302e020100300506032b657004220420'), seed)
  const key = node.createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return node.sign(null, message, key).toString('hex')
}
const nodeVerify = (publicKey: string, message: Uint8Array, sig: Uint8Array): boolean => {
  const spki = concat(hex('302a300506032b6570032100'), hex(publicKey))
  const key = node.createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  return node.verify(null, message, key, sig)
}

describe('Ed25519', () => {
  // RFC 8032, section 7.1, tests 1 to 3.
  it.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      '',
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      '72',
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ],
    [
      'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      'af82',
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ],
  ])('R3: RFC 8032, seed %s', (seed, publicKey, message, sig) => {
    expect(signKeyPair(hex(seed)).public).toBe(publicKey)
    // The wrapper signs nothing without a tag, so the vector anchors Node's, and Node's anchors ours.
    expect(nodeSign(hex(seed), hex(message))).toBe(sig)
    const ours = sign(hex(seed), 'record', hex(message))
    expect(toHex(ours)).toBe(nodeSign(hex(seed), covered('record', hex(message))))
    expect(verify(publicKey, 'record', hex(message), ours)).toBe(true)
  })

  const seed = run(1, 32)
  const { public: key } = signKeyPair(seed)
  const content = utf8('I agree')

  it('R3 R6: a signature counts for its tag, content and key only', () => {
    const sig = sign(seed, 'record', content)
    expect(verify(key, 'record', content, sig)).toBe(true)
    expect(verify(key, 'hello', content, sig)).toBe(false)
    expect(verify(key, 'recor', utf8('dI agree'), sig)).toBe(false)
    expect(verify(key, 'record', utf8('I agree.'), sig)).toBe(false)
    expect(verify(signKeyPair(run(2, 32)).public, 'record', content, sig)).toBe(false)
  })

  it.each(edge.smallOrder)(
    'R3: the key of small order %s signs nothing and is fit for no seat',
    (small) => {
      expect(isSafeSignKey(small)).toBe(false)
      for (const r of edge.smallOrder) {
        expect(verify(small, 'record', content, concat(hex(r), new Uint8Array(32)))).toBe(false)
      }
    },
  )

  it('R3: by the letter of the equation, a key of small order would sign anything', () => {
    const [neutral] = edge.smallOrder
    const forged = concat(hex(neutral!), new Uint8Array(32))
    expect(nodeVerify(neutral!, covered('record', content), forged)).toBe(true)
    expect(verify(neutral!, 'record', content, forged)).toBe(false)
  })

  it('R3: keys in an encoding that is not the canonical one are refused', () => {
    const others = ['01'.padEnd(62, '0') + '80', 'ec'.padEnd(64, 'f')] // x = 0 with a sign
    for (const other of [...edge.nonCanonical, ...others]) {
      expect(isSafeSignKey(other)).toBe(false)
      expect(verify(other, 'record', content, sign(seed, 'record', content))).toBe(false)
    }
  })

  it('R3: what is no key at all is refused, without a throw', () => {
    for (const other of ['', 'zz', '00', key.slice(2), key + '00', '02'.padEnd(64, '0')]) {
      expect(isSafeSignKey(other)).toBe(false)
      expect(verify(other, 'record', content, sign(seed, 'record', content))).toBe(false)
    }
  })

  it('R3: the twin of a key outside the prime-order group is fit for no seat', () => {
    const twin = edge.withTorsion(key)
    expect(twin).not.toBe(key)
    expect(isSafeSignKey(key)).toBe(true)
    expect(isSafeSignKey(twin)).toBe(false)
    expect(edge.withTorsion(twin)).toBe(key)
  })

  it('R3: S must be below the order of the group', () => {
    const sig = edge.signAs(seed, key, covered('record', content), run(9, 32))
    expect(verify(key, 'record', content, sig)).toBe(true)
    expect(verify(key, 'record', content, edge.withLargeS(sig))).toBe(false)
  })

  it('R3: R must be in its canonical encoding', () => {
    const message = covered('record', content)
    for (const encoded of edge.nonCanonical) {
      expect(verify(key, 'record', content, edge.signAs(seed, key, message, null, encoded))).toBe(
        false,
      )
    }
    // The neutral point in its other encodings: y = p + 1, and x = 0 with a sign.
    expect(edge.nonCanonical).toContain('ee'.padEnd(62, 'f') + '7f')
    const signed = edge.signAs(seed, key, message, null, '01'.padEnd(62, '0') + '80')
    expect(verify(key, 'record', content, signed)).toBe(false)
  })

  it('R3: a signature of any other length is refused', () => {
    const sig = sign(seed, 'record', content)
    for (const length of [0, 1, 32, 63]) {
      expect(verify(key, 'record', content, sig.subarray(0, length))).toBe(false)
    }
    expect(verify(key, 'record', content, concat(sig, new Uint8Array(1)))).toBe(false)
  })
})

describe('X25519', () => {
  // RFC 7748: section 5.2, after one iteration, and section 6.1, Bob's keys.
  it.each([
    [
      '0900000000000000000000000000000000000000000000000000000000000000',
      '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079',
    ],
    [
      '5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb',
      'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    ],
  ])('K1: RFC 7748, %s', (secret, publicKey) => {
    expect(exchangeKeyPair(hex(secret)).public).toBe(publicKey)
  })
})

describe('XChaCha20-Poly1305', () => {
  // draft-irtf-cfrg-xchacha-03, appendix A.3.1.
  const plain = utf8(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  )
  const aad = hex('50515253c0c1c2c3c4c5c6c7')
  const key = run(0x80, 32)
  const nonce = run(0x40, 24)
  const sealed = concat(
    nonce,
    hex(
      'bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb' +
        '731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452' +
        '2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9' +
        '21f9664c97637da9768812f615c68b13b52e' +
        'c0875924c1c7987947deafd8780acf49',
    ),
  )

  it('R4: the draft’s vector, sealed and opened', () => {
    expect(toHex(seal(key, aad, plain, () => nonce))).toBe(toHex(sealed))
    expect(open(key, aad, sealed)).toEqual(plain)
  })

  it('R4: with any bit of it changed, or another key or context: null', () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      sealed[bit >> 3]! ^= 1 << (bit & 7)
      expect(open(key, aad, sealed)).toBeNull()
      sealed[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(open(run(0x81, 32), aad, sealed)).toBeNull()
    expect(open(key, new Uint8Array(), sealed)).toBeNull()
    for (const length of [0, 24, 39, 40, 41]) {
      expect(open(key, aad, sealed.subarray(0, length))).toBeNull()
    }
    expect(open(key, aad, sealed)).toEqual(plain)
  })

  it('R4: asks for 24 random bytes each time', () => {
    const random = seededRandom(1)
    const [one, other] = [seal(key, aad, plain, random), seal(key, aad, plain, random)]
    expect(toHex(one.subarray(0, 24))).not.toBe(toHex(other.subarray(0, 24)))
    expect(open(key, aad, other)).toEqual(plain)
  })

  it('R4: no nonce is handed out twice, nor shows another one’s memory', () => {
    const drawn = Array.from({ length: 1000 }, () => randomBytes(24))
    expect(new Set(drawn.map(toHex)).size).toBe(1000)
    for (const nonce of drawn) {
      expect(nonce).toHaveLength(24)
      expect(nonce.buffer.byteLength).toBe(24)
    }
  })
})

describe('hashing and derivation', () => {
  it('R6: SHA-256 of the tag, a zero byte, and each part after its length', () => {
    // FIPS 180-2, appendix B.1, to anchor Node's.
    const sha256 = (bytes: Uint8Array) => node.createHash('sha256').update(bytes).digest('hex')
    expect(sha256(utf8('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    const spelled = concat(
      utf8('hedgerow/1/chain\0'),
      Uint8Array.of(0, 0, 0, 2, 7, 8, 0, 0, 0, 0, 0, 0, 0, 3),
      utf8('né'),
    )
    expect(toHex(hash('chain', Uint8Array.of(7, 8), '', 'né'))).toBe(sha256(spelled))
  })

  it('R6: parts cannot be moved into one another, nor tags into parts', () => {
    const said = [
      hash('t', 'ab', 'c'),
      hash('t', 'a', 'bc'),
      hash('t', 'abc'),
      hash('t', 'abc', ''),
      hash('ta', 'bc'),
      hash('t'),
    ]
    expect(new Set(said.map(toHex)).size).toBe(said.length)
  })

  it('R6: HKDF-SHA256 with the purpose as info', () => {
    // RFC 5869, appendix A.1, to anchor Node's.
    const okm = node.hkdfSync('sha256', new Uint8Array(22).fill(11), run(0, 13), run(0xf0, 10), 42)
    expect(toHex(new Uint8Array(okm))).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    )
    const secret = run(3, 16)
    const expected = node.hkdfSync('sha256', secret, '', 'hedgerow/1/seat/sign', 32)
    expect(toHex(derive(secret, 'seat/sign'))).toBe(toHex(new Uint8Array(expected)))
    expect(derive(secret, 'seat/sign', 16)).toHaveLength(16)
  })

  it('K1 K2 K3 S5: no two purposes share a key', () => {
    const secret = run(0, 16)
    const seat = seatSecrets(secret)
    const board = boardKeys(secret)
    const link = invitationSecrets(secret)
    const all = [
      ...[seat.sign.secret, seat.exchange.secret, seat.wrap, board.acts, board.draft, board.live],
      ...[link.wrap, link.prove.secret, fromHex(seat.find), fromHex(link.id)],
      ...['00', '01'].map((id) => fromHex(presenceRoom(secret, id.repeat(16)))),
    ].map((bytes) => toHex(bytes.subarray(0, 16)))
    expect(new Set(all).size).toBe(all.length)
    expect(link.id).toHaveLength(32)
    expect(isSafeSignKey(seat.sign.public)).toBe(true)
  })

  it('K1: each purpose is derived under its own name', () => {
    const seed = run(0, 16)
    const by = (purpose: string) => derive(seed, purpose)
    const seat = seatSecrets(seed)
    expect(seat.sign.public).toBe(signKeyPair(by('seat/sign')).public)
    expect(seat.exchange.public).toBe(exchangeKeyPair(by('seat/exchange')).public)
    expect(seat.find).toBe(toHex(by('seat/find')))
    expect(boardKeys(seed).acts).toEqual(by('board/acts'))
    expect(invitationSecrets(seed).id).toBe(toHex(derive(seed, 'invitation/id', 16)))
  })
})

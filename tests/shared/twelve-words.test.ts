import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fourWordsOf, fromHex, seedOfWords, toHex, wordsOf } from '../../shared/crypto.ts'
import { compareDigest } from '../../shared/keys.ts'
import { holdsAsync } from '../support/property.ts'

describe('twelve words', () => {
  // The published BIP39 English vectors of 128 bits (trezor/python-mnemonic, vectors.json).
  const vectors: [string, string][] = [
    [
      '00000000000000000000000000000000',
      'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    ],
    [
      '7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f',
      'legal winner thank year wave sausage worth useful legal winner thank yellow',
    ],
    [
      '80808080808080808080808080808080',
      'letter advice cage absurd amount doctor acoustic avoid letter advice cage above',
    ],
    ['ffffffffffffffffffffffffffffffff', 'zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong'],
    [
      '9e885d952ad362caeb4efe34a8e91bd2',
      'ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic',
    ],
    [
      'c0ba5a8e914111210f2bd131f3d5e08d',
      'scheme spot photo card baby mountain device kick cradle pact join borrow',
    ],
    [
      '23db8160a31d3e0dca3688ed941adbf3',
      'cat swing flag economy stadium alone churn speed unique patch report train',
    ],
    [
      'f30f8c1da665478f49b001d94c5fc452',
      'vessel ladder alter error federal sibling chat ability sun glass valve picture',
    ],
  ]

  it.each(vectors)('K1: %s', async (seed, words) => {
    expect(await wordsOf(fromHex(seed))).toBe(words)
    expect(await seedOfWords(words)).toEqual({ seed: fromHex(seed) })
  })

  const [, ozone] = vectors[4]!
  const seed = fromHex(vectors[4]![0])
  const list = ozone.split(' ')

  it.each([
    ['capitals', ozone.toUpperCase()],
    ['a capital at each word', ozone.replace(/\b\w/g, (letter) => letter.toUpperCase())],
    ['spaces around and between', `  ${list.join('   ')} `],
    ['line ends and tabs', list.join('\n\t')],
    ['no-break spaces', list.join('\u00a0')],
    ['wide letters', ozone.replace('ozone', 'ｏｚｏｎｅ')],
  ])('K1: forgives %s', async (_what, text) => {
    expect(await seedOfWords(text)).toEqual({ seed })
  })

  it('K1: a wrong word is named by its position', async () => {
    for (let i = 0; i < 12; i++) {
      const wrong = list.with(i, 'hedgerow').join(' ')
      expect(await seedOfWords(wrong)).toEqual({
        problem: { kind: 'unknown-word', position: i + 1 },
      })
    }
  })

  it('K1: too few or too many words', async () => {
    for (const text of [
      '',
      'ozone',
      list.slice(1).join(' '),
      `${ozone} zoo`,
      `${ozone} ${ozone}`,
    ]) {
      expect(await seedOfWords(text)).toEqual({ problem: { kind: 'count' } })
    }
  })

  it('K1: two words swapped: the checksum says so', async () => {
    const swapped = [list[1], list[0], ...list.slice(2)].join(' ')
    expect(await seedOfWords(swapped)).toEqual({ problem: { kind: 'checksum' } })
    const twelve = 'abandon '.repeat(12)
    expect(await seedOfWords(twelve)).toEqual({ problem: { kind: 'checksum' } })
  })

  it('K1: any seed comes back from its words', async () => {
    const seeds = fc.uint8Array({ minLength: 16, maxLength: 16 })
    const check = async (any: Uint8Array) => {
      expect(await seedOfWords(await wordsOf(any))).toEqual({ seed: any })
    }
    await holdsAsync(fc.asyncProperty(seeds, check), 100)
  })

  it('K5: four words are the first four groups of eleven bits', async () => {
    // The words of a seed are its bits in groups of eleven too.
    expect(await fourWordsOf(seed)).toEqual(list.slice(0, 4))
  })

  it('K5: the digest to compare changes with each of the four keys, and with their order', () => {
    const key = (n: number) => toHex(new Uint8Array(32).fill(n))
    const [a, b] = [
      { sign: key(1), exchange: key(2) },
      { sign: key(3), exchange: key(4) },
    ]
    const digests = [
      compareDigest(a, b),
      compareDigest(b, a),
      compareDigest({ ...a, sign: key(9) }, b),
      compareDigest({ ...a, exchange: key(9) }, b),
      compareDigest(a, { ...b, sign: key(9) }),
      compareDigest(a, { ...b, exchange: key(9) }),
    ].map(toHex)
    expect(new Set(digests).size).toBe(6)
  })
})

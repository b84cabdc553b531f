import { describe, expect, it } from 'vitest'
import { bestVerify, platformVerify } from '../../client/history/signatures.ts'
import { utf8 } from '../../shared/bytes.ts'
import { fromHex, sign, signKeyPair, verify } from '../../shared/crypto.ts'
import { readsAlike } from '../../shared/signature-form.ts'
import { edgeCases, honest } from '../support/history/edge-signatures.ts'

/** Node's, which is OpenSSL's. */
const { subtle } = crypto
const platform = platformVerify(subtle)
const content = utf8('I agree')

/** One that says yes to everything that it is asked. */
const yesMan = {
  importKey: async () => ({}) as CryptoKey,
  verify: async () => true,
} as unknown as SubtleCrypto

describe('R3: the platform’s Ed25519 gives our verdict', () => {
  it('at every edge', async () => {
    const differing: string[] = []
    for (const { what, key, sig } of edgeCases) {
      const theirs = await platform(key, 'record', content, sig)
      if (theirs !== verify(key, 'record', content, sig)) differing.push(what)
    }
    expect(differing).toEqual([])
    expect(edgeCases.length).toBeGreaterThan(400)
  })

  it('on what is honestly signed, without asking our own', async () => {
    const asked: string[] = []
    const counting = {
      importKey: (...given: Parameters<SubtleCrypto['importKey']>) => subtle.importKey(...given),
      verify: async (...given: Parameters<SubtleCrypto['verify']>) => {
        asked.push('verify')
        return subtle.verify(...given)
      },
    } as unknown as SubtleCrypto
    const counted = platformVerify(counting)
    for (const { key, sig } of honest) expect(await counted(key, 'record', content, sig)).toBe(true)
    expect(asked).toHaveLength(honest.length)
    for (const { key, sig } of honest) {
      expect(await counted(key, 'hello', content, sig)).toBe(false)
      expect(await counted(key, 'record', utf8('I agree.'), sig)).toBe(false)
      const flipped = sig.map((byte, i) => (i === 40 ? byte ^ 1 : byte))
      expect(await counted(key, 'record', content, flipped)).toBe(false)
    }
  })

  it('a platform that says yes to all is asked only about what has one encoding and a safe key', async () => {
    const verdicts = edgeCases.filter(({ unsafe }) => unsafe)
    expect(verdicts.length).toBeGreaterThan(100)
    for (const { key, sig } of verdicts) {
      expect(await platformVerify(yesMan)(key, 'record', content, sig)).toBe(
        verify(key, 'record', content, sig),
      )
    }
  })

  it('without one, or where it does not know the curve, our own is used', async () => {
    expect(bestVerify(undefined)).toBe(verify)
    const without = platformVerify({
      importKey: () => Promise.reject(new Error('NotSupportedError')),
    } as unknown as SubtleCrypto)
    for (const { key, sig } of honest) {
      expect(await without(key, 'record', content, sig)).toBe(true)
      expect(await without(key, 'recorc', content, sig)).toBe(false)
    }
  })

  it('has one encoding: 64 bytes, R below p and no sign of zero, S below the order', () => {
    const pair = signKeyPair(fromHex('07'.repeat(32)))
    const sig = sign(pair.secret, 'record', content)
    expect(readsAlike(sig)).toBe(true)
    expect(readsAlike(sig.subarray(1))).toBe(false)
    const withR = (r: string) => Uint8Array.from([...fromHex(r), ...sig.subarray(32)])
    const withS = (s: string) => Uint8Array.from([...sig.subarray(0, 32), ...fromHex(s)])
    expect(readsAlike(withR('01'.padEnd(64, '0')))).toBe(true)
    expect(readsAlike(withR('01'.padEnd(62, '0') + '80'))).toBe(false)
    expect(readsAlike(withR('ec'.padEnd(62, 'f') + '7f'))).toBe(true)
    expect(readsAlike(withR('ec'.padEnd(62, 'f') + 'ff'))).toBe(false)
    expect(readsAlike(withR('ed'.padEnd(62, 'f') + '7f'))).toBe(false)
    expect(readsAlike(withR('eb'.padEnd(62, 'f') + 'ff'))).toBe(true)
    const order = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010'
    expect(readsAlike(withS(order))).toBe(false)
    expect(readsAlike(withS(order.replace(/^ed/, 'ec')))).toBe(true)
  })
})

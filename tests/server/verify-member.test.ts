import { describe, expect, it } from 'vitest'
import { verifyMember } from '../../server/live/verify-member.ts'
import { utf8 } from '../../shared/bytes.ts'
import { isSafeSignKey, verify } from '../../shared/crypto.ts'
import { extend, type Chain } from '../../shared/history.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { edgeCases, honest } from '../support/history/edge-signatures.ts'
import { invalidVectors, recordsOf, validVectors } from '../support/history/read-vectors.ts'

const content = utf8('I agree')

describe('R3: the server’s Ed25519 gives our verdict', () => {
  it('at every edge, for every key that is fit for a seat', () => {
    const fit = edgeCases.filter(({ key }) => isSafeSignKey(key))
    expect(fit.length).toBeGreaterThan(50)
    const differing = fit.filter(
      ({ key, sig }) =>
        verifyMember(key, 'record', content, sig) !== verify(key, 'record', content, sig),
    )
    expect(differing.map(({ what }) => what)).toEqual([])
  })

  it('on what is honestly signed, and on what is not', () => {
    for (const { key, sig } of honest) {
      expect(verifyMember(key, 'record', content, sig)).toBe(true)
      expect(verifyMember(key, 'hello', content, sig)).toBe(false)
      expect(verifyMember(key, 'record', utf8('I agree.'), sig)).toBe(false)
      expect(verifyMember(key, 'record', content, sig.subarray(1))).toBe(false)
    }
    expect(verifyMember('no key', 'record', content, honest[0]!.sig)).toBe(false)
  })

  it('and every history the outcome that ours gives it', () => {
    for (const vector of [...validVectors(), ...invalidVectors()]) {
      const records = recordsOf(vector)
      expect(outcome(records, verifyMember)).toEqual(outcome(records, verify))
    }
  })
})

/** How far it follows, and the law that ends it there. */
function outcome(records: readonly SignedRecord[], verifier: typeof verify): [number, string] {
  let chain: Chain | null = null
  for (const [i, record] of records.entries()) {
    const extended = extend(chain, record, verifier)
    if (!extended.ok) return [i, extended.code]
    chain = extended.value.chain
  }
  return [records.length, 'whole']
}

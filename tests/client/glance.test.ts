import { beforeAll, describe, expect, it } from 'vitest'
import { openGlance, type Glance } from '../../client/history/glance.ts'
import { Ledger } from '../../client/history/ledger.ts'
import { sealGlance } from '../../client/history/seal-glance.ts'
import { Refusals } from '../../client/reading/refusals.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { boardKeys, seatSecrets } from '../../shared/keys.ts'
import { tellYear } from '../support/history/year.ts'

const SEED = 20271231
const { keep } = seatSecrets(new Uint8Array(16).fill(1))

let glance: Glance
const address = () => ({ board: glance.chain.board, seat: 'a' as const })
const pin = () => ({ seq: glance.chain.seq, hash: glance.chain.hash })

/** A year of two people holds every kind of standing there is. */
beforeAll(async () => {
  const told = await tellYear(SEED)
  const refusals = new Refusals()
  const ledger = new Ledger(told.board, boardKeys(told.boardKey).acts, [refusals])
  for (const record of told.records) ledger.receive(record, true)
  const { chain, standing, unreadable, lines } = ledger
  if (!chain) throw new Error('no history')
  glance = { chain, standing, unreadable, refusals: refusals.current, at: lines.at(-1)?.at ?? null }
}, 60_000)

describe('R10: a glance of a history', () => {
  it('comes back as it was sealed', () => {
    expect(glance.standing.boundaries.size).toBeGreaterThan(5)
    expect(glance.refusals).not.toEqual([])
    const box = sealGlance(keep, address(), glance, randomBytes)
    expect(openGlance(keep, address(), pin(), box)).toEqual(glance)
  })

  it('opens for this seat alone, and only as it was sealed', () => {
    const box = sealGlance(keep, address(), glance, randomBytes)
    const another = seatSecrets(new Uint8Array(16).fill(2)).keep
    expect(openGlance(another, address(), pin(), box)).toBeNull()
    expect(openGlance(keep, { ...address(), seat: 'b' }, pin(), box)).toBeNull()
    expect(openGlance(keep, { ...address(), board: '0'.repeat(64) }, pin(), box)).toBeNull()
    expect(
      openGlance(
        keep,
        address(),
        pin(),
        box.map((byte, i) => byte ^ Number(i === 99)),
      ),
    ).toBeNull()
    expect(openGlance(keep, address(), pin(), box.subarray(0, 20))).toBeNull()
  })

  it('is not shown for any other place than the pin’s', () => {
    const box = sealGlance(keep, address(), glance, randomBytes)
    const { seq, hash } = pin()
    for (const other of [null, { seq: seq + 1, hash }, { seq, hash: '0'.repeat(64) }]) {
      expect(openGlance(keep, address(), other, box)).toBeNull()
    }
  })

  it('of another form is none', () => {
    const strange = { ...glance, at: 'yesterday' } as unknown as Glance
    const box = sealGlance(keep, address(), strange, randomBytes)
    expect(openGlance(keep, address(), pin(), box)).toBeNull()
  })
})

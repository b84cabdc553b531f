/**
 * Verifies a stretch of history (R10): what is long is done where the page does
 * not notice. In a browser that is a worker (verifier-worker.ts); elsewhere, and
 * where no worker can be had, the same code in slices.
 */
import { replay, type Chain, type Extended, type Unproven } from '../../shared/history.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { slices } from '../slices.ts'
import { bestVerify, type VerifySignature } from './signatures.ts'

export interface Verifier {
  /**
   * What each of `records` makes of the chain before it, from the first on and
   * up to the first that does not follow. `known`: this device verified their
   * signatures before.
   */
  follow(
    chain: Chain | null,
    records: readonly SignedRecord[],
    known: boolean,
  ): Promise<readonly Extended[]>
  close(): void
}

/** In slices, right here. */
export function verifierHere(verify: VerifySignature = bestVerify(crypto.subtle)): Verifier {
  return {
    follow: (chain, records, known) => follow(chain, records, known ? null : verify),
    close: () => undefined,
  }
}

async function follow(
  chain: Chain | null,
  records: readonly SignedRecord[],
  verify: VerifySignature | null,
): Promise<readonly Extended[]> {
  const turn = slices()
  const followed: Unproven[] = []
  for (const record of records) {
    await turn()
    const next = replay(chain, record)
    if (!next.ok) break
    followed.push(next.value)
    chain = next.value.chain
  }
  return verify ? followed.slice(0, await signed(followed, records, verify)) : followed
}

/** How many, from the first on, are signed by whom they must be. */
async function signed(
  followed: readonly Unproven[],
  records: readonly SignedRecord[],
  verify: VerifySignature,
): Promise<number> {
  const turn = slices()
  const verdicts: Promise<boolean>[] = []
  for (const [i, { signer }] of followed.entries()) {
    await turn()
    const { head, sig } = records[i]!
    // The platform's run beside one another.
    verdicts.push(Promise.resolve(verify(signer, 'record', head, sig)))
  }
  const bad = (await Promise.all(verdicts)).indexOf(false)
  return bad < 0 ? followed.length : bad
}

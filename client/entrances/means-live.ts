/** What the ways in need, in this browser. Loaded with the first of them: chance brings the cryptography. */
import { randomBytes } from '../../shared/crypto.ts'
import type { Means } from './means.ts'
import { vault } from './vault-live.ts'

export const means = async (): Promise<Means> => ({
  origin: location.origin,
  vault: await vault(),
  random: randomBytes,
  now: () => Date.now(),
})

/** Seals a glance (glance.ts) for the next start. Loaded once there is something to seal. */
import { utf8 } from '../../shared/bytes.ts'
import { seal, type Random } from '../../shared/crypto.ts'
import type { SeatEntry } from '../entrances/vault.ts'
import { glanceContext, type Glance } from './glance.ts'

export function sealGlance(
  key: Uint8Array,
  address: Pick<SeatEntry, 'board' | 'seat'>,
  { standing, ...rest }: Glance,
  random: Random,
): Uint8Array {
  const { names, boundaries } = standing
  const kept = { ...rest, names, boundaries: [...boundaries] }
  return seal(key, glanceContext(address), utf8(JSON.stringify(kept)), random)
}

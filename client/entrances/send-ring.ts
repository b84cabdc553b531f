/**
 * Seals this seat's key ring again for a server that lost it, as after the
 * restore of a backup from before the seat was claimed: without it twelve words
 * lead nowhere (K1). Loaded when it happens.
 */
import { toHex, type Random } from '../../shared/crypto.ts'
import type { SeatSecrets } from '../../shared/keys.ts'
import { sealRing } from '../../shared/sealed-json.ts'
import type { Link } from '../wire/link.ts'
import type { SeatEntry } from './vault.ts'

/** What is refused or does not arrive is asked for at the next login. */
export async function sendRing(
  link: Pick<Link, 'request'>,
  { board, boardKey }: SeatEntry,
  secrets: SeatSecrets,
  random: Random,
): Promise<void> {
  const ring = sealRing(secrets, { v: 1, rev: 1, board, keys: { 0: toHex(boardKey) } }, random)
  await link.request('ring:keep', { find: secrets.find, box: ring })
}

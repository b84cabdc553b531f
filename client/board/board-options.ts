/** What a running board is given: where it connects, whose seat it is, and the means. */
import type { Random } from '../../shared/crypto.ts'
import type { Sealer } from '../../shared/sealed-doc.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import type { Verifier } from '../history/verifier.ts'
import type { SquashingOptions } from '../sync/squashing.ts'
import type { KeepDoc } from '../sync/words-sync.ts'

export interface BoardOptions {
  readonly origin: string
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly random: Random
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly keep: KeepDoc | null
  /** Tells when the page comes into sight and when it goes; without it, it is to be seen until closed. */
  readonly whileHere?: (tell: (here: boolean) => void) => () => void
  /** Makes what verifies a long history; without it, that is done in the page. */
  readonly verifier?: () => Promise<Verifier>
  readonly squashing?: SquashingOptions
  readonly sealer?: Sealer
}

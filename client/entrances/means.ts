/** What the ways in need from outside: where the server is, what this device keeps, chance and time. */
import type { Random } from '../../shared/crypto.ts'
import type { Vault } from './vault.ts'

export interface Means {
  readonly origin: string
  readonly vault: Vault
  readonly random: Random
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

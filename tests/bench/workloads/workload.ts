/** One thing that is measured, on one server after another (see once.ts). */
import type { Unit } from '../table.ts'
import type { Peer } from '../peers/peer.ts'

/** What one measurement of one server found, by the key of its row. */
export type Figures = Readonly<Record<string, number>>

export interface Workload {
  /** As it is named on the command line. */
  readonly name: string
  readonly title: string
  /** Names of the servers that it is measured on. */
  readonly peers: readonly string[]
  readonly rounds: number
  /** Seconds that one measurement may take. */
  readonly seconds: number
  readonly rows: readonly { readonly key: string; readonly what: string; readonly unit: Unit }[]
  /** Short: only to see that it runs. `folder` is empty, and the server's own. */
  measure(peer: Peer, folder: string, short: boolean): Promise<Figures>
}

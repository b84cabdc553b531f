/** The two people of one board, as this device knows them: what they are called, and the words that only they should have. */
import type { Act } from '../../shared/act.ts'
import { fourWordsOf, wordsOf } from '../../shared/crypto.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { compareDigest } from '../../shared/keys.ts'
import { refuseName } from '../../shared/names.ts'
import { cleanName } from '../../shared/wording.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import type { Records } from '../history/records.ts'
import type { Said } from './board-view.ts'

export interface PeopleOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly records: Records
  readonly say: (act: Act) => Promise<Said>
}

export class People {
  readonly #options: PeopleOptions

  constructor(options: PeopleOptions) {
    this.#options = options
  }

  get me(): string {
    const { entry } = this.#options
    return this.nameOf(entry.seat) ?? entry.name
  }

  /** Null until they joined. */
  get partner(): string | null {
    return this.joined ? this.nameOf(otherSeat(this.#options.entry.seat)) : null
  }

  get joined(): boolean {
    return (this.#options.records.chain?.membership.b ?? null) !== null
  }

  nameOf(seat: Seat): string | null {
    return this.#options.records.standing.names[seat]
  }

  async rename(text: string): Promise<Said> {
    const { entry, vault, say } = this.#options
    const name = cleanName(text)
    if (name === null) return { kind: 'refused', code: 'bad-request' }
    const unfit = refuseName(name, this.partner)
    if (unfit) return { kind: 'refused', code: unfit }
    const said = await say({ kind: 'name', name })
    if (said.kind === 'recorded') await vault.changeSeat(entry, { name })
    return said
  }

  twelveWords(): Promise<string> {
    return wordsOf(this.#options.entry.seed)
  }

  async fourWords(): Promise<readonly string[] | null> {
    const membership = this.#options.records.chain?.membership
    return membership?.b ? fourWordsOf(compareDigest(membership.a, membership.b)) : null
  }
}

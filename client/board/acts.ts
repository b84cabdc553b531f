/**
 * Saying things on record from one board: at once where the server answers, and
 * else, about a boundary, as an intention that is said when it does (R7).
 */
import type { Act, BoundaryAct } from '../../shared/act.ts'
import type { Random } from '../../shared/crypto.ts'
import type { BoardKeys, SeatSecrets } from '../../shared/keys.ts'
import type { Open } from '../../shared/record.ts'
import { wordingHash } from '../../shared/wording.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import { Intentions } from '../history/intentions.ts'
import { Recorder, type Saying } from '../history/recorder.ts'
import type { Records } from '../history/records.ts'
import type { BoardWords } from '../sync/board-words.ts'
import type { Link } from '../wire/link.ts'
import type { Reading, Said } from './board-view.ts'
import { Reserve } from './reserve.ts'

export interface ActsOptions {
  readonly entry: SeatEntry
  readonly secrets: SeatSecrets
  readonly keys: BoardKeys
  readonly vault: Vault
  readonly random: Random
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly link: Link
  readonly records: Records
  readonly words: BoardWords
  /** What agreeing now would sign. */
  readonly reading: (boundary: string) => Reading | null
  /** The connection is known to be gone: nothing is waited for. */
  readonly isOffline: () => boolean
}

export interface Membership {
  readonly open: Open
  readonly invitation?: Uint8Array
}

/** A page that is just opening gets this long to connect before an act is kept for later. */
const CONNECT_PATIENCE_MS = 4000

export class Acts {
  readonly intentions: Intentions
  readonly #options: ActsOptions
  readonly #recorder: Recorder
  readonly #reserve: Reserve
  readonly #undo: (() => void)[]

  constructor(options: ActsOptions) {
    const { entry, secrets, keys, random, now, link, records, words } = options
    this.#options = options
    this.#reserve = new Reserve(now)
    this.#recorder = new Recorder({
      seat: entry.seat,
      keys: { sign: secrets.sign.secret, acts: keys.acts },
      ledger: records,
      random,
      now: () => Math.floor(now() / 1000),
      append: (record, invitation) =>
        link.request('record:append', { record, ...(invitation && { invitation }) }),
      catchUp: () => records.catchUp(),
      recorded: (record) => records.take([record]),
    })
    this.intentions = new Intentions({
      ...{ entry, random, vault: options.vault, key: secrets.keep },
      ledger: records,
      recorder: { say: (act, membership, from) => this.#record(act, membership, from) },
      maySay: (act) => this.#maySay(act),
      stillReads: (act) => this.#stillReads(act),
      inStep: () => this.#inStep(),
    })
    this.#undo = [words.tally.changed.on(() => this.#runSoon())]
  }

  close(): void {
    for (const undo of this.#undo) undo()
    this.intentions.close()
  }

  async say(act: Act, membership?: Membership): Promise<Said> {
    if (!this.#reserve.admits(act)) return { kind: 'refused', code: 'rate-limited' }
    const { link, records, isOffline } = this.#options
    const from = records.next
    const there = !isOffline() && (await link.seatedWithin(CONNECT_PATIENCE_MS))
    if (!this.#maySay(act)) return { kind: 'refused', code: 'history-broken' }
    const said: Said = there ? await this.#record(act, membership) : { kind: 'offline' }
    if (!('boundary' in act)) return said
    if (said.kind === 'offline') return this.#keep(act, from, there)
    await this.intentions.drop(act.boundary)
    return said
  }

  /** While the history is in doubt, one can only step back (P4). */
  #maySay(act: Act): boolean {
    return this.#options.records.trouble !== 'history-broken' || act.kind === 'step-back'
  }

  async #record(act: Act, membership?: Membership, from?: number): Promise<Saying> {
    const { entry, secrets, keys, random, link, records, now } = this.#options
    const other = records.contradiction?.records ?? []
    if (act.kind !== 'step-back' || other.length === 0) {
      return this.#recorder.say(act, membership, from)
    }
    const { stepBackOnBoth } = await import('../history/step-back-on-both.ts')
    const own = { seat: entry.seat, sign: secrets.sign.secret, acts: keys.acts }
    return stepBackOnBoth({ act, own, random, link, records, other, now })
  }

  async #keep(act: BoundaryAct, from: number, sent: boolean): Promise<Said> {
    const before = this.intentions.of(act.boundary)
    const standing = this.#options.records.standing.boundaries.get(act.boundary)
    const neverSaid = !before?.sent && !standing?.answers[this.#options.entry.seat]
    if (act.kind === 'take-back' && neverSaid) {
      await this.intentions.drop(act.boundary)
      return { kind: 'recorded' } // there is nothing on record to take back
    }
    await this.intentions.keep(act, { from, sent })
    return { kind: 'not-recorded-yet' }
  }

  /** A yes to words is to exactly those on the table, also a night later. */
  #stillReads(act: BoundaryAct): boolean {
    if (act.kind !== 'yes' || act.wording === null) return true
    const now = this.#options.reading(act.boundary)?.wording
    if (!now) return false
    return wordingHash(act.boundary, now) === wordingHash(act.boundary, act.wording)
  }

  async #inStep(): Promise<boolean> {
    const { link, records, words } = this.#options
    if (link.state.kind !== 'seated' || !words.tally.inStep) return false
    if (!(await records.catchUp())) return false
    await words.sealed.settled()
    return true
  }

  /** After this turn, in which the words that came are still being handed over. */
  #runSoon(): void {
    if (!this.intentions.settled && this.#options.words.tally.inStep) {
      queueMicrotask(() => void this.intentions.run())
    }
  }
}

/**
 * Keeps the ledger in step with the server and with what this device stored.
 * Verified records are kept, and the last one pinned, before they are shown
 * (R10); the next start verifies only what is new.
 */
import type { Trouble } from '../board/board-view.ts'
import { Emitter } from '../emitter.ts'
import { Ledger, type Line } from './ledger.ts'
import type { Link } from '../wire/link.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import { stampedSchema, type Stamped } from '../../shared/wire.ts'
import * as v from 'valibot'

export interface RecordsOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly link: Pick<Link, 'state' | 'changed' | 'request' | 'onFact'>
  readonly actsKey: Uint8Array
}

/** How many signatures are checked before the page gets a turn. */
const BATCH = 16

export class Records {
  readonly changed = new Emitter()
  justJoined = false
  readonly #options: RecordsOptions
  readonly #undo: (() => void)[]
  #ledger: Ledger
  #trouble: Trouble | null = null
  #hadCache = false
  #vouched: number | null = null
  /** One batch of records at a time, whatever brought them. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: RecordsOptions) {
    this.#options = options
    this.#ledger = this.#emptyLedger()
    const { link } = options
    this.#undo = [
      link.onFact('record:appended', (record) => void this.#heard(record)),
      link.changed.on((state) => {
        if (state.kind === 'seated') void this.#seated(state.seq)
      }),
    ]
  }

  get chain() {
    return this.#ledger.chain
  }
  get standing() {
    return this.#ledger.standing
  }
  get lines(): readonly Line[] {
    return this.#ledger.lines
  }
  /** As they were signed, oldest first. */
  get records(): readonly Stamped[] {
    return this.#ledger.records
  }
  get next(): number {
    return this.#ledger.next
  }
  get unreadable(): number {
    return this.#ledger.unreadable
  }
  get trouble(): Trouble | null {
    return this.#trouble
  }
  /** When the last record was made (seconds) that is as this device saw it; null where it holds none. */
  get vouchedAt(): number | null {
    return this.#vouched
  }
  /** Whether this device knew the board before. */
  get hadCache(): boolean {
    return this.#hadCache
  }

  hashAt(seq: number): string | null {
    return this.#ledger.hashAt(seq)
  }

  /** Reads what this device kept. What its pin does not vouch for is verified again. */
  async load(): Promise<void> {
    const { vault, entry } = this.#options
    const kept = whatReads(await vault.records(entry).catch(() => []))
    const { pin } = entry
    for (const record of kept) if (this.#ledger.receive(record, true) !== 'added') break
    const vouched = pin !== null && this.#ledger.hashAt(pin.seq) === pin.hash
    if (!vouched || this.#ledger.next !== pin.seq + 1) {
      this.#ledger = this.#emptyLedger()
      for (const record of kept) if (this.#ledger.receive(record) !== 'added') break
    }
    this.#hadCache = this.#ledger.next > 0
    this.#checkPin()
    this.#vouch()
  }

  /** Reads what the server has beyond ours; false where it cannot be reached. */
  async catchUp(): Promise<boolean> {
    for (;;) {
      const from = this.next
      const answer = await this.#options.link.request('record:since', { seq: from })
      if (!answer.ok) return false
      await this.take(answer.value.records)
      if (!answer.value.more || this.#trouble || this.next === from) return true
    }
  }

  /** Verifies records, keeps them, then shows them. `gap`: others before them are missing. */
  take(records: readonly Stamped[]): Promise<{ readonly gap: boolean }> {
    const taken = this.#turn.then(() => this.#take(records))
    this.#turn = taken.catch(() => undefined)
    return taken
  }

  close(): void {
    for (const undo of this.#undo) undo()
  }

  async #take(records: readonly Stamped[]): Promise<{ readonly gap: boolean }> {
    const from = this.next
    const added: Stamped[] = []
    let gap = false
    for (const [i, record] of records.entries()) {
      if (i > 0 && i % BATCH === 0) await breathe()
      const received = this.#ledger.receive(record)
      if (received === 'known') continue
      gap = received === 'gap'
      if (received === 'broken') this.#trouble = 'history-broken'
      if (received !== 'added') break
      added.push(record)
      this.#vouch()
    }
    this.#checkPin()
    if (added.length > 0) await this.#keep(from, added)
    this.changed.emit()
    return { gap }
  }

  async #keep(from: number, added: readonly Stamped[]): Promise<void> {
    const { vault, entry } = this.#options
    const { chain } = this.#ledger
    if (chain) {
      await vault
        .keepRecords(entry, from, added, { seq: chain.seq, hash: chain.hash })
        .catch(() => undefined) // a full browser store: verified again next time
    }
    const joined = this.lines.slice(from).some(({ open }) => open?.kind === 'claim')
    if (joined && from > 0 && entry.seat === 'a') this.justJoined = true
  }

  async #heard(record: Stamped): Promise<void> {
    const { gap } = await this.take([record])
    if (gap) await this.catchUp()
  }

  async #seated(seq: number): Promise<void> {
    // A server that has less than this device saw has lost or hidden something (P3).
    const seen = Math.max(this.next - 1, this.#options.entry.pin?.seq ?? -1)
    if (seq < seen) this.#trouble = 'history-broken'
    await this.catchUp()
  }

  /** What this device once showed must be in every history that it takes (P3). */
  #checkPin(): void {
    const { pin } = this.#options.entry
    if (!pin || this.next <= pin.seq) return
    if (this.#ledger.hashAt(pin.seq) !== pin.hash) this.#trouble = 'history-broken'
  }

  /** What the ledger took follows from the first record on; what a pin speaks of must be in it too. */
  #vouch(): void {
    const { pin } = this.#options.entry
    if (pin && this.#ledger.hashAt(pin.seq) !== pin.hash) return
    this.#vouched = this.lines.at(-1)?.at ?? null
  }

  #emptyLedger(): Ledger {
    return new Ledger(this.#options.entry.board, this.#options.actsKey)
  }
}

/** Records up to the first that is none: storage may give back anything. */
function whatReads(kept: readonly unknown[]): Stamped[] {
  const good: Stamped[] = []
  for (const each of kept) {
    const read = v.safeParse(stampedSchema, each)
    if (!read.success) break
    good.push(read.output)
  }
  return good
}

/** Gives the page a turn. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 0))

/**
 * Keeps the ledger in step with the server and with what this device stored.
 * Verified records are kept, and the last one pinned, before they are shown
 * (R10); the next start verifies only what is new.
 */
import type { Trouble } from '../board/board-view.ts'
import { Emitter } from '../emitter.ts'
import { slices } from '../slices.ts'
import { Checking, type Progress } from './checking.ts'
import { Doubt } from './doubt.ts'
import type { Glance } from './glance.ts'
import { Ledger, type Follower, type Line, type Received } from './ledger.ts'
import type { Verifier } from './verifier.ts'
import type { Link } from '../wire/link.ts'
import type { Contradiction, SeatEntry, Vault } from '../entrances/vault.ts'
import { chainHash, readHead } from '../../shared/record.ts'
import { nextSeq, type Extended } from '../../shared/history.ts'
import { stampedSchema, type Stamped } from '../../shared/wire.ts'
import * as v from 'valibot'

export interface RecordsOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly link: Pick<Link, 'state' | 'changed' | 'request' | 'onFact'>
  readonly actsKey: Uint8Array
  readonly followers?: readonly Follower[]
  /** Makes what verifies a long stretch of history; without it, that is done here, in slices. */
  readonly verifier?: () => Promise<Verifier>
}

/** What is verified in one go. */
const BATCH = 256

export class Records {
  readonly changed = new Emitter()
  /** Resolves once what this device kept was read: before, there are no lines and no records. */
  readonly read: Promise<void>
  justJoined = false
  /** As it is kept for the seat. */
  #name: string
  readonly #options: RecordsOptions
  readonly #checking: Checking
  readonly #doubt: Doubt
  readonly #undo: (() => void)[]
  #ledger: Ledger
  /** What is shown until the history is read. */
  #glance: Glance | null = null
  #isRead: () => void = () => undefined
  #hadCache = false
  #vouched: number | null = null
  #caughtUp = false
  #closed = false
  /** One reading at a time, each to the end there is then. */
  #reading: Promise<unknown>
  /** One batch of records at a time, whatever brought them. */
  #turn: Promise<unknown>

  constructor(options: RecordsOptions) {
    this.#options = options
    this.#checking = new Checking(options.verifier)
    this.#name = options.entry.name
    this.#doubt = new Doubt({
      ...options,
      ours: this,
      changed: () => this.changed.emit(),
      isClosed: () => this.#closed,
    })
    this.#ledger = this.#emptyLedger()
    this.read = new Promise((resolve) => (this.#isRead = resolve))
    this.#reading = this.#turn = this.read
    const { link } = options
    this.#undo = [
      link.onFact('record:appended', (record) => void this.#heard(record)),
      link.changed.on((state) => {
        if (state.kind === 'seated') void this.#read(state.seq)
      }),
    ]
  }

  get chain() {
    return (this.#glance ?? this.#ledger).chain
  }
  get standing() {
    return (this.#glance ?? this.#ledger).standing
  }
  /** What is shown before the history is read; null from then on. */
  get glance(): Glance | null {
    return this.#glance
  }
  get lines(): readonly Line[] {
    return this.#ledger.lines
  }
  /** As they were signed, oldest first. */
  get records(): readonly Stamped[] {
    return this.#ledger.records
  }
  get next(): number {
    return nextSeq(this.chain)
  }
  get unreadable(): number {
    return (this.#glance ?? this.#ledger).unreadable
  }
  get trouble(): Trouble | null {
    return this.#doubt.any ? 'history-broken' : null
  }
  /** What the server or the partner's device holds against this history, if anything. */
  get contradiction(): Contradiction | null {
    return this.#doubt.contradiction
  }
  /** When the last record was made (seconds) that is as this device saw it; null where it holds none. */
  get vouchedAt(): number | null {
    return this.#glance ? this.#glance.at : this.#vouched
  }
  /** Whether this device knew the board before. */
  get hadCache(): boolean {
    return this.#hadCache || this.#glance !== null
  }

  /** Everything that the server had once is here. */
  get caughtUp(): boolean {
    return this.#caughtUp
  }
  /** While a long stretch is checked. */
  get progress(): Progress | null {
    return this.#checking.progress
  }

  hashAt(seq: number): string | null {
    return this.#ledger.hashAt(seq)
  }

  /** Shows what was kept of the history, until `load` has read it. */
  show(glance: Glance): void {
    this.#glance = glance
    this.changed.emit()
  }

  /** Reads what this device kept. What its pin does not vouch for is verified again. */
  async load(): Promise<void> {
    const { vault, entry } = this.#options
    const kept = await whatReads(await vault.records(entry).catch(() => []))
    const { pin } = entry
    await this.#receive(kept, true)
    const vouched = pin !== null && this.#ledger.hashAt(pin.seq) === pin.hash
    if (!vouched || this.#ledger.next !== pin.seq + 1) {
      this.#ledger = this.#emptyLedger()
      this.#begin(kept.length)
      await this.#receive(kept, false)
    }
    this.#end()
    const shown = this.#glance
    this.#glance = null
    this.#hadCache = this.#ledger.next > 0
    this.#doubt.checkPin()
    this.#vouch()
    this.#isRead()
    if (shown) this.changed.emit()
  }

  /** Reads what the server has beyond ours; false where it cannot be reached. */
  catchUp(): Promise<boolean> {
    return this.#read(null)
  }

  /** `met`: the last record the server had at login. It must be ours, or ours must lead to it (P3). */
  #read(met: number | null): Promise<boolean> {
    const read = this.#reading.then(async () => {
      const { link } = this.#options
      this.#begin(link.state.kind === 'seated' ? link.state.seq + 1 : 0)
      const whole = await this.#catchUp(met).finally(() => this.#end())
      if (whole && !this.#caughtUp) {
        this.#caughtUp = true
        this.changed.emit()
      }
      return whole
    })
    this.#reading = read.catch(() => undefined)
    return read
  }

  /** Verifies records, keeps them, then shows them. `gap`: others before them are missing. */
  take(records: readonly Stamped[]): Promise<{ readonly gap: boolean }> {
    return this.#inTurn(() => this.#take(records, []))
  }

  close(): void {
    this.#closed = true
    for (const undo of this.#undo) undo()
    this.#checking.close()
  }

  /** While one page of records is taken, the next is asked for and verified. */
  async #catchUp(met: number | null): Promise<boolean> {
    const { link } = this.#options
    let chain = this.chain
    const last = this.next - 1
    const common = met === null || last < 0 ? null : Math.min(met, last)
    let from = common ?? this.next
    let taking: Promise<unknown> = Promise.resolve()
    for (;;) {
      const answer = await link.request('record:since', { seq: from })
      if (!answer.ok) {
        await taking
        return false
      }
      const { more } = answer.value
      let { records } = answer.value
      if (from === common) {
        const [theirs, ...rest] = records
        if (theirs && placeOf(theirs) === common) {
          if (chainHash(theirs) !== this.hashAt(common)) {
            await this.#doubt.contradicted()
            return true
          }
          if (common < last) return this.#doubt.restore(common + 1)
          records = rest
        }
        from = this.next
      }
      this.#doubt.missSeen(met)
      const followed = await this.#checking.follow(chain, records, false)
      await taking
      taking = this.#inTurn(() => this.#take(records, followed))
      // Only a page that was verified elsewhere, and follows as a whole, can be gone beyond already.
      const whole = followed.length > 0 && followed.length === records.length
      if (!whole) await taking
      chain = whole ? (followed.at(-1)?.chain ?? null) : this.chain
      const next = nextSeq(chain)
      if (!more || this.#doubt.isBroken || this.#closed || next === from) {
        await taking
        return true
      }
      from = next
    }
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(job)
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #take(
    records: readonly Stamped[],
    followed: readonly Extended[],
  ): Promise<{ readonly gap: boolean }> {
    const from = this.next
    const before = this.progress
    const received = await this.#fold(records, followed, false)
    if (received === 'broken') void this.#doubt.contradicted()
    this.#doubt.checkPin()
    const added = this.records.slice(from)
    if (added.length > 0 && !this.#doubt.deniesPin) await this.#keep(from, added)
    // What takes long is drawn in steps: drawing takes its time as well.
    if (before === null || before !== this.progress) this.changed.emit()
    return { gap: received === 'gap' }
  }

  /** Takes any number of records, the next of which are verified while some are taken. */
  async #receive(records: readonly Stamped[], known: boolean): Promise<void> {
    const batches: (readonly Stamped[])[] = []
    for (let at = 0; at < records.length; at += BATCH) batches.push(records.slice(at, at + BATCH))
    let ahead = this.#checking.follow(this.#ledger.chain, batches[0] ?? [], known)
    for (const [i, batch] of batches.entries()) {
      const followed = await ahead
      const chain = followed.length === batch.length ? (followed.at(-1)?.chain ?? null) : null
      ahead = chain
        ? this.#checking.follow(chain, batches[i + 1] ?? [], known)
        : Promise.resolve([])
      if ((await this.#fold(batch, followed, known)) !== 'added') return
      if (this.progress) this.changed.emit()
    }
  }

  /** Takes records, of which the first `followed` are verified. How the last one was received. */
  async #fold(
    records: readonly Stamped[],
    followed: readonly Extended[],
    known: boolean,
  ): Promise<Received> {
    const turn = slices()
    let received: Received = 'known'
    for (const [i, record] of records.entries()) {
      await turn()
      const extended = followed[i]
      received = extended ? this.#ledger.add(record, extended) : this.#ledger.receive(record, known)
      if (received === 'added') {
        this.#vouch()
        this.#checking.took(this.#ledger.next)
      } else if (received !== 'known') break
    }
    return received
  }

  #begin(of: number): void {
    if (this.#checking.begin(this.#ledger.next, of)) this.changed.emit()
  }

  #end(): void {
    if (this.#checking.end()) this.changed.emit()
  }

  async #keep(from: number, added: readonly Stamped[]): Promise<void> {
    const { vault, entry } = this.#options
    const { chain } = this.#ledger
    if (chain) {
      await vault
        .keepRecords(entry, from, added, { seq: chain.seq, hash: chain.hash })
        .catch(() => undefined) // a full browser store: verified again next time
    }
    const name = this.standing.names[entry.seat]
    if (name !== null && name !== this.#name) {
      this.#name = name
      await vault.changeSeat(entry, { name }).catch(() => undefined)
    }
    const joined = this.lines.slice(from).some(({ open }) => open?.kind === 'claim')
    if (joined && from > 0 && entry.seat === 'a') this.justJoined = true
  }

  async #heard(record: Stamped): Promise<void> {
    const { gap } = await this.take([record])
    if (gap) await this.catchUp()
  }

  /** Puts the history in doubt for good. */
  contradict(found: Contradiction): Promise<void> {
    return this.#doubt.contradict(found)
  }

  /** What the ledger took follows from the first record on; what a pin speaks of must be in it too. */
  #vouch(): void {
    const { pin } = this.#options.entry
    if (pin && this.#ledger.hashAt(pin.seq) !== pin.hash) return
    this.#vouched = this.lines.at(-1)?.at ?? null
  }

  #emptyLedger(): Ledger {
    const { entry, actsKey, followers } = this.#options
    return new Ledger(entry.board, actsKey, followers)
  }
}

const placeOf = (record: Stamped): number | null => {
  const head = readHead(record.head)
  return head.ok ? head.value.seq : null
}

/** Records up to the first that is none: storage may give back anything. */
async function whatReads(kept: readonly unknown[]): Promise<Stamped[]> {
  const turn = slices()
  const good: Stamped[] = []
  for (const each of kept) {
    await turn()
    const read = v.safeParse(stampedSchema, each)
    if (!read.success) break
    good.push(read.output)
  }
  return good
}

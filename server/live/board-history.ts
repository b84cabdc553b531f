/**
 * The history of one board in use: where it stands, and the one queue through
 * which records are appended (R9). Records themselves are kept only while
 * someone is reading them.
 */
import { extend, type Chain, type Extended } from '../../shared/history.ts'
import { openInvitation } from '../../shared/membership.ts'
import { chainHash, readHead, type Head, type SignedRecord } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { foldStored, type Folded } from './fold-stored.ts'
import { verifyMember } from './verify-member.ts'
import type { Logger } from '../logger.ts'
import { serial } from '../store/serial.ts'
import type { Sidecar, Store, StoredRecord } from '../store/store.ts'

/** What is made durable with a record: before it, so that no record is without it. */
export type Beside = (sidecar: Sidecar) => Sidecar

export interface Appended {
  readonly received: number
  /** Null where the record was in the history already: its acknowledgement was lost. */
  readonly fresh: { readonly stored: StoredRecord; readonly head: Head } | null
}

export interface HistoryOptions {
  readonly board: string
  readonly store: Store
  readonly now: () => number
  readonly logger: Logger
  /** Records that each seat may write. */
  readonly mostPerSeat: number
}

/** Records at the end that are kept, for whoever comes back after a moment. */
const TAIL = 64
const PAGE_BYTES = 256 * 1024

export class BoardHistory {
  readonly serially = serial()
  readonly #options: HistoryOptions
  #chain: Chain
  #written: { a: number; b: number }
  #tail: StoredRecord[]
  /** All records, from when someone asks for old ones until they have read to the end. */
  #all: Promise<readonly StoredRecord[]> | null = null

  private constructor(options: HistoryOptions, folded: Folded, records: readonly StoredRecord[]) {
    this.#options = options
    this.#chain = folded.chain
    this.#written = { ...folded.written }
    this.#tail = records.slice(-TAIL)
  }

  static async load(options: HistoryOptions): Promise<BoardHistory> {
    const { records, damage } = await options.store.history(options.board)
    if (damage !== null) options.logger.warn(damage)
    return new BoardHistory(options, foldStored(options.board, records), records)
  }

  get chain(): Chain {
    return this.#chain
  }

  /** Not more than a page of records from `seq` on. */
  async page(seq: number): Promise<{ records: StoredRecord[]; more: boolean }> {
    const records: StoredRecord[] = []
    if (seq > this.#chain.seq) return { records, more: false }
    const { from, first } = await this.#reaching(seq)
    let bytes = 0
    for (const record of from.slice(seq - first)) {
      bytes += record.head.length + record.sig.length + record.box.length
      if (records.length > 0 && bytes > PAGE_BYTES) return { records, more: true }
      records.push(record)
    }
    this.#all = null
    return { records, more: false }
  }

  async all(): Promise<readonly StoredRecord[]> {
    return (await this.#options.store.history(this.#options.board)).records
  }

  /** When exactly this record was received, or null where it is not in the history. */
  async received(record: SignedRecord): Promise<number | null> {
    return (await this.#find(record))?.received ?? null
  }

  /** Whether the record could come next. */
  admits(record: SignedRecord): Result<Extended> {
    return extend(this.#chain, record, verifyMember)
  }

  /**
   * Appends, or finds the record where it already is. Must run in `serially`.
   * What `beside` makes of the sidecar is durable before the record is; after
   * it, the blob of an invitation that is no longer open is dropped.
   */
  async append(record: SignedRecord, beside: Beside | null): Promise<Result<Appended>> {
    const repeated = await this.#find(record)
    if (repeated) return ok({ received: repeated.received, fresh: null })
    const extended = extend(this.#chain, record, verifyMember)
    if (!extended.ok) return extended
    const { head } = extended.value
    if (this.#written[head.seat] >= this.#options.mostPerSeat) return refuse('room-full')

    const { store, board } = this.#options
    if (beside) await store.changeSidecar(board, beside)
    const stored = { ...record, received: this.#options.now() }
    if (!(await store.appendRecord(board, { seq: head.seq, prev: head.prev }, stored))) {
      await this.#reload() // another process wrote to this board
      return refuse('not-next')
    }
    await this.#took(extended.value, stored)
    return ok({ received: stored.received, fresh: { stored, head } })
  }

  async #took({ chain, head }: Extended, stored: StoredRecord): Promise<void> {
    const before = openInvitation(this.#chain.membership)
    this.#chain = chain
    this.#written[head.seat]++
    this.#tail = [...this.#tail.slice(1 - TAIL), stored]
    this.#all = null
    if (before && openInvitation(chain.membership)?.id !== before.id) await this.#drop(before.id)
  }

  /** The blob has served; that it could not be removed undoes nothing. */
  async #drop(invitation: string): Promise<void> {
    const { store, board, logger } = this.#options
    try {
      await store.changeSidecar(board, (sidecar) => ({
        ...sidecar,
        invitations: { ...sidecar.invitations, [invitation]: null },
      }))
    } catch (cause) {
      logger.error('could not remove what a spent invitation opens', cause)
    }
  }

  async #find(record: SignedRecord): Promise<StoredRecord | null> {
    const head = readHead(record.head)
    if (!head.ok || head.value.seq > this.#chain.seq) return null
    const { from, first } = await this.#reaching(head.value.seq)
    const there = from[head.value.seq - first]
    this.#all = null
    return there && chainHash(there) === chainHash(record) ? there : null
  }

  /** Records that go back at least to `seq`, and the number of the first of them. */
  async #reaching(seq: number): Promise<{ from: readonly StoredRecord[]; first: number }> {
    const first = this.#chain.seq + 1 - this.#tail.length
    if (seq >= first) return { from: this.#tail, first }
    const all = (this.#all ??= this.all())
    try {
      return { from: await all, first: 0 }
    } catch (cause) {
      if (this.#all === all) this.#all = null
      throw cause
    }
  }

  async #reload(): Promise<void> {
    const records = await this.all()
    const { chain, written } = foldStored(this.#options.board, records)
    this.#chain = chain
    this.#written = { ...written }
    this.#tail = records.slice(-TAIL)
    this.#all = null
  }
}

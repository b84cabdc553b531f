/**
 * The verified history of one board as this device holds it: every record is
 * checked from genesis (R10), opened, and folded into the standing. One way in,
 * `receive`, whatever brought the record; repeats are dropped by their number.
 * Nothing here talks to a server or a store.
 */
import { readAct, type Act, type UnknownAct } from '../../shared/act.ts'
import { apply, emptyStanding, type Entry, type Standing } from '../../shared/agreement.ts'
import {
  extend,
  nextSeq,
  replay,
  shownAt,
  type Chain,
  type Extended,
} from '../../shared/history.ts'
import { chainHash, openBody, readHead, type Open } from '../../shared/record.ts'
import type { Stamped } from '../../shared/wire.ts'

/** An entry of the fold, with what only the head says. */
export interface Line extends Entry {
  readonly open: Open | null
  /** Milliseconds since the epoch, by the server's clock. */
  readonly received: number
}

/** Told of every line in turn, with the standing before and after it: what else is drawn from a long history. */
export interface Follower {
  take(line: Line, before: Standing, after: Standing): void
}

export type Received =
  | 'added'
  /** It was here already. */
  | 'known'
  /** Records before it are missing. */
  | 'gap'
  /** It does not follow from what this device has: the history stops here. */
  | 'broken'

export class Ledger {
  readonly #board: string
  readonly #actsKey: Uint8Array
  readonly #followers: readonly Follower[]
  #chain: Chain | null = null
  #standing: Standing = emptyStanding
  readonly #records: Stamped[] = []
  readonly #hashes: string[] = []
  readonly #lines: Line[] = []
  #unreadable = 0

  constructor(board: string, actsKey: Uint8Array, followers: readonly Follower[] = []) {
    this.#followers = followers
    this.#board = board
    this.#actsKey = actsKey
  }

  get chain(): Chain | null {
    return this.#chain
  }

  get standing(): Standing {
    return this.#standing
  }

  get lines(): readonly Line[] {
    return this.#lines
  }

  get records(): readonly Stamped[] {
    return this.#records
  }

  /** Records whose box could not be read. */
  get unreadable(): number {
    return this.#unreadable
  }

  /** Number of the next record. */
  get next(): number {
    return nextSeq(this.#chain)
  }

  /** Chain hash of record `seq`, or null where there is none yet. */
  hashAt(seq: number): string | null {
    return this.#hashes[seq] ?? null
  }

  /**
   * `verified`: this device checked the signature itself before, and a pin vouches
   * for what its store gave back.
   */
  receive(record: Stamped, verified = false): Received {
    const extended = (verified ? replay : extend)(this.#chain, record)
    return extended.ok ? this.#add(record, extended.value) : this.#misplaced(record)
  }

  /**
   * Takes what a verifier made of this chain and the record. Where the chain has
   * moved meanwhile, the record is checked as any other.
   */
  add(record: Stamped, extended: Extended): Received {
    const { seq, prev } = extended.head
    const isNext = seq === this.next && prev === (this.#chain?.hash ?? '')
    return isNext ? this.#add(record, extended) : this.receive(record)
  }

  #add(record: Stamped, { chain, head }: Extended): Received {
    if (chain.board !== this.#board) return 'broken'
    const line = this.#read(head, record)
    this.#chain = chain
    this.#records.push(record)
    this.#hashes.push(chain.hash)
    this.#lines.push(line)
    const before = this.#standing
    this.#standing = apply(before, line)
    for (const follower of this.#followers) follower.take(line, before, this.#standing)
    return 'added'
  }

  /** Why a record is not the next one. Most are, so heads are read a second time only here. */
  #misplaced(record: Stamped): Received {
    const head = readHead(record.head)
    if (!head.ok || head.value.seq === this.next) return 'broken'
    if (head.value.seq > this.next) return 'gap'
    return this.#hashes[head.value.seq] === chainHash(record) ? 'known' : 'broken'
  }

  #read(head: Parameters<typeof openBody>[0], record: Stamped): Line {
    const body = openBody(head, record.box, this.#actsKey)
    const act: Act | UnknownAct | null = body && readAct(body)
    if (act === null) this.#unreadable++
    const before = this.#lines.at(-1)?.at ?? 0
    const at = shownAt(before, head, record.received)
    const { seq, seat, open } = head
    return { seq, seat, act, at, open, received: record.received }
  }
}

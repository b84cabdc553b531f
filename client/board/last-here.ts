/**
 * What this device saw when it was last here, and what the partner did since.
 * It is read and kept on this device only: nothing is sent, asked or timed.
 *
 * *Here* is while the page is to be seen. Once everything is here that the
 * server has, what is new against the memory is told; what comes later comes
 * before one's eyes anyway. The memory moves when the strip is closed, once it
 * has been on the screen for a few seconds (a page that is closed may not get to
 * write any more), and when the page is left or hidden after it was on the screen.
 * The strip itself stays on this page until it is closed: who puts the phone down
 * for a moment reads on.
 */
import { otherSeat } from '../../shared/ids.ts'
import type { TableBoundary } from '../../shared/board-doc.ts'
import type { Seen } from '../entrances/vault.ts'
import type { Emitter } from '../emitter.ts'
import type { Records } from '../history/records.ts'
import type { BoardWords } from '../sync/board-words.ts'
import type { Link } from '../wire/link.ts'
import type { BoardChange } from './board-change.ts'
import type { BoardOptions } from './board-options.ts'
import type { BoardView, SinceView, Told } from './board-view.ts'
import { sinceOf } from '../reading/since.ts'
import type { Table } from './table.ts'

/** As long as it takes to read a few sentences. */
const READ_MS = 5000
/** More than a board can hold, and an end to what a device keeps. */
const SHARED_KEPT = 1000

/** As much of a board as is looked at here. */
export interface OpenBoard extends Pick<BoardView, 'seat' | 'history' | 'today'> {
  readonly records: Records
  readonly table: Table
  readonly words: BoardWords
  readonly link: Link
  readonly changed: Emitter<BoardChange>
}

export class LastHere implements SinceView {
  readonly #board: OpenBoard
  readonly #options: Pick<BoardOptions, 'entry' | 'vault' | 'whileHere'>
  readonly #undo: (() => void)[] = []
  #told: readonly Told[] = []
  /** Number of the last record when that was told. */
  #until = -1
  #looking = false
  #looked = false
  #shown = false
  #here = true
  #reading: ReturnType<typeof setTimeout> | null = null
  #kept: Seen | null = null

  constructor(board: OpenBoard, options: Pick<BoardOptions, 'entry' | 'vault' | 'whileHere'>) {
    this.#board = board
    this.#options = options
    const look = () => void this.#look()
    const { records, words, link, table } = board
    const follow = () => this.#readSoon()
    this.#undo.push(
      records.changed.on(look),
      words.tally.changed.on(look),
      link.changed.on(look),
      records.changed.on(follow),
      table.changed.on(follow),
      options.whileHere?.((here) => (here ? this.#come() : this.#leave())) ?? (() => undefined),
    )
    look()
  }

  /** Without what is not the newest any more: it stands on the list as it is. */
  get told(): readonly Told[] {
    if (this.#told.length === 0) return this.#told
    const newer = new Set<string | null>()
    for (const { seq, boundary } of this.#board.history) if (seq > this.#until) newer.add(boundary)
    return newer.size === 0 ? this.#told : this.#told.filter(({ boundary }) => !newer.has(boundary))
  }

  shown(): void {
    this.#shown = true
    this.#readSoon()
  }

  dismiss(): void {
    this.#told = []
    void this.#remember()
    this.#board.changed.emit(null)
  }

  /** The board is left. */
  close(): void {
    if (this.#here) this.#leave()
    for (const undo of this.#undo.splice(0)) undo()
    if (this.#reading !== null) clearTimeout(this.#reading)
  }

  #come(): void {
    this.#here = true
    this.#looked = false
    void this.#look()
  }

  #leave(): void {
    if (this.#isRead) void this.#remember()
    this.#here = false
  }

  async #look(): Promise<void> {
    if (!this.#here || this.#looked || this.#looking || !this.#caughtUp) return
    this.#looking = true
    try {
      await this.#board.words.sealed.settled()
      const { entry, vault } = this.#options
      // Another tab may have been here meanwhile.
      const seen = (await vault.seat(entry))?.seen
      if (this.#here) this.#tell(seen ?? null)
    } catch {
      // A browser that gives nothing back remembers nothing: there is nothing to tell.
    } finally {
      this.#looking = false
    }
  }

  #tell(seen: Seen | null): void {
    const { seat, history, today } = this.#board
    const open = this.told
    const fresh = seen ? sinceOf({ seen, history, table: this.#table, seat, today }) : []
    const isFresh = new Set(fresh.map(({ boundary }) => boundary))
    this.#looked = true
    this.#until = this.#now.seq
    this.#told = [...fresh, ...open.filter(({ boundary }) => !isFresh.has(boundary))]
    if (fresh.length > 0) this.#shown = false
    if (this.#isRead) void this.#remember()
    this.#board.changed.emit(null)
  }

  /** What is here stands before someone's eyes. */
  get #isRead(): boolean {
    return this.#here && this.#looked && (this.#shown || this.told.length === 0)
  }

  #readSoon(): void {
    if (!this.#isRead) return
    this.#reading ??= setTimeout(() => {
      this.#reading = null
      if (this.#isRead) void this.#remember()
    }, READ_MS)
  }

  /** All that the server has is here: on this connection, and as far as it said. */
  get #caughtUp(): boolean {
    const { link, records, words } = this.#board
    const { state } = link
    return (
      state.kind === 'seated' &&
      records.trouble === null &&
      records.caughtUp &&
      records.next > state.seq &&
      words.tally.inStep
    )
  }

  get #table(): TableBoundary[] {
    const { table } = this.#board
    return table.ids.flatMap((id) => table.get(id) ?? [])
  }

  get #now(): Seen {
    const theirs = this.#table.filter(({ by }) => by === otherSeat(this.#board.seat))
    return { seq: this.#board.records.next - 1, shared: theirs.map(({ id }) => id) }
  }

  /** Two tabs may be at it: what either saw was seen. */
  #remember(): Promise<void> {
    const { entry, vault } = this.#options
    const now = this.#now
    const { seq, shared } = now
    if (this.#kept?.seq === seq && this.#kept.shared.length === shared.length) {
      return Promise.resolve()
    }
    this.#kept = now
    return vault
      .changeSeat(entry, ({ seen }) => ({
        seen: {
          seq: Math.max(seq, seen?.seq ?? -1),
          shared: [...new Set([...shared, ...(seen?.shared ?? [])])].slice(0, SHARED_KEPT),
        },
      }))
      .catch(() => void (this.#kept = null)) // it is told again, then
  }
}

/**
 * One seat's private drafts: a document of their own, on a channel of their own
 * (S9). A draft is shared by publishing its words under the same id; once the
 * board's words are acknowledged, it is deleted here. Until then, and wherever
 * that has not arrived yet, a draft whose id is on the board is hidden.
 */
import {
  addBoundary,
  putText,
  removeBoundary,
  setCategory,
  setKind,
  textsOf,
  type TableBoundary,
} from '../../shared/board-doc.ts'
import type { Category } from '../../shared/categories.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Kind, Texts } from '../../shared/wording.ts'
import { Emitter } from '../emitter.ts'
import type { Records } from '../history/records.ts'
import type { WordsSync } from '../sync/words-sync.ts'
import type { Outstanding } from '../wire/tally.ts'
import type {
  BoardView,
  Card,
  DraftsView,
  Shareable,
  Shared,
  Written,
} from '../board/board-view.ts'
import { Table } from '../board/table.ts'

export const UNDO_MS = 10_000

export interface DraftsOptions {
  readonly words: WordsSync
  readonly seat: Seat
  /** Whether this seat made an id, and a new one. */
  readonly isOwn: (id: string) => boolean
  readonly newId: () => string
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly board: {
    readonly table: Table
    readonly words: { readonly tally: Outstanding }
    readonly records: Pick<Records, 'standing'>
    share(written: Written, id?: string): Shared
  } & Pick<BoardView, 'reading' | 'agree'>
}

interface Deleted {
  readonly draft: TableBoundary
  readonly timer: ReturnType<typeof setTimeout>
}

export class Drafts implements DraftsView {
  /** The id of the draft that changed, or null: anything may have. */
  readonly changed = new Emitter<string | null>()
  readonly words: WordsSync
  readonly #options: DraftsOptions
  readonly #table: Table
  readonly #made = new WeakMap<TableBoundary, Card>()
  readonly #undo: (() => void)[] = []
  #deleted: readonly Deleted[] = []
  #sweeping = false

  constructor(options: DraftsOptions) {
    this.#options = options
    this.words = options.words
    const isRemote = (origin: unknown) => origin === this.words.sealed
    this.#table = new Table(this.words.inner, isRemote, options.isOwn)
    const { table, words } = options.board
    this.#undo.push(
      this.#table.changed.on((changes) => {
        for (const { boundary } of changes) this.changed.emit(boundary)
        this.#sweepSoon()
      }),
      table.changed.on((changes) => {
        // A draft is hidden as soon as its words are on the board.
        if (changes.some(({ boundary }) => this.#table.get(boundary))) this.changed.emit(null)
        this.#sweepSoon()
      }),
      words.tally.changed.on(() => this.#sweepSoon()),
    )
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo()
    for (const { timer } of this.#deleted) clearTimeout(timer)
    this.#deleted = []
    this.#table.destroy()
    this.words.destroy()
  }

  get cards(): readonly Card[] {
    return this.#table.ids
      .flatMap((id) => this.get(id) ?? [])
      .sort((one, other) => other.created - one.created || (one.id < other.id ? -1 : 1))
      .map((draft) => this.#card(draft))
  }

  get deleted(): { readonly id: string; readonly name: string } | null {
    return this.#deleted[0]?.draft ?? null
  }

  get(id: string): TableBoundary | null {
    return this.#isOnBoard(id) ? null : this.#table.get(id)
  }

  keep(written: Written): Shared {
    const { name, words, ifItSlips } = written
    if ((name + words + ifItSlips).trim() === '') return { problem: 'empty' }
    if (this.#table.full) return { problem: 'too-many' }
    const { newId, seat, now } = this.#options
    const id = newId()
    const created = Math.floor(now() / 1000)
    addBoundary(this.words.inner, { id, by: seat, created, ...written })
    return { id }
  }

  edit(id: string, field: keyof Texts, text: string): void {
    const texts = textsOf(this.words.inner, id)
    if (texts) putText(this.words.inner, texts[field], text)
  }

  setKind(id: string, kind: Kind): void {
    setKind(this.words.inner, id, kind)
  }

  setCategory(id: string, category: Category | null): void {
    setCategory(this.words.inner, id, category)
  }

  share(what: Shareable): Shared {
    const { board } = this.#options
    if (typeof what !== 'string') return board.share(what)
    if (this.#isOnBoard(what)) return { id: what }
    const draft = this.#table.get(what)
    return draft ? board.share(draft, what) : { problem: 'empty' }
  }

  async shareAndSayYes(what: Shareable) {
    const shared = this.share(what)
    if ('problem' in shared) return shared
    const { board } = this.#options
    const reading = board.reading(shared.id)
    const said = reading ? await board.agree(reading) : { kind: 'look-again' as const }
    return { id: shared.id, said }
  }

  remove(id: string): void {
    const draft = this.get(id)
    if (!draft) return
    const forget = () => {
      this.#deleted = this.#deleted.filter((each) => each !== deleted)
      this.changed.emit(null)
    }
    const deleted: Deleted = { draft, timer: setTimeout(forget, UNDO_MS) }
    this.#deleted = [deleted, ...this.#deleted]
    removeBoundary(this.words.inner, id)
    this.changed.emit(null)
  }

  undoRemove(): void {
    const [last, ...others] = this.#deleted
    if (!last) return
    clearTimeout(last.timer)
    this.#deleted = others
    addBoundary(this.words.inner, last.draft)
    this.changed.emit(null)
  }

  #isOnBoard(id: string): boolean {
    const { table, records } = this.#options.board
    return table.get(id) !== null || records.standing.boundaries.has(id)
  }

  #card(draft: TableBoundary): Card {
    let card = this.#made.get(draft)
    if (!card) {
      const { id, name, words, category } = draft
      const nothingYet = { theirs: false, partnerYes: 'none', forYou: null } as const
      card = { id, name: name.trim(), status: 'private', category, words, ...nothingYet }
      this.#made.set(draft, card)
    }
    return card
  }

  /** After this turn: what is being written now counts as outstanding only then. */
  #sweepSoon(): void {
    if (this.#sweeping) return
    this.#sweeping = true
    queueMicrotask(() => {
      this.#sweeping = false
      this.#sweep()
    })
  }

  /** Deletes the drafts whose words are on the board and written there. */
  #sweep(): void {
    const { board } = this.#options
    if (this.#undo.length === 0 || !board.words.tally.settled) return
    for (const id of this.#table.ids) if (board.table.get(id)) removeBoundary(this.words.inner, id)
  }
}

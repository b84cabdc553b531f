/**
 * One open board, from one seat: the history, the words, the connection, and the
 * verbs that change them. Runs in a browser and in Node alike; the screens see it
 * through `board.svelte.ts`.
 */
import type { Act } from '../../shared/act.ts'
import type { Category } from '../../shared/categories.ts'
import { standingOf } from '../../shared/agreement.ts'
import { addBoundary, categoryOf, plain, setCategory, textsOf } from '../../shared/board-doc.ts'
import { fourWordsOf, toHex, wordsOf, type Random } from '../../shared/crypto.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { boardKeys, compareDigest, seatSecrets } from '../../shared/keys.ts'
import { openInvitation } from '../../shared/membership.ts'
import type { Open } from '../../shared/record.ts'
import type { Sealer } from '../../shared/sealed-doc.ts'
import {
  cleanName,
  makeWording,
  wordingHash,
  type TextProblem,
  type Texts,
} from '../../shared/wording.ts'
import type {
  Card,
  Connection,
  NotesView,
  HistoryItem,
  OpenBoundary,
  OpenInvitation,
  Reading,
  Said,
  Trouble,
} from './board-view.ts'
import { CardList } from './card-list.ts'
import { chronicleOf } from './chronicle.ts'
import { ConnectionLine } from './connection-line.ts'
import { Drafts } from './drafts.ts'
import { Editors } from './editors.ts'
import type { EditorBinding } from './editor-binding.ts'
import { Emitter } from '../emitter.ts'
import { Link } from '../wire/link.ts'
import { Recorder } from '../history/recorder.ts'
import { Records } from '../history/records.ts'
import type { SquashingOptions } from '../sync/squashing.ts'
import { openBoundaryOf, onTable, wordingOnTable } from './status.ts'
import { Table } from './table.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import { BoardWords } from '../sync/board-words.ts'
import { WordsSync, type KeepDoc } from '../sync/words-sync.ts'
import { bothOutstanding } from '../wire/both-outstanding.ts'
import { Writing } from './writing.ts'

const DAY_MS = 86_400_000
/** A page that is just opening gets this long to connect before an act says it is offline. */
const CONNECT_PATIENCE_MS = 4000

export interface BoardOptions {
  readonly origin: string
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly random: Random
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly keep: KeepDoc | null
  readonly squashing?: SquashingOptions
  readonly sealer?: Sealer
}

/** What changed, so that a screen draws only what it shows. `null`: anything may have. */
export type BoardChange = { readonly boundary: string } | null

export class Board {
  readonly id: string
  readonly seat: Seat
  readonly changed = new Emitter<BoardChange>()
  readonly words: BoardWords
  readonly drafts: Drafts
  readonly records: Records
  readonly link: Link
  readonly table: Table
  readonly #options: BoardOptions
  readonly #recorder: Recorder
  readonly #cards: CardList
  readonly #editors: Editors
  readonly #writing: Writing
  readonly #connection: ConnectionLine
  readonly #undo: (() => void)[] = []
  #invitation: SeatEntry['invitation']
  #history: { readonly length: number; readonly items: readonly HistoryItem[] } | null = null
  #showsPresence: boolean
  #wordsLoaded = false
  #notes: NotesView | null = null
  #closed = false

  constructor(options: BoardOptions) {
    const { entry, origin, random, vault, keep } = options
    this.#options = options
    this.id = entry.board
    this.seat = entry.seat
    this.#invitation = entry.invitation
    const secrets = seatSecrets(entry.seed)
    const keys = boardKeys(entry.boardKey)
    const { board, seat, device } = entry
    this.link = new Link({ origin, board, sign: secrets.sign })
    const sync = {
      ...{ board, seat, device, random, keep, link: this.link },
      ...(options.squashing && { squashing: options.squashing }),
      ...(options.sealer && { sealer: options.sealer }),
    }
    this.words = new BoardWords({ ...sync, keys })
    this.#showsPresence = entry.hidesPresence !== true
    this.words.presence.setShown(this.#showsPresence)
    this.records = new Records({ entry, vault, link: this.link, actsKey: keys.acts })
    this.#recorder = new Recorder({
      seat,
      keys: { sign: secrets.sign.secret, acts: keys.acts },
      ledger: this.records,
      random,
      now: () => Math.floor(options.now() / 1000),
      append: (record, invitation) =>
        this.link.request('record:append', { record, ...(invitation && { invitation }) }),
      catchUp: () => this.records.catchUp(),
      recorded: (record) => this.records.take([record]),
    })
    this.table = new Table(this.words.inner, (origin) => origin === this.words.sealed)
    this.drafts = new Drafts({
      words: new WordsSync({ ...sync, channel: 'mine', key: secrets.mine }),
      ...{ seat, random, now: options.now },
      board: this,
    })
    this.#cards = new CardList(this.table, seat)
    this.#editors = new Editors(this.words, seat, (of) => this.nameOf(of))
    this.#writing = new Writing((boundary) => this.changed.emit({ boundary }))
    this.#connection = new ConnectionLine(
      this.link,
      bothOutstanding(this.words.tally, this.drafts.words.tally),
      () => this.ready,
    )
    this.#listen()
  }

  /** Loads what this device kept, then connects. Resolves once the kept part can be drawn. */
  async open(): Promise<void> {
    await this.records.load()
    this.link.connect()
    await Promise.all([this.words, this.drafts.words].map(({ loaded }) => loaded))
    this.#wordsLoaded = true
    this.changed.emit(null)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const undo of this.#undo.splice(0).reverse()) undo()
    this.#connection.close()
    this.#writing.close()
    this.#editors.close()
    this.drafts.close()
    this.table.destroy()
    this.words.destroy()
    this.records.close()
    this.link.close()
  }

  get ready(): boolean {
    if (!this.records.chain || !this.#wordsLoaded) return false
    // A device that has nothing yet waits for the words too, so that a full board never looks empty.
    const { tally } = this.words
    if (tally.everSynced || tally.state.kind === 'refused') return true
    return this.records.hadCache || this.records.trouble !== null
  }

  get trouble(): Trouble | null {
    if (this.records.trouble) return this.records.trouble
    const { state } = this.link
    if (state.kind === 'refused') {
      if (state.code === 'board-damaged') return 'board-damaged'
      // A server that knows nothing of a board that this device knows is not believed.
      return 'unreachable'
    }
    return this.#options.vault.durable ? null : 'storage-refused'
  }

  get connection(): Connection {
    return this.#connection.current
  }

  get online(): boolean {
    return this.link.state.kind === 'seated'
  }

  get me(): string {
    return this.nameOf(this.seat) ?? this.#options.entry.name
  }

  get partner(): string | null {
    return this.joined ? this.nameOf(otherSeat(this.seat)) : null
  }

  get joined(): boolean {
    return (this.records.chain?.membership.b ?? null) !== null
  }

  nameOf(seat: Seat): string | null {
    return this.records.standing.names[seat]
  }

  get cards(): readonly Card[] {
    return this.#cards.current(this.records.standing)
  }

  get history(): readonly HistoryItem[] {
    const { lines } = this.records
    if (this.#history?.length !== lines.length) {
      this.#history = { length: lines.length, items: chronicleOf(lines) }
    }
    return this.#history.items
  }

  get invitation(): OpenInvitation | null {
    const chain = this.records.chain
    const open = chain && openInvitation(chain.membership)
    const line = open && this.records.lines[open.seq]
    if (!open || !line) return null
    const until = line.received + open.days * DAY_MS
    const mine = this.#invitation?.id === open.id ? this.#invitation : null
    const link = mine && `${this.#options.origin}/join#${toHex(mine.secret)}`
    return { id: open.id, link, until }
  }

  get justJoined(): boolean {
    return this.records.justJoined
  }

  get unreadable(): number {
    const { words, drafts, records } = this
    return records.unreadable + words.sealed.setAsideCount + drafts.words.sealed.setAsideCount
  }

  boundary(id: string): OpenBoundary | null {
    const standing = standingOf(this.records.standing, id)
    const table = this.table.get(id)
    if (!table && !this.records.standing.boundaries.has(id)) return null
    return openBoundaryOf(id, standing, table, this.seat, {
      partnerHere: this.words.presence.isHere(id, otherSeat(this.seat)),
      partnerWriting: this.#writing.isWriting(id),
    })
  }

  /** Puts a new boundary on the table; shown at once, sent when it can be. */
  share(
    texts: Texts,
    id = toHex(this.#options.random(16)),
  ): { readonly id: string } | { readonly problem: TextProblem } {
    const made = makeWording('ours', texts)
    if ('problem' in made) return made
    const { name, words, ifItSlips } = made.wording
    addBoundary(this.words.inner, {
      ...{ id, by: this.seat, created: Math.floor(this.#options.now() / 1000) },
      ...{ name, words, ifItSlips },
    })
    return { id }
  }

  reading(id: string): Reading | null {
    const standing = standingOf(this.records.standing, id)
    const wording = wordingOnTable(onTable(standing, this.table.get(id)))
    return wording && { boundary: id, wording }
  }

  /** Signs exactly what was read, or nothing: if the words have moved since, it says so. */
  async agree(read: Reading): Promise<Said> {
    const { boundary, wording } = read
    const now = this.reading(boundary)?.wording ?? null
    if (!now || wordingHash(boundary, now) !== wordingHash(boundary, wording)) {
      return { kind: 'words-moved', before: wording, after: now }
    }
    return this.#say({ kind: 'yes', boundary, wording })
  }

  takeBack(boundary: string): Promise<Said> {
    return this.#say({ kind: 'take-back', boundary })
  }

  async stepBack(boundary: string): Promise<Said> {
    const { inForce } = standingOf(this.records.standing, boundary)
    if (!inForce) return { kind: 'recorded' } // it has ended already, whoever ended it
    return this.#say({ kind: 'step-back', boundary, words: inForce.words })
  }

  suggestChange(id: string): void {
    const { inForce } = standingOf(this.records.standing, id)
    if (!inForce || textsOf(this.words.inner, id)) return
    const { name, words, ifItSlips } = inForce.wording
    addBoundary(this.words.inner, {
      ...{ id, by: this.seat, created: inForce.at },
      ...{ name, words, ifItSlips },
    })
  }

  async keepWords(id: string): Promise<void> {
    const { putWords } = await import('../../shared/put-words.ts')
    const { inForce } = standingOf(this.records.standing, id)
    const texts = textsOf(this.words.inner, id)
    if (inForce && texts) putWords(this.words.inner, texts, inForce.wording, Editors.ORIGIN)
  }

  async rename(text: string): Promise<Said> {
    const name = cleanName(text)
    if (name === null) return { kind: 'refused', code: 'bad-request' }
    const said = await this.#say({ kind: 'name', name })
    if (said.kind === 'recorded')
      await this.#options.vault.changeSeat(this.#options.entry, { name })
    return said
  }

  async invite(): Promise<Said> {
    const { chain } = this.records
    if (!chain) return { kind: 'offline' }
    const { makeInvitation } = await import('./inviting.ts')
    const { entry, random } = this.#options
    const { id, secret, open, blob } = makeInvitation(chain, entry.boardKey, this.me, random)
    // Kept before it is sent: a link that works must not be lost with an answer.
    await this.#keepInvitation({ id, secret })
    return this.#say({ kind: 'membership' }, { open, invitation: blob })
  }

  async cancelInvitation(): Promise<Said> {
    const { chain } = this.records
    const invite = chain && openInvitation(chain.membership)?.id
    if (!invite) return { kind: 'look-again' }
    const said = await this.#say({ kind: 'membership' }, { open: { kind: 'cancel', invite } })
    if (said.kind === 'recorded') await this.#keepInvitation(null)
    return said
  }

  dismissJustJoined(): void {
    this.records.justJoined = false
    this.changed.emit(null)
  }

  twelveWords(): Promise<string> {
    return wordsOf(this.#options.entry.seed)
  }

  async fourWords(): Promise<readonly string[] | null> {
    const membership = this.records.chain?.membership
    return membership?.b ? fourWordsOf(compareDigest(membership.a, membership.b)) : null
  }

  /** Enters the boundary (presence) until the returned undo. */
  enter(id: string): () => void {
    this.words.presence.enter(id)
    return () => {
      this.#editors.release(id)
      this.words.presence.leave(id)
    }
  }

  get showsPresence(): boolean {
    return this.#showsPresence
  }

  async showPresence(shown: boolean): Promise<void> {
    this.#showsPresence = shown
    this.words.presence.setShown(shown)
    this.changed.emit(null)
    await this.#options.vault.changeSeat(this.#options.entry, { hidesPresence: !shown })
  }

  category(id: string): Category | null {
    return categoryOf(this.words.inner, id)
  }

  setCategory(id: string, category: Category | null): void {
    setCategory(this.words.inner, id, category)
  }

  /** Loaded when first asked for. */
  async notes(): Promise<NotesView> {
    const { Notes } = await import('./notes.ts')
    return (this.#notes ??= new Notes({
      ...{ doc: this.words.inner, seat: this.seat },
      ...{ random: this.#options.random, now: this.#options.now },
      changed: (boundary) => this.changed.emit({ boundary }),
    }))
  }

  editor(id: string): EditorBinding | null {
    return this.#editors.of(id)
  }

  retry(): void {
    this.link.retry()
    this.words.tally.retry()
    this.drafts.words.tally.retry()
  }

  /** The words of a boundary as they read now. For headless partners. */
  textOf(id: string): Texts | null {
    const texts = textsOf(this.words.inner, id)
    return texts && plain(texts)
  }

  async #say(act: Act, membership?: { open: Open; invitation?: Uint8Array }): Promise<Said> {
    if (!(await this.link.seatedWithin(CONNECT_PATIENCE_MS))) return { kind: 'offline' }
    if (this.records.trouble === 'history-broken' && act.kind !== 'step-back') {
      return { kind: 'refused', code: 'history-broken' }
    }
    return this.#recorder.say(act, membership)
  }

  async #keepInvitation(invitation: SeatEntry['invitation']): Promise<void> {
    this.#invitation = invitation
    await this.#options.vault.changeSeat(this.#options.entry, { invitation })
  }

  #listen(): void {
    const all = () => this.changed.emit(null)
    this.#undo.push(
      this.records.changed.on(all),
      this.link.changed.on(all),
      this.#connection.changed.on(all),
      this.words.presence.changed.on(all),
      this.words.setAside.on(all),
      this.drafts.words.setAside.on(all),
      this.table.changed.on((changes) => {
        for (const { boundary, remote } of changes) {
          if (remote && this.words.tally.everSynced) this.#writing.note(boundary)
          this.changed.emit({ boundary })
        }
      }),
    )
  }
}

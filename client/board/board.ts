/**
 * One open board, from one seat: the history, the words, the connection, and the
 * verbs that change them. Runs in a browser and in Node alike; the screens see it
 * through `board.svelte.ts`.
 */
import type { Act } from '../../shared/act.ts'
import type { Category } from '../../shared/categories.ts'
import { standingOf } from '../../shared/agreement.ts'
import { addBoundary, plain, setCategory, textsOf } from '../../shared/board-doc.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { boardKeys, seatSecrets } from '../../shared/keys.ts'
import { isOwnId, makeOwnId } from '../../shared/own-id.ts'
import { makeWording, type Texts } from '../../shared/wording.ts'
import type { Membership } from './acts.ts'
import { Answers } from './answers.ts'
import type { BoardChange } from './board-change.ts'
import type { BoardOptions } from './board-options.ts'
import type {
  Card,
  Connection,
  OpenBoundary,
  OpenInvitation,
  Reading,
  Said,
  ShareProblem,
  Trouble,
  Written,
} from './board-view.ts'
import type { HistoryItem } from '../reading/history-item.ts'
import { CardList } from '../reading/card-list.ts'
import { Chronicle } from '../reading/chronicle.ts'
import { ConnectionLine } from './connection-line.ts'
import { dayAt, everyNewDay } from '../reading/day.ts'
import { Drafts } from '../drafts/drafts.ts'
import { Editors } from '../editor/editors.ts'
import type { EditorBinding } from '../editor/editor-binding.ts'
import { Emitter } from '../emitter.ts'
import { Invitations } from './invitations.ts'
import { LateParts } from './late-parts.ts'
import { Link } from '../wire/link.ts'
import { GlanceKeeper } from '../history/glance-keeper.ts'
import { Records } from '../history/records.ts'
import { Refusals } from '../reading/refusals.ts'
import { People } from './people.ts'
import { Speaking } from './speaking.ts'
import { openBoundaryOf, type Beside } from '../reading/status.ts'
import { Table } from './table.ts'
import { BoardWords } from '../sync/board-words.ts'
import { WordsSync } from '../sync/words-sync.ts'
import { allOutstanding } from '../wire/all-outstanding.ts'
import { Writing } from './writing.ts'

export class Board {
  readonly id: string
  readonly seat: Seat
  readonly changed = new Emitter<BoardChange>()
  readonly words: BoardWords
  readonly drafts: Drafts
  readonly records: Records
  readonly link: Link
  readonly table: Table
  readonly answers: Answers
  readonly people: People
  readonly #options: BoardOptions
  readonly #glances: GlanceKeeper
  readonly #speaking: Speaking
  readonly #invitations: Invitations
  readonly #cards: CardList
  readonly #editors: Editors
  readonly #writing: Writing
  readonly #connection: ConnectionLine
  readonly #undo: (() => void)[] = []
  readonly #history = new Chronicle()
  readonly #newId: () => string
  #showsPresence: boolean
  readonly #refusals = new Refusals()
  #wordsLoaded = false
  readonly #late: LateParts
  #closed = false

  constructor(options: BoardOptions) {
    const { entry, origin, random, vault, keep } = options
    this.#options = options
    this.id = entry.board
    this.seat = entry.seat
    const secrets = seatSecrets(entry.seed)
    const keys = boardKeys(entry.boardKey)
    const { board, seat, device } = entry
    const isOwn = (id: string) => isOwnId(secrets.own, id)
    this.link = new Link({ origin, board, sign: secrets.sign })
    const sync = {
      ...{ board, seat, device, random, keep, isOwn, link: this.link },
      ...(options.squashing && { squashing: options.squashing }),
      ...(options.sealer && { sealer: options.sealer }),
    }
    this.words = new BoardWords({ ...sync, keys })
    this.#showsPresence = entry.hidesPresence !== true
    this.words.presence.setShown(this.#showsPresence)
    this.records = new Records({
      ...{ entry, vault, link: this.link, actsKey: keys.acts },
      ...(options.verifier && { verifier: options.verifier }),
      followers: [this.#history, this.#refusals],
    })
    this.#glances = new GlanceKeeper({
      ...{ entry, vault, random, key: secrets.keep, records: this.records },
      ...(options.whileHere && { whileHere: options.whileHere }),
      refusals: () => this.#refusals.current,
    })
    this.#newId = () => makeOwnId(secrets.own, 16, random)
    const { inner, sealed } = this.words
    this.table = new Table(inner, (origin) => origin === sealed && sealed.takesOthers, isOwn)
    this.drafts = new Drafts({
      words: new WordsSync({ ...sync, channel: 'mine', key: secrets.mine }),
      ...{ seat, isOwn, newId: this.#newId, now: options.now },
      board: this,
    })
    this.#cards = new CardList(this.table, seat)
    this.people = new People({
      ...{ entry, vault, records: this.records },
      say: (act) => this.#say(act),
    })
    this.#editors = new Editors(this.words, seat, (of) => this.people.nameOf(of))
    this.#speaking = new Speaking({
      ...{ entry, secrets, keys, vault, random, now: options.now },
      ...{ link: this.link, records: this.records, words: this.words },
      reading: (id) => this.reading(id),
      isOffline: () => this.connection.kind === 'offline',
    })
    this.#invitations = new Invitations({
      ...{ entry, vault, origin, random, records: this.records },
      name: () => this.me,
      say: (act, membership) => this.#say(act, membership),
    })
    this.answers = new Answers({
      ...{ seat, words: this.words, table: this.table },
      standing: () => this.records.standing,
      say: (act) => this.#say(act),
      changed: (boundary) => this.changed.emit({ boundary }),
    })
    this.#writing = new Writing((boundary) => this.changed.emit({ boundary }))
    this.#connection = new ConnectionLine(
      this.link,
      allOutstanding(this.words.tally, this.drafts.words.tally, this.#speaking),
      () => this.ready,
      () => this.records.progress,
    )
    this.#late = new LateParts({ board: this, options, secrets, keys })
    this.#listen()
  }

  /** Loads what this device kept, then connects. Resolves once the kept part can be drawn. */
  async open(): Promise<void> {
    const glance = await this.#glances.open()
    if (glance) this.records.show(glance)
    else await this.records.load()
    if (this.#options.entry.intentions) await this.#speaking.load()
    this.link.connect()
    await Promise.all([this.words, this.drafts.words].map(({ loaded }) => loaded))
    this.#wordsLoaded = true
    this.changed.emit(null)
    if (glance) await this.records.load()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#late.close()
    this.#glances.close()
    for (const undo of this.#undo.splice(0).reverse()) undo()
    this.link.close()
    this.#connection.close()
    this.#writing.close()
    this.#editors.close()
    this.#speaking.close()
    this.drafts.close()
    this.table.destroy()
    this.words.destroy()
    this.records.close()
  }

  get ready(): boolean {
    if (!this.records.chain || !this.#wordsLoaded) return false
    if (this.records.hadCache || this.records.trouble !== null) return true
    // A device that has nothing yet waits for all of it, so that a full board never looks empty, or as it was once.
    const { tally } = this.words
    return this.records.caughtUp && (tally.everSynced || tally.state.kind === 'refused')
  }

  get trouble(): Trouble | null {
    if (this.records.trouble) return this.records.trouble
    const { state } = this.link
    if (state.kind === 'refused') {
      if (state.code === 'board-damaged') return 'board-damaged'
      // A server that knows nothing of a board that this device knows is not believed.
      return 'unreachable'
    }
    if (!this.#options.vault.durable) return 'storage-refused'
    return this.words.keepRefused || this.drafts.words.keepRefused ? 'words-not-kept' : null
  }

  get vouchedAt(): number | null {
    return this.records.vouchedAt
  }

  get connection(): Connection {
    return this.#connection.current
  }

  get online(): boolean {
    return this.link.state.kind === 'seated'
  }

  get me(): string {
    return this.people.me
  }

  get partner(): string | null {
    return this.people.partner
  }

  get joined(): boolean {
    return this.people.joined
  }

  get cards(): readonly Card[] {
    return this.#cards.current(this.records.standing, this.#beside)
  }

  get history(): readonly HistoryItem[] {
    return this.records.glance ? [] : this.#history.current
  }

  get invitation(): OpenInvitation | null {
    return this.#invitations.current
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
    return openBoundaryOf(
      id,
      standing,
      table,
      this.seat,
      {
        partnerHere: this.words.presence.isHere(id, otherSeat(this.seat)),
        partnerWriting: this.#writing.isWriting(id),
        wantsNoDate: this.answers.wantsNoDate(id, standing.inForce?.words ?? ''),
      },
      this.#beside,
    )
  }

  /** This device's day. */
  get today(): string {
    return dayAt(this.#options.now())
  }

  get #beside(): Beside {
    return {
      today: this.today,
      refusals: this.records.glance?.refusals ?? this.#refusals.current,
      intention: (id) => this.#speaking.intention(id),
    }
  }

  /** Puts a new boundary on the table; shown at once, sent when it can be. */
  share(
    written: Written,
    id = this.#newId(),
  ): { readonly id: string } | { readonly problem: ShareProblem } {
    if (this.table.full) return { problem: 'too-many' }
    const { kind = 'ours', category = null } = written
    const made = makeWording(kind, written)
    if ('problem' in made) return made
    const { name, words, ifItSlips } = made.wording
    addBoundary(this.words.inner, {
      ...{ id, by: this.seat, created: Math.floor(this.#options.now() / 1000) },
      ...{ name, words, ifItSlips, kind, category },
    })
    return { id }
  }

  readonly reading = (id: string) => this.answers.reading(id)
  readonly agree = (read: Reading, why?: string) => this.answers.agree(read, why)
  readonly takeBack = (id: string) => this.answers.takeBack(id)
  readonly stepBack = (id: string) => this.answers.stepBack(id)
  readonly rename = (name: string) => this.people.rename(name)
  readonly twelveWords = () => this.people.twelveWords()
  readonly fourWords = () => this.people.fourWords()

  invite(): Promise<Said> {
    return this.#invitations.invite()
  }

  cancelInvitation(): Promise<Said> {
    return this.#invitations.cancel()
  }

  dismissUnsaid(id: string): void {
    if (this.#speaking.intention(id)?.unsaid) void this.#speaking.drop(id)
  }

  dismissJustJoined(): void {
    this.records.justJoined = false
    this.changed.emit(null)
  }

  /** Enters the boundary (presence) until the returned undo. */
  enter(id: string): () => void {
    this.words.presence.enter(id)
    void this.#late.exchangeHeads()
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

  /** Whether this page is looked at. */
  setSeen(seen: boolean): void {
    this.words.presence.setSeen(seen)
  }

  setCategory(id: string, category: Category | null): void {
    setCategory(this.words.inner, id, category)
  }

  readonly notes = () => this.#late.notes()
  readonly since = () => this.#late.since()
  readonly past = () => this.#late.past()
  readonly bothHistories = () => this.#late.bothHistories()

  get cameBack(): boolean {
    return this.#late.cameBack
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

  #say(act: Act, membership?: Membership): Promise<Said> {
    return this.#speaking.say(act, membership)
  }

  #listen(): void {
    const all = () => this.changed.emit(null)
    const look = everyNewDay(() => this.today, all)
    this.#undo.push(
      look,
      this.records.changed.on(all),
      this.link.changed.on(all),
      this.#connection.changed.on(all),
      this.#speaking.changed.on(all),
      this.words.presence.changed.on(all),
      this.words.setAside.on(all),
      this.words.keeping.on(all),
      this.drafts.words.keeping.on(all),
      this.drafts.words.setAside.on(all),
      this.table.changed.on((changes) => {
        for (const { boundary, remote } of changes) {
          if (remote && this.joined && this.words.tally.everSynced) this.#writing.note(boundary)
          this.changed.emit({ boundary })
        }
      }),
    )
  }
}

/** The parts of an open board that are loaded when they are first asked for: the list is drawn without them. */
import type { BoardKeys, SeatSecrets } from '../../shared/keys.ts'
import type { Past } from '../past/past.ts'
import type { BoardOptions } from './board-options.ts'
import type { NotesView, SinceView } from './board-view.ts'
import type { LastHere, OpenBoard } from './last-here.ts'

export interface LatePartsOptions {
  readonly board: OpenBoard
  readonly options: BoardOptions
  readonly secrets: SeatSecrets
  readonly keys: BoardKeys
}

export class LateParts {
  readonly #board: OpenBoard
  readonly #options: BoardOptions
  readonly #secrets: SeatSecrets
  readonly #keys: BoardKeys
  readonly #undo: (() => void)[] = []
  #notes: NotesView | null = null
  #past: Past | null = null
  #since: LastHere | null = null
  #heads = false
  #steppedBack = false
  #closed = false

  constructor({ board, options, secrets, keys }: LatePartsOptions) {
    this.#board = board
    this.#options = options
    this.#secrets = secrets
    this.#keys = keys
    const look = () => void this.#stepBackThere()
    this.#undo.push(
      board.link.changed.on(look),
      board.records.changed.on(look),
      board.link.changed.on((state) => {
        if (state.kind === 'seated' && state.lacksRing) void this.#sendRing()
      }),
    )
  }

  close(): void {
    this.#closed = true
    this.#since?.close()
    for (const undo of this.#undo.splice(0)) undo()
  }

  async notes(): Promise<NotesView> {
    const { Notes } = await import('./notes.ts')
    const { words, seat, changed } = this.#board
    const { random, now } = this.#options
    return (this.#notes ??= new Notes({
      ...{ doc: words.inner, seat, random, now },
      changed: (boundary) => changed.emit({ boundary }),
    }))
  }

  /** Whether this device remembers an earlier time here. */
  get cameBack(): boolean {
    return this.#since !== null || this.#options.entry.seen !== undefined
  }

  async since(): Promise<SinceView> {
    const { LastHere } = await import('./last-here.ts')
    this.#since ??= new LastHere(this.#board, this.#options)
    if (this.#closed) this.#since.close()
    return this.#since
  }

  async past(): Promise<Past> {
    const { Past } = await import('../past/past.ts')
    const { board } = this.#options.entry
    const history = this.#board.records
    await history.read
    return (this.#past ??= new Past({ board, actsKey: this.#keys.acts, history }))
  }

  async bothHistories(): Promise<unknown> {
    const { bothHistories } = await import('../history/both-histories.ts')
    await this.#board.records.read
    return bothHistories(this.#options.entry.board, this.#board.records, this.#keys.acts)
  }

  async #sendRing(): Promise<void> {
    const { entry, random } = this.#options
    const loaded = await import('../entrances/send-ring.ts').catch(() => null)
    await loaded?.sendRing(this.#board.link, entry, this.#secrets, random)
  }

  /** Once at each login to a server that has another history than ours (P4). */
  async #stepBackThere(): Promise<void> {
    const { link, records, seat } = this.#board
    const other = records.contradiction?.records ?? []
    if (link.state.kind !== 'seated') this.#steppedBack = false
    if (link.state.kind !== 'seated' || !other.length || this.#steppedBack) return
    this.#steppedBack = true
    const { random, now } = this.#options
    const own = { seat, sign: this.#secrets.sign.secret, acts: this.#keys.acts }
    const loaded = await import('../history/step-back-on-both.ts').catch(() => null)
    await loaded?.stepBackThereToo({ own, random, link, records, other, now })
  }

  /** What cannot be fetched now is asked for with the next boundary that is opened. */
  async exchangeHeads(): Promise<void> {
    if (this.#heads) return
    this.#heads = true
    const loaded = await import('../history/heads.ts').catch(() => null)
    if (!loaded) this.#heads = false
    if (!loaded || this.#closed) return
    const { records, seat, words } = this.#board
    const presence = words.presence.inner
    const sign = this.#secrets.sign.secret
    const heads = new loaded.Heads({ seat, sign, presence, records })
    this.#undo.push(() => heads.close())
  }
}

/** The one quiet line about the connection, from the link and the tally of words. */
import type { Connection } from './board-view.ts'
import { Emitter } from '../emitter.ts'
import type { Progress } from '../history/checking.ts'
import type { Link } from '../wire/link.ts'
import type { Outstanding } from '../wire/tally.ts'

/** A connection that has not come up by then counts as offline. */
const FIRST_TRY_MS = 3000
/** A shorter break, while nothing waits to be sent, is not worth a word. */
const BLIP_MS = 1500
const BACK_ONLINE_MS = 4000

type Timer = ReturnType<typeof setTimeout>

export class ConnectionLine {
  readonly changed = new Emitter()
  readonly #link: Pick<Link, 'state' | 'changed'>
  readonly #tally: Outstanding
  readonly #ready: () => boolean
  readonly #progress: () => Progress | null
  readonly #undo: (() => void)[] = []
  #wasOffline = false
  #wasSeated = false
  #backOnline: Timer | null = null
  /** Runs while there is no connection and that is not said yet. */
  #patience: Timer | null

  constructor(
    link: Pick<Link, 'state' | 'changed'>,
    tally: Outstanding,
    ready: () => boolean,
    progress: () => Progress | null = () => null,
  ) {
    this.#progress = progress
    this.#link = link
    this.#tally = tally
    this.#ready = ready
    this.#patience = setTimeout(() => this.#giveUp(), FIRST_TRY_MS)
    this.#undo.push(
      link.changed.on(() => this.#follow()),
      tally.changed.on(() => this.#follow()),
    )
  }

  get current(): Connection {
    const tally = this.#tally.state
    if (!this.#isSeated && this.#wasOffline) return { kind: 'offline' }
    const progress = this.#progress()
    if (progress) return { kind: 'checking', ...progress }
    if (!this.#ready()) return { kind: 'opening' }
    // A device also sends what the partner wrote and the server lacks: no concern of whoever wrote nothing.
    if (tally.kind === 'refused' && !this.#tally.settled) return tally
    if (tally.kind !== 'saved') {
      return { kind: this.#tally.settled && !this.#wasOffline ? 'saved' : 'saving' }
    }
    // Whoever reads the line before it has heard that all is sent is told the same.
    return { kind: this.#backOnline || this.#wasOffline ? 'back-online' : 'saved' }
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo()
    this.#stopPatience()
    if (this.#backOnline) clearTimeout(this.#backOnline)
  }

  get #isSeated(): boolean {
    return this.#link.state.kind === 'seated'
  }

  #follow(): void {
    if (this.#isSeated) this.#up()
    else this.#down()
    this.changed.emit()
  }

  #up(): void {
    this.#wasSeated = true
    this.#stopPatience()
    if (!this.#wasOffline || this.#tally.state.kind !== 'saved') return
    this.#wasOffline = false
    if (this.#backOnline) clearTimeout(this.#backOnline)
    this.#backOnline = setTimeout(() => {
      this.#backOnline = null
      this.changed.emit()
    }, BACK_ONLINE_MS)
  }

  #down(): void {
    const waits = !this.#tally.settled && this.#tally.state.kind !== 'refused'
    if (this.#wasOffline) return
    if (this.#wasSeated && waits) this.#wasOffline = true
    else this.#patience ??= setTimeout(() => this.#giveUp(), BLIP_MS)
  }

  #giveUp(): void {
    this.#patience = null
    this.#wasOffline = true
    this.changed.emit()
  }

  #stopPatience(): void {
    if (this.#patience) clearTimeout(this.#patience)
    this.#patience = null
  }
}

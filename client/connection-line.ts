/** The one quiet line about the connection, from the link and the tally of words. */
import type { Connection } from './board-view.ts'
import { Emitter } from './emitter.ts'
import type { Tally } from './frame-socket.ts'
import type { Link } from './link.ts'

/** A connection that has not come up by then counts as offline. */
const FIRST_TRY_MS = 3000
const BACK_ONLINE_MS = 4000

export class ConnectionLine {
  readonly changed = new Emitter()
  readonly #link: Link
  readonly #tally: Tally
  readonly #ready: () => boolean
  readonly #undo: (() => void)[] = []
  #wasOffline = false
  #backOnline: ReturnType<typeof setTimeout> | null = null
  #firstTry: ReturnType<typeof setTimeout> | null

  constructor(link: Link, tally: Tally, ready: () => boolean) {
    this.#link = link
    this.#tally = tally
    this.#ready = ready
    this.#firstTry = setTimeout(() => {
      this.#firstTry = null
      this.#follow()
    }, FIRST_TRY_MS)
    this.#undo.push(
      link.changed.on(() => this.#follow()),
      tally.changed.on(() => this.#follow()),
    )
  }

  get current(): Connection {
    const tally = this.#tally.state
    const seated = this.#link.state.kind === 'seated'
    if (!seated && (this.#wasOffline || this.#firstTry === null)) return { kind: 'offline' }
    if (!this.#ready()) return { kind: 'opening' }
    if (!seated) return { kind: 'saving' }
    if (tally.kind === 'refused') return tally
    if (tally.kind !== 'saved') return { kind: 'saving' }
    return { kind: this.#backOnline ? 'back-online' : 'saved' }
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo()
    if (this.#firstTry) clearTimeout(this.#firstTry)
    if (this.#backOnline) clearTimeout(this.#backOnline)
  }

  #follow(): void {
    const seated = this.#link.state.kind === 'seated'
    if (seated && this.#firstTry) {
      clearTimeout(this.#firstTry)
      this.#firstTry = null
    }
    if (!seated && this.#firstTry === null) this.#wasOffline = true
    if (seated && this.#wasOffline && this.#tally.state.kind === 'saved') {
      this.#wasOffline = false
      if (this.#backOnline) clearTimeout(this.#backOnline)
      this.#backOnline = setTimeout(() => {
        this.#backOnline = null
        this.changed.emit()
      }, BACK_ONLINE_MS)
    }
    this.changed.emit()
  }
}

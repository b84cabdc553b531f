/**
 * What is outstanding of the words written here (S8). Saved means: the server's
 * step 1 came on this connection, so our answer with all it lacks is under way
 * or written, and nothing is outstanding. Never the provider's `synced`, which
 * says nothing of our own words.
 *
 * After a refusal the words wait here, longer each time, and everything is sent
 * again; the refusal stands until all of it is written.
 */
import type { RefusalCode } from '../../shared/refusal.ts'
import { Emitter } from '../emitter.ts'

export type TallyState =
  | { readonly kind: 'unsynced' }
  /** Everything written here has been acknowledged on this connection. */
  | { readonly kind: 'saved' }
  | { readonly kind: 'sending' }
  /** The server said no to some words. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }

/** What the connection line is told of. */
export type Outstanding = Pick<Tally, 'state' | 'settled'> & {
  readonly changed: Pick<Emitter, 'on'>
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

export class Tally {
  readonly changed = new Emitter()
  /** After a refusal: it is time to send everything again. */
  readonly due = new Emitter()
  #asked = false
  #answered = false
  #outstanding = 0
  #settled = false
  #everSynced = false
  #refused: RefusalCode | null = null
  #refusals = 0
  #waiting: ReturnType<typeof setTimeout> | null = null

  get state(): TallyState {
    if (this.#refused) return { kind: 'refused', code: this.#refused }
    if (!this.#asked) return { kind: 'unsynced' }
    return this.#outstanding === 0 ? { kind: 'saved' } : { kind: 'sending' }
  }

  /** Whether this page has been in step with the server at least once. */
  get everSynced(): boolean {
    return this.#everSynced
  }

  /** Whether this connection has brought what was written elsewhere, and taken what was written here. */
  get inStep(): boolean {
    return this.#answered && this.state.kind === 'saved'
  }

  /** Whether all that was written here is written there, on whichever connection it was sent. */
  get settled(): boolean {
    return this.#settled
  }

  /** Words are held back: the server refused some a moment ago. */
  get holding(): boolean {
    return this.#waiting !== null
  }

  /** Another connection counts anew. What was refused stays refused. */
  reset(): void {
    this.#asked = this.#answered = false
    this.#outstanding = 0
    this.changed.emit()
  }

  /** Something was written here, whether or not it can be sent. */
  wrote(): void {
    if (!this.#settled) return
    this.#settled = false
    this.changed.emit()
  }

  /** Their step 1 has been handed to the provider, which answered it at once. */
  asked(): void {
    this.#asked = true
    this.changed.emit()
  }

  /** Their step 2, with all that this page lacked, has been handed to the provider. */
  answered(): void {
    this.#answered = true
    this.changed.emit()
  }

  sending(): void {
    this.#outstanding++
    this.changed.emit()
  }

  written(frames: number): void {
    this.#outstanding -= frames
    if (this.#asked && this.#outstanding === 0) {
      this.#refused = null
      this.#refusals = 0
      this.#settled = true
      this.#everSynced = true
    }
    this.changed.emit()
  }

  /** Those frames, and what follows them, have to be sent again. */
  refused(code: RefusalCode, frames = 0): void {
    this.#outstanding -= frames
    this.#asked = false
    if (!this.holding) {
      this.#refused = code
      const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#refusals++, LONGEST_WAIT_MS)
      this.#waiting = setTimeout(() => this.retry(), wait)
    }
    this.changed.emit()
  }

  /** Not even what others wrote can be had. */
  shut(code: RefusalCode): void {
    this.#settled = false
    this.refused(code)
  }

  /** Sends what was refused again, without waiting any longer. */
  retry(): void {
    if (this.#waiting === null) return
    clearTimeout(this.#waiting)
    this.#waiting = null
    this.due.emit()
  }

  close(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
    this.#waiting = null
  }
}

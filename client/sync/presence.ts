/**
 * Who else has this boundary open, and where their caret is (S5). Exists only
 * inside a boundary that both have open: the server relays it among the sockets
 * of one opaque room, sealed, and stores nothing.
 *
 * The editor binds to `inner`, an awareness over the inner document. It travels
 * sealed in one field of the outer document's awareness, which the provider
 * sends.
 */
import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import { fromBase64, toBase64 } from 'lib0/buffer'
import * as decoding from 'lib0/decoding'
import type * as Y from 'yjs'
import { hash, open, seal, type Random } from '../../shared/crypto.ts'
import { seatSchema, type Seat } from '../../shared/ids.ts'
import { presenceRoom } from '../../shared/keys.ts'
import { Emitter } from '../emitter.ts'
import type { AwarenessGate } from '../wire/frame-socket.ts'
import type { Link } from '../wire/link.ts'
import * as v from 'valibot'

const MAX_OTHERS = 32
const stateSchema = v.looseObject({
  live: v.pipe(v.string(), v.maxLength(4096), v.base64()),
})
const innerSchema = v.looseObject({ seat: seatSchema })

export interface PresenceOptions {
  readonly board: string
  readonly seat: Seat
  readonly live: Uint8Array
  readonly link: Link
  readonly inner: Y.Doc
  readonly outer: Awareness
  readonly random: Random
}

export class Presence implements AwarenessGate {
  readonly changed = new Emitter()
  readonly inner: Awareness
  readonly #options: PresenceOptions
  /** Outer client id → the inner one it speaks for. */
  readonly #others = new Map<number, number>()
  readonly #undo: (() => void)[] = []
  #boundary: string | null = null
  /** What is sealed here is bound to this board and boundary. */
  #context: Uint8Array = new Uint8Array()
  #joined = false
  /** Switched off, no room is joined: neither sees the other. */
  #shown = true
  /** A page that nobody looks at is in no boundary. */
  #seen = true

  constructor(options: PresenceOptions) {
    this.#options = options
    this.inner = new Awareness(options.inner)
    this.inner.setLocalState(null)
    const { outer, link } = options
    const publish = (_: unknown, origin: unknown) => {
      if (origin === 'local') this.#publish()
    }
    this.inner.on('update', publish)
    const heard = (change: AwarenessChange, origin: unknown) => {
      if (origin !== 'local') this.#heard(change)
    }
    outer.on('change', heard)
    this.#undo.push(
      () => this.inner.off('update', publish),
      () => outer.off('change', heard),
      link.changed.on((state) => {
        this.#joined = false
        if (state.kind === 'seated') void this.#join()
      }),
    )
  }

  /** Whether awareness frames may leave at all. */
  get open(): boolean {
    return this.#joined
  }

  get clientId(): number {
    return this.#options.outer.clientID
  }

  /** Whether that seat has this boundary open now, and so have we. */
  isHere(boundary: string, seat: Seat): boolean {
    if (boundary !== this.#boundary) return false
    return [...this.inner.getStates()].some(
      ([client, state]) =>
        client !== this.inner.clientID && v.is(innerSchema, state) && state.seat === seat,
    )
  }

  /** Enters a boundary, leaving any other. */
  enter(boundary: string): void {
    if (this.#boundary === boundary) return
    if (this.#boundary !== null) this.leave(this.#boundary)
    this.#boundary = boundary
    this.#context = hash('presence', this.#options.board, boundary)
    if (this.#visible) this.#come()
  }

  /** Leaves that boundary, if it is the one entered. */
  leave(boundary: string): void {
    if (this.#boundary !== boundary) return
    this.#boundary = null
    if (this.#visible) this.#go()
  }

  /** *Show when I'm here*: switched off, one sees nobody and nobody sees one. */
  setShown(shown: boolean): void {
    this.#set(() => (this.#shown = shown))
  }

  /** Whether the page is looked at: hidden, it leaves the room and keeps the boundary for later. */
  setSeen(seen: boolean): void {
    this.#set(() => (this.#seen = seen))
  }

  /** Shows oneself to everyone in the room, with a new clock: whoever forgot us takes nothing older. */
  show(): void {
    if (this.#joined) this.inner.setLocalState(this.inner.getLocalState())
  }

  destroy(): void {
    if (this.#boundary !== null) this.leave(this.#boundary)
    for (const undo of this.#undo.splice(0)) undo()
    this.inner.destroy()
  }

  get #visible(): boolean {
    return this.#shown && this.#seen
  }

  #set(change: () => void): void {
    const before = this.#visible
    change()
    if (this.#boundary === null || this.#visible === before) return
    if (this.#visible) this.#come()
    else this.#go()
    this.changed.emit()
  }

  #come(): void {
    this.inner.setLocalState({ seat: this.#options.seat })
    void this.#join()
  }

  #go(): void {
    this.#joined = false
    this.inner.setLocalState(null)
    this.#options.outer.setLocalState(null)
    this.#forget([...this.#others.keys()])
    void this.#options.link.request('presence:leave', {})
  }

  async #join(): Promise<void> {
    const boundary = this.#boundary
    if (boundary === null || !this.#visible) return
    const room = presenceRoom(this.#options.live, boundary)
    const answer = await this.#options.link.request('presence:join', { room })
    if (!answer.ok || this.#boundary !== boundary || !this.#visible) return
    this.#joined = true
    this.show()
  }

  #publish(): void {
    if (!this.#joined || this.inner.getLocalState() === null) return
    const update = encodeAwarenessUpdate(this.inner, [this.inner.clientID])
    const { live, random, outer } = this.#options
    outer.setLocalState({ live: toBase64(seal(live, this.#context, update, random)) })
  }

  #heard({ added, updated, removed }: AwarenessChange): void {
    this.#forget(removed)
    for (const client of [...added, ...updated]) {
      if (client !== this.clientId) this.#hear(client)
    }
    this.changed.emit()
  }

  #hear(client: number): void {
    if (!this.#visible || this.#boundary === null) return // it was on its way when we left
    const state = v.safeParse(stateSchema, this.#options.outer.getStates().get(client))
    if (!state.success) return
    const update = open(this.#options.live, this.#context, fromBase64(state.output.live))
    const inner = update && soleClientOf(update)
    if (!update || inner === null || inner === this.inner.clientID) return
    if (!this.#others.has(client) && this.#others.size >= MAX_OTHERS) return
    try {
      applyAwarenessUpdate(this.inner, update, this)
      this.#others.set(client, inner)
    } catch {
      return // not an awareness update: shown as nobody
    }
  }

  #forget(clients: readonly number[]): void {
    const gone = clients.flatMap((client) => this.#others.get(client) ?? [])
    for (const client of clients) this.#others.delete(client)
    if (gone.length > 0) removeAwarenessStates(this.inner, gone, this)
    this.changed.emit()
  }
}

interface AwarenessChange {
  readonly added: number[]
  readonly updated: number[]
  readonly removed: number[]
}

/** The one client an awareness update speaks for, or null. */
function soleClientOf(update: Uint8Array): number | null {
  try {
    const decoder = decoding.createDecoder(update)
    return decoding.readVarUint(decoder) === 1 ? decoding.readVarUint(decoder) : null
  } catch {
    return null // not an awareness update
  }
}

/**
 * The path of words of one channel (S1–S9): the inner document bound to the
 * sealed outer one, the outer one kept by the browser and synced by the
 * y-websocket provider over the link. Nothing of presence leaves from here but
 * through `gate`, which is shut unless someone opens it.
 */
import { WebsocketProvider } from 'y-websocket'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Random } from '../../shared/crypto.ts'
import type { Seat } from '../../shared/ids.ts'
import { createSealer, SealedDoc, type Sealer } from '../../shared/sealed-doc.ts'
import { Emitter } from '../emitter.ts'
import type { Channel } from '../../shared/wire.ts'
import { frameSocketFor, type AwarenessGate } from '../wire/frame-socket.ts'
import type { Link } from '../wire/link.ts'
import { defaultSquashing, startSquashing, type SquashingOptions } from './squashing.ts'
import { Tally } from '../wire/tally.ts'

const STORAGE_PATIENCE_MS = 2000
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024

/**
 * Keeps a document on this device: resolves when what was kept is loaded.
 * `refused` is told when the device does not keep what is written, and when it does again.
 */
export type KeepDoc = (
  name: string,
  doc: Y.Doc,
  refused?: (refused: boolean) => void,
) => { loaded: Promise<unknown>; close(): void }

export interface WordsSyncOptions {
  readonly board: string
  readonly seat: Seat
  readonly device: string
  readonly channel: Channel
  /** Knows the devices of this seat by their ids. */
  readonly isOwn?: (id: string) => boolean
  /** Seals this channel. */
  readonly key: Uint8Array
  readonly link: Link
  readonly random: Random
  readonly keep: KeepDoc | null
  readonly squashing?: SquashingOptions
  /** Tests that look for leaks switch sealing off through this. */
  readonly sealer?: Sealer
}

const SHUT: AwarenessGate = { open: false, clientId: 0, show: () => undefined }

export class WordsSync {
  readonly outer = new Y.Doc()
  readonly sealed: SealedDoc
  readonly tally = new Tally()
  /** There are more envelopes that could not be used. */
  readonly setAside = new Emitter()
  /** Whether this device keeps what is written here has changed. */
  readonly keeping = new Emitter()
  /** Of the outer document. */
  readonly awareness: Awareness
  /** Resolves once what this device kept is on the table, or cannot be had. */
  readonly loaded: Promise<void>
  readonly #provider: WebsocketProvider
  readonly #undo: (() => void)[] = []
  /** Which awareness frames may leave. */
  protected gate: AwarenessGate = SHUT
  #keepRefused = false

  constructor(options: WordsSyncOptions) {
    const { board, device, channel, key, link, random } = options
    const sealer = options.sealer ?? createSealer({ key, board, channel, random })
    this.sealed = new SealedDoc(this.outer, device, sealer, options.isOwn)
    this.awareness = new Awareness(this.outer)
    this.awareness.setLocalState(null)
    this.#provider = new WebsocketProvider('ws://board', channel, this.outer, {
      connect: false,
      awareness: this.awareness,
      disableBc: true, // its fallback would write to localStorage
      maxBackoffTime: 0, // the link owns reconnecting
      WebSocketPolyfill: frameSocketFor({
        link,
        channel,
        tally: this.tally,
        gate: () => this.gate,
        maxBytes: MAX_DOCUMENT_BYTES,
      }),
    })
    this.#sayOwnAwarenessOnly()
    const onOuter = (_: Uint8Array, origin: unknown) => {
      if (origin === this.sealed) this.tally.wrote()
    }
    this.sealed.onSetAside = () => this.setAside.emit()
    this.outer.on('update', onOuter)
    this.#undo.push(() => this.outer.off('update', onOuter))
    this.#undo.push(startSquashing(this.sealed, this.outer, options.squashing ?? defaultSquashing))
    this.loaded = this.#load(options)
  }

  /** This device does not keep all that is written here: it is sent, and gone with the page where it was not. */
  get keepRefused(): boolean {
    return this.#keepRefused
  }

  get inner(): Y.Doc {
    return this.sealed.inner
  }

  destroy(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo()
    this.#provider.destroy()
    this.awareness.destroy()
    this.tally.close()
    this.sealed.destroy()
    this.outer.destroy()
  }

  /** The provider would work out an echo of whatever another shows, which may not leave (S7). */
  #sayOwnAwarenessOnly(): void {
    const say = this.#provider._awarenessUpdateHandler
    this.awareness.off('update', say)
    this.awareness.on('update', (change: unknown, origin: unknown) => {
      if (origin === 'local') say(change, origin)
    })
  }

  #keeps(refused: boolean): void {
    if (this.#keepRefused === refused) return
    this.#keepRefused = refused
    this.keeping.emit()
  }

  async #load({ keep, board, seat, channel }: WordsSyncOptions): Promise<void> {
    if (keep) {
      const name = `hedgerow/${board}/${seat}`
      const place = channel === 'board' ? name : `${name}/${channel}`
      const kept = keep(place, this.outer, (refused) => this.#keeps(refused))
      this.#undo.push(() => kept.close())
      await withinOrGivenUp(kept.loaded, STORAGE_PATIENCE_MS)
      await this.sealed.settled()
    }
    this.#provider.connect()
  }
}

/** Waits for `promise` to settle either way, at most `ms`. */
async function withinOrGivenUp(promise: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)))
  await Promise.race([promise.catch(() => undefined), patience])
  clearTimeout(timer)
}

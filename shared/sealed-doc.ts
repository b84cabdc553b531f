/**
 * Binds the inner document (words, in memory) to the outer one (sealed
 * envelopes: what is synced, stored and relayed) (S2–S4).
 *
 * Outer roots: one Y.Array per writing device, `w:<device>`, holding one
 * envelope per inner update; and `base`, holding squashed ones. Order does not
 * matter and a repeat is harmless. An envelope that does not open, or holds what
 * is not an update of its writer's, is set aside and counted: never fatal, never
 * deleted.
 */
import * as Y from 'yjs'
import { concat } from './bytes.ts'
import { hash, open, seal, NONCE_BYTES, TAG_BYTES, type Random } from './crypto.ts'
import { mergeTree } from './yjs-merge.ts'

/** Seals and opens envelopes. Opening may take its time, so that it can move to a worker. */
export interface Sealer {
  seal(update: Uint8Array): Uint8Array
  /** In the same order; null where an envelope does not open. */
  open(envelopes: readonly Uint8Array[]): Opened | Promise<Opened>
}

type Opened = readonly (Uint8Array | null)[]

const VERSION = 1
const EPOCH = 0
const HEADER = Uint8Array.of(VERSION, EPOCH >> 8, EPOCH & 0xff)

/**
 * `version ‖ epoch(u16) ‖ nonce(24) ‖ XChaCha20-Poly1305(key, aad)` with
 * `aad = hash("envelope", board, channel, epoch)` over a Yjs V1 update (S3).
 */
export function createSealer(options: {
  readonly key: Uint8Array
  readonly board: string
  readonly channel: string
  readonly random: Random
}): Sealer {
  const { key, board, channel, random } = options
  const aad = hash('envelope', board, channel, `${EPOCH}`)
  const openOne = (envelope: Uint8Array): Uint8Array | null =>
    envelope.length >= HEADER.length + NONCE_BYTES + TAG_BYTES &&
    HEADER.every((byte, i) => byte === envelope[i])
      ? open(key, aad, envelope.subarray(HEADER.length))
      : null
  return {
    seal: (update) => concat(HEADER, seal(key, aad, update, random)),
    open: (envelopes) => envelopes.map(openOne),
  }
}

const BASE = 'base'
const LOOSE = 'w:'
/** From this many on, updates are merged before they are applied. */
const MERGE_FROM = 16

/** What a squash is decided by. */
export interface Load {
  readonly looseCount: number
  readonly looseBytes: number
  readonly baseCount: number
  readonly baseBytes: number
}

/** What the array that an envelope lies in says of it. */
interface Kind {
  readonly loose: boolean
  /** It is the array of one of this seat's own devices. */
  readonly own: boolean
}

interface Waiting extends Kind {
  readonly envelope: Uint8Array
}

export class SealedDoc {
  readonly inner = new Y.Doc({ gc: true })
  /** Told when there are more envelopes that could not be used. */
  onSetAside: (() => void) | null = null
  readonly #outer: Y.Doc
  readonly #own: string
  readonly #sealer: Sealer
  readonly #isOwnDevice: (device: string) => boolean
  readonly #arrays = new Map<string, Y.Array<unknown>>()
  readonly #kinds = new Map<unknown, Kind>()
  /** Envelopes whose content is in `inner`, by identity: exactly those a squash may replace. */
  readonly #applied = new WeakSet<object>()
  readonly #setAside = new WeakSet<object>()
  #setAsideCount = 0
  /** As many were told of. */
  #told = 0
  #byOthers = false
  #waiting: Waiting[] = []
  #draining: Promise<void> | null = null
  #undo: (() => void)[] = []

  /** `device` names the array this device writes to; `isOwnDevice` knows those of the same seat. */
  constructor(
    outer: Y.Doc,
    device: string,
    sealer: Sealer,
    isOwnDevice: (device: string) => boolean = () => false,
  ) {
    this.#outer = outer
    this.#isOwnDevice = (other) => other === device || isOwnDevice(other)
    this.#own = LOOSE + device
    this.#sealer = sealer
    for (const name of [BASE, this.#own]) this.#adopt(name)
    this.#adoptRoots()
    this.#listen()
    this.#open()
  }

  /** Envelopes that could not be used. */
  get setAsideCount(): number {
    return this.#setAsideCount
  }

  /**
   * While the inner document takes in what arrived: whether any of it may be
   * another seat's. What lies in `base` may be anyone's.
   */
  get takesOthers(): boolean {
    return this.#byOthers
  }

  /** Resolves when everything that has arrived so far is in the inner document, or set aside. */
  async settled(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  load(): Load {
    const load = { looseCount: 0, looseBytes: 0, baseCount: 0, baseBytes: 0 }
    for (const [name, array] of this.#arrays) {
      for (const envelope of array.toArray()) {
        if (!(envelope instanceof Uint8Array) || this.#setAside.has(envelope)) continue
        if (name === BASE) {
          load.baseCount++
          load.baseBytes += envelope.length
        } else {
          load.looseCount++
          load.looseBytes += envelope.length
        }
      }
    }
    return load
  }

  /**
   * Replaces every envelope that this device opened and applied by one, in one
   * outer transaction (S4). Others' newer envelopes stay, so two devices that
   * squash at once lose nothing. False, and nothing changes, while some are
   * still being opened.
   */
  squash(): boolean {
    if (this.#draining) return false
    const sealed = this.#sealer.seal(collected(this.inner))
    this.#outer.transact(() => {
      for (const array of this.#arrays.values()) this.#deleteApplied(array)
      this.#outer.getArray(BASE).push([sealed])
    }, this)
    return true
  }

  /** Stops following both documents and destroys the inner one. */
  destroy(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo()
    this.#waiting = []
    this.inner.destroy()
  }

  #listen(): void {
    const { inner } = this
    const onInner = (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#publish(update)
    }
    inner.on('update', onInner)
    this.#undo.push(() => inner.off('update', onInner))
    const onOuter = (transaction: Y.Transaction) => {
      this.#takeIn(transaction)
      this.#adoptRoots()
      this.#open() // all of it together
    }
    this.#outer.on('afterTransaction', onOuter)
    this.#undo.push(() => this.#outer.off('afterTransaction', onOuter))
  }

  #publish(update: Uint8Array): void {
    const envelope = this.#sealer.seal(update)
    this.#outer.transact(() => this.#outer.getArray(this.#own).push([envelope]), this)
  }

  /** Roots arrive untyped, so others' arrays are found when they first appear. */
  #adoptRoots(): void {
    if (this.#outer.share.size === this.#arrays.size) return
    for (const name of this.#outer.share.keys()) {
      if (!this.#arrays.has(name) && name.startsWith(LOOSE)) this.#adopt(name)
    }
  }

  #adopt(name: string): void {
    const array = this.#outer.getArray<unknown>(name)
    const loose = name !== BASE
    const kind = { loose, own: loose && this.#isOwnDevice(name.slice(LOOSE.length)) }
    this.#arrays.set(name, array)
    this.#kinds.set(array, kind)
    this.#receive(array.toArray(), kind)
  }

  #takeIn(transaction: Y.Transaction): void {
    for (const { parent, content } of addedIn(transaction)) {
      const kind = this.#kinds.get(parent)
      if (!kind) continue
      // Yjs stores a copy of what is pushed, so our own are known from here, by identity.
      if (transaction.origin === this) {
        for (const own of content.getContent()) this.#applied.add(own as object)
      } else this.#receive(content.getContent(), kind)
    }
  }

  #receive(values: readonly unknown[], kind: Kind): void {
    for (const envelope of values) {
      if (!(envelope instanceof Uint8Array)) this.#setAsideCount++
      else if (!this.#applied.has(envelope)) this.#waiting.push({ envelope, ...kind })
    }
  }

  /** Opens and applies all that waits: at once where it can be, so that words are not behind what comes with them. */
  #open(): void {
    try {
      this.#openWaiting()
    } finally {
      this.#tellSetAside()
    }
  }

  #openWaiting(): void {
    if (this.#waiting.length === 0 || this.#draining) return
    const batch = this.#waiting
    this.#waiting = []
    const opened = this.#sealer.open(batch.map(({ envelope }) => envelope))
    if (!(opened instanceof Promise)) return this.#apply(batch, opened)
    this.#draining = this.#applyOnce(batch, opened)
  }

  async #applyOnce(batch: readonly Waiting[], opening: Promise<Opened>): Promise<void> {
    try {
      const opened = await opening
      if (this.#undo.length > 0) this.#apply(batch, opened) // not destroyed meanwhile
    } finally {
      // Whatever an observer of the inner document threw, what comes next is still opened.
      this.#draining = null
      this.#open()
    }
  }

  #apply(batch: readonly Waiting[], updates: Opened): void {
    const good: { envelope: Uint8Array; update: Uint8Array }[] = []
    this.#byOthers = false
    batch.forEach(({ envelope, loose, own }, i) => {
      const update = updates[i]
      if (update && isUsable(update, loose, this.inner.clientID)) {
        good.push({ envelope, update })
        this.#byOthers ||= !own
      } else this.#putAside(envelope)
    })
    // Arrays of two devices depend on each other, so opening many one by one
    // would park most of them as pending, over and over (20 s for 26,000);
    // merged first, they are applied at once. One transaction: observers run once.
    const merged = good.length > MERGE_FROM ? mergeOrNull(good.map(({ update }) => update)) : null
    this.inner.transact(() => {
      const whole = merged !== null && this.#applyOne(merged)
      for (const { envelope, update } of good) {
        if (whole || this.#applyOne(update)) this.#applied.add(envelope)
        else this.#putAside(envelope)
      }
    }, this)
  }

  #applyOne(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(this.inner, update, this)
      return true
    } catch {
      return false // not a Yjs update: set aside
    }
  }

  #putAside(envelope: Uint8Array): void {
    this.#setAside.add(envelope)
    this.#setAsideCount++
  }

  #tellSetAside(): void {
    if (this.#setAsideCount === this.#told) return
    this.#told = this.#setAsideCount
    this.onSetAside?.()
  }

  #deleteApplied(array: Y.Array<unknown>): void {
    const values = array.toArray()
    let end = values.length
    // Runs, from the back, so that earlier positions stay true.
    while (end > 0) {
      if (!this.#isApplied(values[end - 1])) {
        end--
        continue
      }
      let start = end - 1
      while (start > 0 && this.#isApplied(values[start - 1])) start--
      array.delete(start, end - start)
      end = start
    }
  }

  #isApplied(value: unknown): boolean {
    return typeof value === 'object' && value !== null && this.#applied.has(value)
  }
}

/**
 * What a transaction brought into the arrays of the document and left there. An event of Yjs
 * tells the same after a walk along the whole array, at every keystroke.
 */
function* addedIn({ doc, beforeState, afterState }: Y.Transaction): Generator<Y.Item> {
  for (const [client, clock] of afterState) {
    const before = beforeState.get(client) ?? 0
    if (before === clock) continue
    const structs = doc.store.clients.get(client) ?? []
    for (let i = Y.findIndexSS(structs, before); i < structs.length; i++) {
      const item = structs[i]
      if (item instanceof Y.Item && item.parentSub === null && !item.deleted) yield item
    }
  }
}

/** The whole state with deleted text collected: smaller than the live document, which keeps it for undo. */
function collected(inner: Y.Doc): Uint8Array {
  const copy = new Y.Doc({ gc: true })
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(inner))
  const state = Y.encodeStateAsUpdate(copy)
  copy.destroy()
  return state
}

/**
 * A loose envelope holds one local change of one writer, and never of ours: a
 * range in our own name would make Yjs believe our next keystrokes known. A
 * base rightly holds both writers'.
 */
function isUsable(update: Uint8Array, loose: boolean, ourClient: number): boolean {
  if (!loose) return true // whether it parses shows when it is applied: it is large, and read once
  try {
    const { from } = Y.parseUpdateMeta(update)
    return from.size <= 1 && !from.has(ourClient)
  } catch {
    return false // not a Yjs update
  }
}

function mergeOrNull(updates: readonly Uint8Array[]): Uint8Array | null {
  try {
    return mergeTree(updates)
  } catch {
    return null // one of them is malformed: apply them one by one and find out which
  }
}

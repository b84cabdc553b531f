/**
 * Keeps the outer document, sealed, in this browser's IndexedDB: an entry for
 * each update, made one again when there are many. A browser that refuses to
 * open, to write or to go on is told of, and never gets in the way of what is
 * written and sent; what it missed it is given, whole, as soon as it takes it.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import * as Y from 'yjs'
import type { KeepDoc } from './words-sync.ts'

interface Schema extends DBSchema {
  updates: { key: number; value: Uint8Array }
}

const MANY = 500
const QUIET_MS = 1000

export const keepInBrowser: KeepDoc = (name, doc, refused = () => undefined) => {
  const kept = new KeptDoc(name, doc, refused)
  return { loaded: kept.loaded, close: () => kept.close() }
}

class KeptDoc {
  readonly loaded: Promise<void>
  readonly #doc: Y.Doc
  readonly #refused: (refused: boolean) => void
  #db: IDBPDatabase<Schema> | null = null
  /** Key of the last entry that this page has read. */
  #upTo = 0
  #entries = 0
  /** Something of the document is not kept: the next entry holds all of it. */
  #behind = false
  #soon: ReturnType<typeof setTimeout> | null = null
  #closed = false

  constructor(name: string, doc: Y.Doc, refused: (refused: boolean) => void) {
    this.#doc = doc
    this.#refused = refused
    doc.on('update', this.#onUpdate)
    this.loaded = this.#load(name).catch((cause: unknown) => {
      this.#failed()
      throw cause
    })
    this.loaded.catch(() => undefined) // told through `refused`, whether or not anyone waits
  }

  close(): void {
    this.#closed = true
    this.#doc.off('update', this.#onUpdate)
    if (this.#soon) clearTimeout(this.#soon)
    this.#db?.close() // once what was begun is written
  }

  async #load(name: string): Promise<void> {
    const db = await openDB<Schema>(name, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('updates', { autoIncrement: true }),
      terminated: () => this.#failed(),
    })
    if (this.#closed) return db.close()
    const early = Y.encodeStateVector(this.#doc).length > 1
    this.#db = db
    const tx = db.transaction('updates')
    const done = tx.done.catch(() => undefined) // said by what is asked of it
    this.#read(await tx.store.getAllKeys(), await tx.store.getAll())
    await done
    if (early) this.#write(true)
  }

  #read(keys: readonly number[], entries: readonly Uint8Array[]): void {
    if (this.#closed) return
    this.#doc.transact(() => entries.forEach((entry) => Y.applyUpdate(this.#doc, entry)), this)
    this.#upTo = keys.at(-1) ?? this.#upTo
    this.#entries = entries.length
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin === this || !this.#db) return
    if (this.#behind) return this.#later()
    this.#write(false, update)
    if (this.#entries >= MANY) this.#later()
  }

  /** Begins at once: a page may be closed right after a keystroke. */
  #write(whole: boolean, update = Y.encodeStateAsUpdate(this.#doc)): void {
    if (!this.#db) return
    if (whole) this.#behind = false
    try {
      const tx = this.#db.transaction('updates', 'readwrite')
      const added = tx.store.add(update)
      this.#entries++
      Promise.all([added, tx.done]).then(
        () => {
          if (whole && !this.#behind) this.#refused(false)
        },
        () => this.#failed(),
      )
    } catch {
      this.#failed() // full, or taken from us while the page is open
    }
  }

  #later(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = null
      if (this.#behind) this.#write(true)
      else void this.#tidy().catch(() => undefined) // all or nothing: the entries are as they were
    }, QUIET_MS)
  }

  /** Puts one entry in the place of all. Those of another tab are read first. */
  async #tidy(): Promise<void> {
    if (!this.#db) return
    const tx = this.#db.transaction('updates', 'readwrite')
    const done = tx.done
    done.catch(() => undefined) // awaited below, unless something before it fails
    const unread = IDBKeyRange.lowerBound(this.#upTo, true)
    this.#read(await tx.store.getAllKeys(unread), await tx.store.getAll(unread))
    await tx.store.add(Y.encodeStateAsUpdate(this.#doc))
    await tx.store.delete(IDBKeyRange.upperBound(this.#upTo))
    await done
    this.#entries = 1
  }

  #failed(): void {
    if (this.#closed) return
    this.#behind = true
    this.#refused(true)
  }
}

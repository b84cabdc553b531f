/**
 * The words on the table, read once per change: a keystroke in one boundary
 * reads that boundary again and no other.
 */
import type * as Y from 'yjs'
import {
  BOUNDARIES_MAX,
  boundaryIds,
  readBoundary,
  type TableBoundary,
} from '../../shared/board-doc.ts'
import { Emitter } from '../emitter.ts'

export interface TableChange {
  readonly boundary: string
  /** Words of it came from elsewhere: the partner's devices, or storage. */
  readonly remote: boolean
}

export class Table {
  readonly changed = new Emitter<readonly TableChange[]>()
  readonly #doc: Y.Doc
  readonly #isOwn: (id: string) => boolean
  readonly #read = new Map<string, TableBoundary | null>()
  #ids: readonly string[] | null = null
  readonly #undo: () => void

  /** `isRemote` tells by its origin whether a transaction came from elsewhere, `isOwn` by its id whether this seat shared it. */
  constructor(
    doc: Y.Doc,
    isRemote: (origin: unknown) => boolean,
    isOwn: (id: string) => boolean = () => false,
  ) {
    this.#doc = doc
    this.#isOwn = isOwn
    const boundaries = doc.getMap('boundaries')
    const observe = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) => {
      const touched = new Set<string>()
      const written = new Set<string>()
      for (const event of events) {
        const ids = event.path.length > 0 ? [String(event.path[0])] : [...event.keys.keys()]
        for (const id of ids) {
          touched.add(id)
          // A plain value beside the words moves none of them.
          if (event.path.length !== 1) written.add(id)
        }
      }
      for (const id of touched) this.#read.delete(id)
      if (events.some((event) => event.path.length === 0)) this.#ids = null
      const remote = isRemote(transaction.origin)
      this.changed.emit(
        [...touched].map((boundary) => ({ boundary, remote: remote && written.has(boundary) })),
      )
    }
    boundaries.observeDeep(observe)
    this.#undo = () => boundaries.unobserveDeep(observe)
  }

  get ids(): readonly string[] {
    return (this.#ids ??= boundaryIds(this.#doc, this.#isOwn))
  }

  /** Whether this seat has as many as it may. */
  get full(): boolean {
    return this.ids.filter(this.#isOwn).length >= BOUNDARIES_MAX
  }

  /** The same object until that boundary changes. */
  get(id: string): TableBoundary | null {
    let read = this.#read.get(id)
    if (read === undefined) this.#read.set(id, (read = readBoundary(this.#doc, id)))
    return read
  }

  destroy(): void {
    this.#undo()
  }
}

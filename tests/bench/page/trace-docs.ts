/** The two-author trace as sealed documents, typed by two devices that see just what the trace says. */
import * as Y from 'yjs'
import { randomBytes } from '../../../shared/crypto.ts'
import { createSealer, SealedDoc } from '../../../shared/sealed-doc.ts'
import { readTrace, TRACE_TEXT } from '../../support/partners/trace.ts'

export interface TraceDocs {
  readonly text: string
  /** The words as a plain Yjs document. */
  readonly plain: Uint8Array
  /** The outer document with one envelope for each transaction. */
  readonly loose: Uint8Array
  readonly looseCount: number
  /** The same after one squash. */
  readonly squashed: Uint8Array
  readonly squashMs: number
}

const sealer = createSealer({
  key: randomBytes(32),
  board: 'board',
  channel: 'board',
  random: randomBytes,
})

export interface OpenedTrace {
  readonly outer: Y.Doc
  readonly sealed: SealedDoc
  close(): void
}

/** As a device does that has nothing yet: bound first, then the outer state arrives. */
export async function openSealed(state: Uint8Array): Promise<OpenedTrace> {
  const outer = new Y.Doc()
  const sealed = new SealedDoc(outer, 'c0', sealer)
  Y.applyUpdate(outer, state)
  await sealed.settled()
  const close = () => {
    sealed.destroy()
    outer.destroy()
  }
  return { outer, sealed, close }
}

export const textIn = (doc: Y.Doc): string => doc.getText(TRACE_TEXT).toJSON()

/** `breathe` is awaited now and then, and may end it by throwing. */
export async function makeTraceDocs(breathe: () => Promise<void>): Promise<TraceDocs> {
  const { txns, endContent } = readTrace()
  const authors = [new Author('a0', 1), new Author('b0', 2)] as const
  for (const [n, { agent, parents, patches }] of txns.entries()) {
    if (n % 500 === 0) await breathe()
    const author = authors[agent]
    const other = authors[agent === 0 ? 1 : 0]
    for (const parent of parents) {
      if (txns[parent]?.agent !== agent) await author.see(other, parent)
    }
    author.type(n, patches)
  }
  const [one, other] = authors
  await one.see(other, txns.length)
  const loose = Y.encodeStateAsUpdate(one.outer)
  for (const author of authors) author.close()

  const opened = await openSealed(loose)
  if (textIn(opened.sealed.inner) !== endContent) throw new Error('the trace ends in other words')
  const { looseCount } = opened.sealed.load()
  const start = performance.now()
  if (!opened.sealed.squash()) throw new Error('not squashed')
  const squashMs = performance.now() - start
  const squashed = Y.encodeStateAsUpdate(opened.outer)
  const plain = Y.encodeStateAsUpdate(opened.sealed.inner)
  opened.close()
  return { text: endContent, plain, loose, looseCount, squashed, squashMs }
}

class Author {
  readonly outer = new Y.Doc()
  readonly #sealed: SealedDoc
  readonly #text: Y.Text
  /** Outer updates in the order they were made. */
  readonly #made: { readonly txn: number; readonly update: Uint8Array }[] = []
  #seen = 0
  #txn = 0

  constructor(device: string, clientId: number) {
    this.#sealed = new SealedDoc(this.outer, device, sealer)
    // Where two type at one place, the one with the lower id comes first, as in the trace's end.
    this.#sealed.inner.clientID = clientId
    this.#text = this.#sealed.inner.getText(TRACE_TEXT)
    this.outer.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this.#sealed) this.#made.push({ txn: this.#txn, update })
    })
  }

  type(txn: number, patches: readonly (readonly [number, number, string])[]): void {
    this.#txn = txn
    this.#sealed.inner.transact(() => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted) this.#text.delete(position, deleted)
        if (inserted) this.#text.insert(position, inserted)
      }
    })
  }

  /** Takes in what the other had typed up to `txn`, and nothing later. */
  async see(other: Author, txn: number): Promise<void> {
    const made = other.#made
    const from = this.#seen
    while (this.#seen < made.length && (made[this.#seen]?.txn ?? Infinity) <= txn) this.#seen++
    if (this.#seen === from) return
    const news = made.slice(from, this.#seen).map(({ update }) => update)
    Y.applyUpdate(this.outer, Y.mergeUpdates(news))
    await this.#sealed.settled()
  }

  close(): void {
    this.#sealed.destroy()
    this.outer.destroy()
  }
}

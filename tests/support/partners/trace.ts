/**
 * The two-author trace, replayed exactly: each author's keystrokes are made in a
 * shadow document that holds just what the trace says the author had seen, and
 * put into the author's live document one by one. An author types on only once
 * the other's earlier words have arrived in the author's own document.
 */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import * as v from 'valibot'
import * as Y from 'yjs'

const traceSchema = v.object({
  endContent: v.string(),
  txns: v.array(
    v.object({
      parents: v.array(v.number()),
      agent: v.picklist([0, 1]),
      patches: v.array(v.tuple([v.number(), v.number(), v.string()])),
    }),
  ),
})
export type Trace = v.InferOutput<typeof traceSchema>

export const readTrace = (): Trace =>
  v.parse(
    traceSchema,
    JSON.parse(
      gunzipSync(
        readFileSync(new URL('../../data/friendsforever.json.gz', import.meta.url)),
      ).toString(),
    ),
  )

/** Name of the root text that the trace is typed into, in the inner document. */
export const TRACE_TEXT = 'trace'
const TYPED = 'typed'

class Author {
  readonly shadow = new Y.Doc()
  readonly text = this.shadow.getText(TRACE_TEXT)
  /** Updates in the order they were made, with the clock after each. */
  readonly made: { readonly txn: number; readonly update: Uint8Array; readonly clock: number }[] =
    []
  readonly live: Y.Doc
  #seen = 0

  constructor(live: Y.Doc, clientId: number) {
    this.live = live
    // Where two type at one place, the one with the lower id comes first, as in the trace's end.
    this.shadow.clientID = clientId
  }

  type(txn: number, patches: Trace['txns'][number]['patches']): void {
    this.shadow.once('update', (update: Uint8Array) => {
      const clock = Y.getState(this.shadow.store, this.shadow.clientID)
      this.made.push({ txn, update, clock })
      Y.applyUpdate(this.live, update, TYPED)
    })
    this.shadow.transact(() => {
      for (const [position, deleted, inserted] of patches) {
        if (deleted) this.text.delete(position, deleted)
        if (inserted) this.text.insert(position, inserted)
      }
    })
  }

  /** Waits until the other's words up to `txn` are in this author's document, then sees them. */
  async see(other: Author, txn: number): Promise<void> {
    const news = []
    while (this.#seen < other.made.length) {
      const next = other.made[this.#seen]
      if (!next || next.txn > txn) break
      news.push(next)
      this.#seen++
    }
    const last = news.at(-1)
    if (!last) return
    await arrived(this.live, other.shadow.clientID, last.clock)
    Y.applyUpdate(this.shadow, Y.mergeUpdates(news.map(({ update }) => update)))
  }
}

/** Resolves once the document has that client's changes up to `clock`. */
export function arrived(doc: Y.Doc, client: number, clock: number): Promise<void> {
  if (Y.getState(doc.store, client) >= clock) return Promise.resolve()
  return new Promise((resolve) => {
    const look = () => {
      if (Y.getState(doc.store, client) < clock) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
  })
}

/** Replays the first `count` transactions (all of them, unless told) in the documents of two partners. */
export async function replayTrace(
  trace: Trace,
  docs: readonly [Y.Doc, Y.Doc],
  count = trace.txns.length,
): Promise<void> {
  const authors = [new Author(docs[0], 1), new Author(docs[1], 2)] as const
  for (const [n, txn] of trace.txns.slice(0, count).entries()) {
    const author = authors[txn.agent]
    const other = authors[txn.agent === 0 ? 1 : 0]
    for (const parent of txn.parents) {
      if (trace.txns[parent]?.agent !== txn.agent) await author.see(other, parent)
    }
    author.type(n, txn.patches)
  }
  await Promise.all(
    authors.map(async (author, i) => {
      const other = authors[i === 0 ? 1 : 0]
      const { shadow } = other
      const clock = Y.getState(shadow.store, shadow.clientID)
      await arrived(author.live, shadow.clientID, clock)
    }),
  )
}

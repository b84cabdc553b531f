/** The text of the two-author trace as a plain Yjs document that collected what was deleted. */
import * as Y from 'yjs'
import { readTrace, replayTrace, TRACE_TEXT, type Trace } from '../../support/partners/trace.ts'
import type { Person } from '../peers/peer.ts'

export interface TraceState {
  readonly text: string
  readonly update: Uint8Array
}

/** As it stands after the first `count` transactions; all of them, unless told. */
export async function traceState(
  trace = readTrace(),
  count = trace.txns.length,
): Promise<TraceState> {
  const docs = [new Y.Doc(), new Y.Doc()] as const
  for (const [from, to] of [docs, [docs[1], docs[0]] as const]) {
    from.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== docs) Y.applyUpdate(to, update, docs)
    })
  }
  await replayTrace(trace, docs, count)
  const update = Y.encodeStateAsUpdate(docs[0])
  const text = textOf(docs[0])
  for (const doc of docs) doc.destroy()
  return { text, update }
}

/** Two people type the trace keystroke by keystroke, each answering what the other had typed; then they pause. */
export async function typeTrace(
  people: readonly [Person, Person],
  trace: Trace = readTrace(),
  count = trace.txns.length,
): Promise<void> {
  await replayTrace(trace, [people[0].doc, people[1].doc], count)
  await people[0].settled()
}

export const textOf = (doc: Y.Doc): string => doc.getText(TRACE_TEXT).toJSON()

/** Resolves once the words read so. */
export function reads(doc: Y.Doc, text: string): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (doc.getText(TRACE_TEXT).length !== text.length || textOf(doc) !== text) return
      doc.off('update', look)
      resolve()
    }
    doc.on('update', look)
    look()
  })
}

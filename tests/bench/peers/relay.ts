/** A person at a relay that knows nothing of documents: every change and caret is sent to whoever is there. */
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Person } from './peer.ts'

export interface RelayWire {
  send(kind: number, bytes: Uint8Array): void
  close(): void
}

const WORDS = 0
const CARET = 1
const WIRE = 'wire'

/** `wire` is told how to hand on what arrives. */
export async function relayed(
  wire: (heard: (kind: number, bytes: Uint8Array) => void) => Promise<RelayWire>,
): Promise<Person> {
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const { send, close } = await wire((kind, bytes) => {
    if (kind === WORDS) Y.applyUpdate(doc, bytes, WIRE)
    else applyAwarenessUpdate(awareness, bytes, WIRE)
  })
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== WIRE) send(WORDS, update)
  })
  awareness.on('update', (_: unknown, origin: unknown) => {
    if (origin === 'local') send(CARET, encodeAwarenessUpdate(awareness, [doc.clientID]))
  })
  return {
    doc,
    inStep: Promise.resolve(),
    bring: (state) => Y.applyUpdate(doc, state),
    caret: (at) => awareness.setLocalStateField('caret', at),
    onSaved: null,
    settled: () => Promise.resolve(),
    close: () => {
      awareness.destroy()
      close()
      doc.destroy()
    },
  }
}

/** The same document with what was deleted let go of. Runs in a worker: it takes as long as it takes. */
import * as Y from 'yjs'

/** Throws where the bytes are not an update. */
export function compact(state: Uint8Array): Uint8Array {
  const doc = new Y.Doc({ gc: true })
  try {
    Y.applyUpdate(doc, state)
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}

/**
 * Merging many Yjs updates. `Y.mergeUpdates` slows down with the number of
 * updates it is given at once (20,000 in one call: seconds), so merge a few at
 * a time, as a tree.
 */
import * as Y from 'yjs'

const FAN = 64

/** The empty update: what an empty document encodes to. */
export const EMPTY_UPDATE = Y.encodeStateAsUpdate(new Y.Doc())
export const EMPTY_VECTOR = Y.encodeStateVectorFromUpdate(EMPTY_UPDATE)

/** One V1 update that holds what all of `updates` hold. */
export function mergeTree(updates: readonly Uint8Array[]): Uint8Array {
  if (updates.length === 0) return EMPTY_UPDATE
  let level = updates
  while (level.length > FAN) {
    const next: Uint8Array[] = []
    for (let i = 0; i < level.length; i += FAN) next.push(Y.mergeUpdates(level.slice(i, i + FAN)))
    level = next
  }
  return Y.mergeUpdates([...level])
}

/** Whether the bytes are a whole V1 update: one that is not makes every later merge throw. */
export const isUpdate = (bytes: Uint8Array): boolean => readUpdate(bytes) !== null

/**
 * The V1 update in these bytes, written again (so without anything that follows
 * it), or null where there is none that everyone can apply.
 */
export function readUpdate(bytes: Uint8Array): Uint8Array | null {
  try {
    const { ds } = Y.decodeUpdate(bytes)
    // A deletion of nothing merges, and throws wherever it waits for what it deletes: for good.
    const ofNothing = [...ds.clients.values()].some((items) => items.some(({ len }) => len === 0))
    return ofNothing ? null : Y.diffUpdate(bytes, EMPTY_VECTOR)
  } catch {
    return null // malformed
  }
}

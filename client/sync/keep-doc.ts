/** Keeps the outer document, sealed, in this browser's IndexedDB. */
import { IndexeddbPersistence } from 'y-indexeddb'
import type { KeepDoc } from './words-sync.ts'

export const keepInBrowser: KeepDoc = (name, doc) => {
  const kept = new IndexeddbPersistence(name, doc)
  const refused = kept._db.then(
    () => new Promise<never>(() => undefined),
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error('refused')),
  )
  return {
    loaded: Promise.race([kept.whenSynced, refused]),
    close: () => void kept.destroy().catch(() => undefined),
  }
}

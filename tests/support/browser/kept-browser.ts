/** IndexedDB as a browser has it, for partners in Node. Import `fake-indexeddb/auto` first. */
import { keepInBrowser } from '../../../client/sync/keep-doc.ts'
import type { KeepDoc } from '../../../client/sync/words-sync.ts'

/** Closes for good before it resolves, as a browser does with a tab. */
export function closable(): { keep: KeepDoc; closed: () => Promise<void> } {
  const closing: Promise<unknown>[] = []
  const keep: KeepDoc = (name, doc, refused) => {
    const kept = keepInBrowser(name, doc, refused)
    return {
      ...kept,
      close: () => {
        kept.close()
        // Opening it again waits for its turn; where there is no store, none closes.
        closing.push(onDisk(name).catch(() => []))
      },
    }
  }
  return { keep, closed: async () => void (await Promise.all(closing)) }
}

/** All updates that the browser keeps of one document. */
export function onDisk(name: string): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(new Error('no such database'))
    opening.onsuccess = () => {
      const db = opening.result
      const all = db.transaction('updates').objectStore('updates').getAll()
      all.onerror = () => reject(new Error('unreadable'))
      all.onsuccess = () => {
        db.close()
        resolve(all.result as Uint8Array[])
      }
    }
  })
}

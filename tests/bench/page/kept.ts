/** Waiting until this browser holds all that it needs for the next start. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { PATIENCE_MS } from './stage.ts'

/** So many records at least, and what is shown before they are read. */
export async function untilKept(page: Page, records: number): Promise<void> {
  // Waiting for a function would take the promise that it returns for a yes.
  const end = performance.now() + PATIENCE_MS
  while (!(await page.evaluate(allKept, records))) {
    if (performance.now() > end) throw new Error('this browser does not keep what it is shown')
    await sleep(100)
  }
}

/** Runs in the page (see typing-watch.ts for what that asks of it). */
function allKept(records: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('hedgerow')
    opening.onerror = () => reject(new Error('nothing is kept here'))
    opening.onsuccess = () => {
      const kept = opening.result.transaction(['records', 'glances'])
      const [all, glance] = ['records', 'glances'].map((name) => kept.objectStore(name).count())
      kept.oncomplete = () => {
        opening.result.close()
        resolve(all!.result >= records && glance!.result > 0)
      }
    }
  })
}

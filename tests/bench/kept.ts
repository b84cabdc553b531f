/** Waiting until this browser holds all that it needs for the next start. */
import type { Page } from 'playwright-core'
import { PATIENCE_MS } from './stage.ts'

const LOOK_MS = 100

/** So many records at least, and what is shown before they are read. */
export async function untilKept(page: Page, records: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  // `waitForFunction` takes the promise of an answer for a yes.
  while (!(await page.evaluate(allKept, records))) {
    if (Date.now() > deadline) throw new Error('not all of it is kept here')
    await page.waitForTimeout(LOOK_MS)
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

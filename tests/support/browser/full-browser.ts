/** IndexedDB of a browser without room: reading goes on, and every write fails as a browser lets it fail. */
import { IDBObjectStore } from 'fake-indexeddb'
import { onTestFinished, vi } from 'vitest'

export type Full = 'at once' | 'later'

/** While it is full. `at once`: the call throws. `later`: its transaction is undone after the call. */
export function fullBrowser(): { full: Full | null; refused: number } {
  const browser: { full: Full | null; refused: number } = { full: null, refused: 0 }
  for (const method of ['add', 'put'] as const) {
    const real = IDBObjectStore.prototype[method]
    const spy = vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      if (browser.full === null) return real.apply(this, args)
      browser.refused++
      if (browser.full === 'at once') throw new DOMException('no room', 'QuotaExceededError')
      const request = real.apply(this, args)
      this.transaction.abort()
      return request
    })
    onTestFinished(() => spy.mockRestore())
  }
  return browser
}

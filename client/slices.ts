/** Long work in slices, between which the page answers. */

/** Well below what a person notices, also where one step more takes a while. */
const SLICE_MS = 12

/** Call between steps, and wait for what it returns, if anything: the page's turn, once a slice is used up. */
export function slices(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < SLICE_MS) return undefined
    return breathe().then(() => void (since = performance.now()))
  }
}

interface Yielding {
  readonly scheduler?: { readonly yield?: () => Promise<void> }
}

/** A timer of zero waits four milliseconds after a few rounds, so browsers that can yield do that. */
function breathe(): Promise<void> {
  const { scheduler } = globalThis as Yielding
  return scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve, 0))
}

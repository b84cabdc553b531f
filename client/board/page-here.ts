/** Whether the page is to be seen: at once, for what must be kept before it sleeps, or after a moment. */

/** Told at every change, at once; returns the undo. */
export function whileHere(tell: (here: boolean) => void): () => void {
  const look = () => tell(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', look)
  return () => document.removeEventListener('visibilitychange', look)
}

/** Hidden for a moment only, a page is still looked at. */
const AWAY_AFTER_MS = 10_000

type Page = Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>

/** Tells of every change; returns the undo. */
export function followSeen(page: Page, tell: (seen: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (page.hidden) timer = setTimeout(() => tell(false), AWAY_AFTER_MS)
    else tell(true)
  }
  page.addEventListener('visibilitychange', look)
  if (page.hidden) look()
  return () => {
    clearTimeout(timer)
    page.removeEventListener('visibilitychange', look)
  }
}

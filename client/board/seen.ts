/** Whether this page is being looked at: hidden for a moment only, it still is. */
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

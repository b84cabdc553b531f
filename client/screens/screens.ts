/**
 * The screens, each loaded when its address is first opened: the first page
 * carries only itself. What an open board leads to is fetched ahead once the
 * board stands, so that it opens without the server too.
 */
import { lazy } from '../lazy.ts'

export const firstScreens = {
  welcome: lazy(() => import('./Welcome.svelte')),
  safety: lazy(() => import('./Safety.svelte')),
  start: lazy(() => import('./Start.svelte')),
  open: lazy(() => import('./OpenMyBoard.svelte')),
  join: lazy(() => import('./Join.svelte')),
}

export const boardPage = lazy(() => import('./BoardPage.svelte'))

export const boardScreens = {
  boundary: lazy(() => import('./Boundary.svelte')),
  write: lazy(() => import('./WriteBoundary.svelte')),
  history: lazy(() => import('./History.svelte')),
  people: lazy(() => import('./People.svelte')),
  words: lazy(() => import('./WayBack.svelte')),
}

const AHEAD_AFTER_MS = 300

/** Fetches the board's other screens in a quiet moment. Returns the undo. */
export function fetchAhead(): () => void {
  const timer = setTimeout(() => {
    // What cannot be fetched now is asked for again when it is opened.
    void Promise.allSettled(Object.values(boardScreens).map((load) => load()))
  }, AHEAD_AFTER_MS)
  return () => clearTimeout(timer)
}

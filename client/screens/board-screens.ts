/**
 * The screens of an open board. The one of the address is loaded with it; the
 * others are fetched ahead in a quiet moment, so that they open without the
 * server too.
 */
import type { BoardView } from '../board/board-view.ts'
import { lazy } from '../lazy.ts'

const lookingBack = lazy(() => import('../past/print-screens.ts'))

export const boardScreens = {
  boundary: lazy(() => import('./BoundaryPage.svelte')),
  write: lazy(() => import('./WriteBoundary.svelte')),
  draft: lazy(() => import('./Draft.svelte')),
  examples: lazy(() => import('./Examples.svelte')),
  history: lazy(() => import('./History.svelte')),
  picture: () => lookingBack().then(({ picture }) => picture()),
  save: () => lookingBack().then(({ save }) => save()),
  agreed: () => lookingBack().then(({ agreed }) => agreed()),
  changes: () => lookingBack().then(({ changes }) => changes()),
  people: lazy(() => import('./People.svelte')),
  more: lazy(() => import('./More.svelte')),
  words: lazy(() => import('./WayBack.svelte')),
}

/** Opened from the list, and rarely. */
export const inviteSheet = lazy(() => import('../parts/InviteSheet.svelte'))

/** What the partner did meanwhile: what was said, and the strip that says it. */
export const sinceStrip = lazy(() => import('../parts/Since.svelte'))

const AHEAD_AFTER_MS = 2000

/** Fetches the board's other screens in a quiet moment, and begins to remember what was seen. Returns the undo. */
export function fetchAhead(board: Pick<BoardView, 'since'>): () => void {
  const timer = setTimeout(() => {
    // What cannot be fetched now is asked for again when it is opened.
    void Promise.allSettled(
      [...Object.values(boardScreens), inviteSheet, sinceStrip, board.since].map((load) => load()),
    )
  }, AHEAD_AFTER_MS)
  return () => clearTimeout(timer)
}

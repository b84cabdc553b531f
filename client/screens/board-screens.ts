/**
 * The screens of an open board. The one of the address is loaded with it; the
 * others are fetched ahead in a quiet moment, so that they open without the
 * server too.
 */
import type { BoardView } from '../board/board-view.ts'
import { lazy } from '../lazy.ts'

/** A screen with what it says things on record by: they can be said there without the server, too (R7). */
const withActs = <T>(load: () => Promise<T>) =>
  lazy(async () => {
    const [screen] = await Promise.all([load(), import('../board/acts.ts')])
    return screen
  })
const lookingBack = lazy(() => import('../past/print-screens.ts'))

export const boardScreens = {
  boundary: withActs(() => import('../boundary/BoundaryPage.svelte')),
  write: withActs(() => import('../drafts/WriteBoundary.svelte')),
  draft: withActs(() => import('../drafts/Draft.svelte')),
  examples: lazy(() => import('../drafts/Examples.svelte')),
  history: lazy(() => import('../past/History.svelte')),
  picture: () => lookingBack().then(({ picture }) => picture()),
  save: () => lookingBack().then(({ save }) => save()),
  agreed: () => lookingBack().then(({ agreed }) => agreed()),
  changes: () => lookingBack().then(({ changes }) => changes()),
  people: lazy(() => import('../people/People.svelte')),
  more: lazy(() => import('./More.svelte')),
  words: lazy(() => import('./WayBack.svelte')),
}

/** Opened from the list, and rarely. */
export const inviteSheet = lazy(() => import('../people/InviteSheet.svelte'))

/** What the partner did meanwhile: what was said, and the strip that says it. */
export const sinceStrip = lazy(() => import('../list/Since.svelte'))

/** Words can be edited without the server, too. */
const editor = () => import('../editor/open-editor.ts')

/** Needed where a connection was lost, when it cannot be fetched. */
const polling = () => import('../wire/polling.ts')

/** Hardly ever needed. */
export const inDoubt = lazy(() => import('../list/InDoubt.svelte'))

const AHEAD_AFTER_MS = 2000

/** Fetches the board's other screens in a quiet moment, and begins to remember what was seen. Returns the undo. */
export function fetchAhead(board: Pick<BoardView, 'since'>): () => void {
  const timer = setTimeout(() => {
    // What cannot be fetched now is asked for again when it is opened.
    void Promise.allSettled(
      [
        ...Object.values(boardScreens),
        ...[inviteSheet, sinceStrip, editor, polling, board.since],
      ].map((load) => load()),
    )
  }, AHEAD_AFTER_MS)
  return () => clearTimeout(timer)
}

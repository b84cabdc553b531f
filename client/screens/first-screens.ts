/** The screens before a board, and the board itself, each loaded when its address is first opened. */
import { lazy } from '../lazy.ts'

export const firstScreens = {
  welcome: lazy(() => import('./Welcome.svelte')),
  safety: lazy(() => import('./Safety.svelte')),
  start: lazy(() => import('./Start.svelte')),
  open: lazy(() => import('./OpenMyBoard.svelte')),
  join: lazy(() => import('./Join.svelte')),
}

export const boardPage = lazy(() => import('../shell/BoardPage.svelte'))

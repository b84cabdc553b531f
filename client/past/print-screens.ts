/** The screens of looking back: apart from the board's, whose script is kept small. */
import { lazy } from '../lazy.ts'

export const picture = lazy(() => import('./Picture.svelte'))
export const save = lazy(() => import('./Save.svelte'))
export const agreed = lazy(() => import('./PrintAgreed.svelte'))
export const changes = lazy(() => import('./PrintChanges.svelte'))

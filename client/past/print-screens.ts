/** The screens of looking back: apart from the board's, whose script is kept small. */
import { lazy } from '../lazy.ts'

export const picture = lazy(() => import('./picture/Picture.svelte'))
export const save = lazy(() => import('./save/Save.svelte'))
export const agreed = lazy(() => import('./save/PrintAgreed.svelte'))
export const changes = lazy(() => import('./save/PrintChanges.svelte'))

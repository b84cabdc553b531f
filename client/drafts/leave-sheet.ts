/** Asked over a form that is not saved; loaded with such a form, so that it can be asked without the server. */
import { lazy } from '../lazy.ts'

export const leaveSheet = lazy(() => import('./LeaveSheet.svelte'))

/**
 * The one mapper at the edge: refusals to HTTP statuses, what the store or the
 * framework throws to refusals, and the unknown to `internal`.
 */
import { refuse, type Refusal, type RefusalCode } from '../shared/refusal.ts'
import { StoreError, type StoreErrorCode } from './store/store.ts'
import type { Logger } from './logger.ts'

const statuses: Partial<Record<RefusalCode, number>> = {
  'too-large': 413,
  'not-next': 409,
  'seat-taken': 409,
  'already-founded': 409,
  'board-exists': 409,
  'board-full': 409,
  'invitation-not-open': 409,
  'invitation-unknown': 404,
  'invitation-used': 410,
  'invitation-expired': 410,
  'invitation-cancelled': 410,
  'board-unknown': 404,
  'ring-unknown': 404,
  'origin-refused': 403,
  'rate-limited': 429,
  'room-full': 507,
  'store-full': 507,
  'board-damaged': 503,
  'store-failed': 503,
  internal: 500,
}

export const statusOf = (code: RefusalCode): number => statuses[code] ?? 400

const ofStore: Record<StoreErrorCode, RefusalCode> = {
  'no-board': 'board-unknown',
  'board-damaged': 'board-damaged',
  'store-full': 'store-full',
  'store-failed': 'store-failed',
}

/** What to answer for something thrown. Surprises are logged here, and nowhere else. */
export function refusalOf(thrown: unknown, logger: Logger, where: string): Refusal {
  if (thrown instanceof StoreError) {
    if (thrown.code !== 'no-board') logger.error('the store failed', thrown, { where })
    return refuse(ofStore[thrown.code])
  }
  // The framework's own: a body too large, not JSON, of another type.
  const status = httpStatus(thrown)
  if (status === 413) return refuse('too-large')
  if (status !== null && status >= 400 && status < 500) return refuse('bad-request')
  logger.error('something unexpected happened', thrown, { where })
  return refuse('internal')
}

export function httpStatus(thrown: unknown): number | null {
  if (!(thrown instanceof Error) || !('statusCode' in thrown)) return null
  return typeof thrown.statusCode === 'number' ? thrown.statusCode : null
}

/** One socket that has said who it is, as one channel sees it. */
import type { Seat } from '../../shared/ids.ts'
import type { Emit, Outbox } from './outbox.ts'
import type { Parts } from './parts.ts'

export interface Session {
  readonly seat: Seat
  readonly emit: Emit
  readonly outbox: Outbox
  readonly parts: Parts
  /** Closes the connection in such a way that the client comes back by itself. */
  cut(): void
}

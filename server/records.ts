/** Acts over a socket: append one, or read those from some number on (R7, R9). */
import { toHex } from '../shared/crypto.ts'
import { readHead } from '../shared/record.ts'
import { ok, refuse, type Result } from '../shared/refusal.ts'
import type { Answer, Payload } from '../shared/wire.ts'
import type { Beside } from './board-history.ts'
import type { Boards } from './boards.ts'
import { stampedOf, type LiveBoard } from './live-board.ts'
import type { Session } from './session.ts'

export async function appendRecord(
  boards: Boards,
  live: LiveBoard,
  session: Session,
  { record, invitation }: Payload<'record:append'>,
): Promise<Result<Answer<'record:append'>>> {
  if (!live.rates[session.seat].records.take()) return refuse('rate-limited')
  const head = readHead(record.head)
  if (!head.ok) return head
  const { open } = head.value
  // A seat is claimed with its link, where the server judges whether it still works.
  if (open?.kind === 'claim') return refuse('bad-request')
  if ((open?.kind === 'invite') !== (invitation !== undefined)) return refuse('bad-request')
  if (open?.kind !== 'invite' || invitation === undefined) return live.append(record, null)

  if (!boards.mayHaveInvitation(live.id, open.id)) return refuse('bad-request')
  const beside: Beside = (sidecar) => ({
    ...sidecar,
    invitations: { ...sidecar.invitations, [open.id]: toHex(invitation) },
  })
  const appended = await live.append(record, beside)
  if (appended.ok) boards.noteInvitation(live.id, open.id)
  return appended
}

export async function recordsSince(
  live: LiveBoard,
  { seq }: Payload<'record:since'>,
): Promise<Result<Answer<'record:since'>>> {
  const { records, more } = await live.history.page(seq)
  return ok({ records: records.map(stampedOf), more })
}

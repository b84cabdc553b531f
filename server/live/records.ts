/** Acts over a socket: append one, or read those from some number on (R7, R9). */
import { toHex } from '../../shared/crypto.ts'
import { readHead } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Answer, Payload } from '../../shared/wire.ts'
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

/**
 * Takes records that this history had before it went back to an earlier state,
 * from whichever of the two still has them: each as it was signed, by either
 * seat, in order (R9). One that is here already is no mistake: the other's
 * device restores too. What a link opened is not among them, so an invitation
 * that was open then has to be made again.
 */
export async function restoreRecords(
  live: LiveBoard,
  session: Session,
  { records }: Payload<'record:restore'>,
): Promise<Result<Answer<'record:restore'>>> {
  if (!live.rates[session.seat].restores.take(records.length)) return refuse('rate-limited')
  for (const record of records) {
    const appended = await live.append(record, null)
    if (!appended.ok) return appended
  }
  return ok({ seq: live.history.chain.seq })
}

export async function recordsSince(
  live: LiveBoard,
  { seq }: Payload<'record:since'>,
): Promise<Result<Answer<'record:since'>>> {
  const { records, more } = await live.history.page(seq)
  return ok({ records: records.map(stampedOf), more })
}

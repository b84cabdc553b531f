/**
 * Who holds the two seats, and which invitations are open: a pure fold over
 * heads, the same on the server and on every client (R8). It takes no clock:
 * the seven days of a link are the server's to judge, when it admits a claim.
 */
import { fromHex, hash, isSafeSignKey, sign, toHex, verify } from './crypto.ts'
import type { Seat } from './ids.ts'
import type { Head, Open } from './record.ts'
import { ok, refuse, type Result } from './refusal.ts'

export interface SeatKeys {
  /** Ed25519, hex. */
  readonly sign: string
  /** X25519, hex. */
  readonly exchange: string
}

export interface Invitation {
  readonly id: string
  readonly prove: string
  readonly days: number
  /** Number of the record that made it. */
  readonly seq: number
  readonly state: 'open' | 'cancelled' | 'used'
}

export interface Membership {
  readonly a: SeatKeys
  readonly b: SeatKeys | null
  readonly invitations: readonly Invitation[]
}

type Claim = Extract<Open, { kind: 'claim' }>

/** What an invitation's key signs to claim a seat for two other keys (K3). */
const claimContent = (board: string, claim: Pick<Claim, 'invite' | 'sign' | 'exchange'>) =>
  hash('claim', board, claim.invite, claim.sign, claim.exchange)

export const claimProof = (
  prove: Uint8Array,
  board: string,
  claim: Pick<Claim, 'invite' | 'sign' | 'exchange'>,
): string => toHex(sign(prove, 'claim', claimContent(board, claim)))

export const openInvitation = (membership: Membership): Invitation | null =>
  membership.invitations.find((invitation) => invitation.state === 'open') ?? null

/** The key (hex) that must have signed this head, or null where nobody may write it. */
export function signerOf(membership: Membership | null, head: Head): string | null {
  if (head.open?.kind === 'found' || head.open?.kind === 'claim') return head.open.sign
  return membership?.[head.seat]?.sign ?? null
}

/**
 * The membership after `head`, or the law that forbids it. Signatures over the head itself are the
 * caller's. `again`: this very record was admitted before, so its keys and its proof, which take
 * milliseconds to check, were found good.
 */
export function admit(
  membership: Membership | null,
  head: Head,
  again = false,
): Result<Membership> {
  if (membership === null) return found(head, again)
  const { open } = head
  if (open === null) return membership[head.seat] ? ok(membership) : refuse('seat-empty')
  switch (open.kind) {
    case 'found':
      return refuse('already-founded')
    case 'invite':
      return invite(membership, head, open, again)
    case 'cancel':
      return cancel(membership, head.seat, open.invite)
    case 'claim':
      return claim(membership, head, open, again)
  }
}

function found(head: Head, again: boolean): Result<Membership> {
  const { open } = head
  if (head.seat !== 'a' || open?.kind !== 'found') return refuse('not-founded')
  if (!again && !isSafeSignKey(open.sign)) return refuse('key-unsafe')
  return ok({ a: { sign: open.sign, exchange: open.exchange }, b: null, invitations: [] })
}

/** A new invitation replaces an open one; there is none once both seats are held. */
function invite(
  membership: Membership,
  head: Head,
  open: Extract<Open, { kind: 'invite' }>,
  again: boolean,
): Result<Membership> {
  if (membership.b) return refuse('board-full')
  if (head.seat !== 'a') return refuse('seat-empty')
  if (!again && !isSafeSignKey(open.prove)) return refuse('key-unsafe')
  if (membership.invitations.some(({ id }) => id === open.id)) return refuse('invitation-not-open')
  const { id, prove, days } = open
  const before = membership.invitations.map((each) => settle(each, 'cancelled'))
  return ok({
    ...membership,
    invitations: [...before, { id, prove, days, seq: head.seq, state: 'open' }],
  })
}

function cancel(membership: Membership, seat: Seat, id: string): Result<Membership> {
  if (!membership[seat]) return refuse('seat-empty')
  if (openInvitation(membership)?.id !== id) return refuse('invitation-not-open')
  return ok({
    ...membership,
    invitations: membership.invitations.map((each) => settle(each, 'cancelled')),
  })
}

function claim(
  membership: Membership,
  head: Head,
  open: Claim,
  again: boolean,
): Result<Membership> {
  if (membership.b) return refuse('board-full')
  if (head.seat !== 'b') return refuse('seat-taken')
  const invitation = openInvitation(membership)
  if (invitation?.id !== open.invite) return refuse('invitation-not-open')
  // One key in both seats would let one person agree with themselves.
  if (open.sign === membership.a.sign) return refuse('key-unsafe')
  if (!again && !isSafeSignKey(open.sign)) return refuse('key-unsafe')
  const content = claimContent(head.board, open)
  if (!again && !verify(invitation.prove, 'claim', content, fromHex(open.proof))) {
    return refuse('proof-invalid')
  }
  return ok({
    ...membership,
    b: { sign: open.sign, exchange: open.exchange },
    invitations: membership.invitations.map((each) => settle(each, 'used')),
  })
}

const settle = (invitation: Invitation, state: 'cancelled' | 'used'): Invitation =>
  invitation.state === 'open' ? { ...invitation, state } : invitation

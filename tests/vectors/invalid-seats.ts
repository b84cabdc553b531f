/** What is refused about who holds the seats (R8, K3), and by which law. */
import { seatSecrets } from '../../shared/keys.ts'
import { smallOrder, withTorsion } from '../support/history/ed25519.ts'
import { inviteOf } from '../support/history/make-history.ts'
import { claimed, foundOf, next, seats, after, twinSigned, type Stories } from './tell.ts'

export const invalidSeats: Stories = {
  'the first record is an act': ['seat-empty', (m) => [m.make()]],
  'the first record is an invitation': [
    'seat-empty',
    (m) => [m.make({ open: inviteOf(m.newInvitation()) })],
  ],
  'the first record is a claim': [
    'not-founded',
    (m) => [m.make({ seat: 'b', open: m.claimOf(m.newInvitation()) })],
  ],
  'founded from the second seat': [
    'not-founded',
    (m) => [m.make({ seat: 'b', open: foundOf(m) }, undefined, { sign: m.seats.a.sign.secret })],
  ],
  'founded twice': ['already-founded', next((m) => ({ open: foundOf(m) }))],
  'the second seat speaks before it is held': ['seat-empty', seats(() => ({ seat: 'b' }))],
  'the second seat invites before it is held': [
    'seat-empty',
    seats((m) => ({ seat: 'b', open: inviteOf(m.newInvitation()) })),
  ],
  'an invitation with a key of small order': [
    'key-unsafe',
    seats((m) => ({ open: { ...inviteOf(m.newInvitation()), prove: smallOrder[4]! } })),
  ],
  'an invitation whose id was used before': [
    'invitation-not-open',
    seats((m) => ({ open: inviteOf(m.invite()) })),
  ],
  'an invitation when both seats are held': [
    'board-full',
    next((m) => ({ open: inviteOf(m.newInvitation()) })),
  ],
  'an invitation by the second seat when both are held': [
    'board-full',
    next((m) => ({ seat: 'b', open: inviteOf(m.newInvitation()) })),
  ],
  'an invitation cancelled twice': [
    'invitation-not-open',
    seats((m) => {
      const { id } = m.invite()
      m.append(m.make({ open: { kind: 'cancel', invite: id } }))
      return { open: { kind: 'cancel', invite: id } }
    }),
  ],
  'an unknown invitation cancelled': [
    'invitation-not-open',
    seats((m) => ({ open: { kind: 'cancel', invite: m.newInvitation().id } })),
  ],
  'a used invitation cancelled': [
    'invitation-not-open',
    (m) => {
      const invitation = m.found().invite()
      m.claim(invitation)
      return after(m, m.make({ seat: 'b', open: { kind: 'cancel', invite: invitation.id } }))
    },
  ],
  'a claim of an unknown invitation': [
    'invitation-not-open',
    claimed((m) => m.claimOf(m.newInvitation())),
  ],
  'a claim of a cancelled invitation': [
    'invitation-not-open',
    claimed((m) => {
      const invitation = m.invite()
      m.cancel(invitation)
      return m.claimOf(invitation)
    }),
  ],
  'a claim of a replaced invitation': [
    'invitation-not-open',
    claimed((m) => {
      const invitation = m.invite()
      m.invite()
      return m.claimOf(invitation)
    }),
  ],
  'a claim of a used invitation': [
    'board-full',
    (m) => {
      const invitation = m.found().invite()
      const claim = m.claimOf(invitation)
      m.claim(invitation)
      return after(m, m.make({ seat: 'b', open: claim }))
    },
  ],
  'a claim of the first seat': [
    'seat-taken',
    seats((m) => ({ seat: 'a', open: m.claimOf(m.invite(), m.board, m.seats.a) })),
  ],
  'a claim signed by the founder instead of the new key': [
    'bad-signature',
    (m) => {
      const open = m.found().claimOf(m.invite())
      return after(m, m.make({ seat: 'b', open }, undefined, { sign: m.seats.a.sign.secret }))
    },
  ],
  'one key for both seats': [
    'key-unsafe',
    (m) => {
      const open = m.found().claimOf(m.invite(), m.board, m.seats.a)
      return after(m, m.make({ seat: 'b', open }, undefined, { sign: m.seats.a.sign.secret }))
    },
  ],
  'a claim by the twin of the key of the first seat': [
    'key-unsafe',
    (m) => {
      const { secret, public: key } = m.seats.a.sign
      const twin = withTorsion(key)
      const seat = { ...m.seats.b, sign: { secret, public: twin } }
      const open = m.found().claimOf(m.invite(), m.board, seat)
      const record = m.make({ seat: 'b', open })
      return after(m, { ...record, sig: twinSigned(m, secret, twin, record.head) })
    },
  ],
  'a proof for another key': [
    'proof-invalid',
    claimed((m) => {
      const invitation = m.invite()
      const { proof } = m.claimOf(invitation, m.board, seatSecrets(m.random(16)))
      return { ...m.claimOf(invitation), proof }
    }),
  ],
  'a proof for another exchange key': [
    'proof-invalid',
    claimed((m) => ({ ...m.claimOf(m.invite()), exchange: m.other32() })),
  ],
  'a proof for another board': [
    'proof-invalid',
    claimed((m) => m.claimOf(m.invite(), m.other32())),
  ],
  'a proof by another link': [
    'proof-invalid',
    claimed((m) => ({ ...m.claimOf({ ...m.newInvitation(), id: m.invite().id }) })),
  ],
  'a proof of zeros': [
    'proof-invalid',
    claimed((m) => ({ ...m.claimOf(m.invite()), proof: '00'.repeat(64) })),
  ],
}

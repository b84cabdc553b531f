/** An invitation is opened by its link, claimed once, and a secret to everyone else. */
import { expect, test } from 'vitest'
import { fromHex, toHex } from '../../shared/crypto.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { appForTest } from '../support/server/app.ts'
import { HandClock } from '../support/clock.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import {
  asHex,
  BLOB,
  claimLink,
  found,
  invite,
  openLink,
  post,
  proofOf,
  ringOf,
  seated,
  together,
} from './raw-client.ts'

/** Keys of someone who is not on the board. */
const rivalOf = (seed: number) => new HistoryMaker(seed).seats.b

const DAY = 24 * 60 * 60 * 1000
const UNKNOWN = { status: 404, ok: false, code: 'invitation-unknown' }

/** A board with an invitation open, and a claim for it ready. */
async function invited(
  seed: number,
  env: Record<string, string> = {},
  store = createMemoryStore(),
) {
  const clock = new HandClock()
  const { origin } = await appForTest({ clock, env, store })
  const maker = await found(origin, seed)
  const a = await seated(origin, maker)
  const invitation = await invite(a, maker)
  const claim = maker.make(
    { seat: 'b', open: maker.claimOf(invitation) },
    { kind: 'name', name: 'Ben' },
  )
  return { clock, origin, store, maker, a, invitation, claim }
}

test('K3 a link opens its blob, the records, and says until when it works', async () => {
  const { clock, origin, maker, invitation } = await invited(1)
  const opened = await openLink(origin, invitation)
  expect(opened).toEqual({
    status: 200,
    ok: true,
    value: {
      blob: toHex(BLOB),
      records: maker.records.map((record) => ({ ...asHex(record), received: clock.now() })),
      expires: clock.now() + 7 * DAY,
    },
  })
})

test('K3 opening spends nothing: after fifty, the link is still claimed, once', async () => {
  const { origin, store, maker, a, invitation, claim } = await invited(2)
  for (let i = 0; i < 50; i++) expect((await openLink(origin, invitation)).ok).toBe(true)
  const answer = await claimLink(origin, invitation, claim, ringOf(maker, 'b'))
  expect(answer.ok).toBe(true)
  await a.until(() => a.heard('record:appended').length === 2)
  expect(a.heard('record:appended')[1]!.head).toEqual(Buffer.from(claim.head))
  const sidecar = await store.sidecar(maker.board)
  expect(sidecar.invitations).toEqual({ [invitation.id]: null })
  expect(Object.keys(sidecar.rings).sort()).toEqual([maker.seats.a.find, maker.seats.b.find].sort())
})

test('K3 a nonce opens one time, and within a minute', async () => {
  const { clock, origin, invitation } = await invited(3)
  const proof = await proofOf(origin, invitation)
  expect((await post(origin, '/api/invitations/open', proof)).ok).toBe(true)
  const again = { status: 400, ok: false, code: 'nonce-unknown' }
  expect(await post(origin, '/api/invitations/open', proof)).toEqual(again)
  const late = await proofOf(origin, invitation)
  clock.advance(60_000)
  expect(await post(origin, '/api/invitations/open', late)).toEqual(again)
})

test('K3 whoever cannot sign with the link is told what anyone is told of no invitation', async () => {
  const { origin, maker, invitation, claim } = await invited(4)
  const stranger = maker.newInvitation()
  const proof = await proofOf(origin, { ...stranger, id: invitation.id })
  expect(await post(origin, '/api/invitations/open', proof)).toEqual(UNKNOWN)
  expect(await openLink(origin, stranger)).toEqual(UNKNOWN)
  // A proof for another invitation, or with one bit changed, is no proof.
  const right = await proofOf(origin, invitation)
  const sig = fromHex(right.sig)
  sig[0]! ^= 1
  const bent = { ...right, sig: toHex(sig) }
  expect(await post(origin, '/api/invitations/open', bent)).toEqual(UNKNOWN)
  const ring = ringOf(maker, 'b')
  const wrong = { ...(await proofOf(origin, { ...stranger, id: invitation.id })), ring }
  expect(await post(origin, '/api/invitations/claim', { ...wrong, record: asHex(claim) })).toEqual(
    UNKNOWN,
  )
})

test('K3 of two who claim at once with one link one wins, and the other is told that it is used', async () => {
  const slow = createMemoryStore()
  const { changeSidecar } = slow
  const { origin, store, maker, invitation, claim } = await invited(5, {}, slow)
  const arrived: string[] = []
  slow.changeSidecar = async (board, change) => {
    // Whoever comes first takes its time, so that the other could get in between.
    arrived.push(board)
    for (let i = 0; i < 50 && arrived.length === 1; i++) await new Promise(setImmediate)
    return changeSidecar.call(slow, board, change)
  }
  const rival = rivalOf(6)
  const theirs = maker.make(
    { seat: 'b', open: maker.claimOf(invitation, maker.board, rival) },
    { kind: 'name', name: 'Eve' },
    { sign: rival.sign.secret },
  )
  const answers = await Promise.all([
    claimLink(origin, invitation, claim, ringOf(maker, 'b')),
    claimLink(origin, invitation, theirs, { find: rival.find, box: '00' }),
  ])
  const [won, lost] = answers[0].ok ? answers : [answers[1], answers[0]]
  expect(won.ok).toBe(true)
  expect(lost).toEqual({ status: 410, ok: false, code: 'invitation-used' })
  expect((await store.history(maker.board)).records).toHaveLength(3)
  // Nothing is left of the loser: not even a key ring.
  expect(Object.keys((await store.sidecar(maker.board)).rings)).toHaveLength(2)
})

test('K3 a claim whose answer was lost is answered again; anyone else’s link is used', async () => {
  const { clock, origin, maker, invitation, claim } = await invited(7)
  const first = await claimLink(origin, invitation, claim, ringOf(maker, 'b'))
  clock.advance(8 * DAY)
  expect(await claimLink(origin, invitation, claim, ringOf(maker, 'b'))).toEqual(first)
  const used = { status: 410, ok: false, code: 'invitation-used' }
  expect(await openLink(origin, invitation)).toEqual(used)
})

test('K3 a link stops working after its days, by the server’s clock, and says when', async () => {
  const { clock, origin, maker, invitation, claim } = await invited(8)
  const end = clock.now() + 7 * DAY
  clock.advance(7 * DAY - 1)
  expect((await openLink(origin, invitation)).ok).toBe(true)
  clock.advance(1)
  const expired = { status: 410, ok: false, code: 'invitation-expired', when: end }
  expect(await openLink(origin, invitation)).toEqual(expired)
  expect(await claimLink(origin, invitation, claim, ringOf(maker, 'b'))).toEqual(expired)
})

test('K3 a cancelled link says so, and its blob is gone', async () => {
  const { origin, store, maker, a, invitation, claim } = await invited(9)
  maker.cancel(invitation)
  await a.ask('record:append', { record: maker.records.at(-1)! })
  const cancelled = { status: 410, ok: false, code: 'invitation-cancelled' }
  expect(await openLink(origin, invitation)).toEqual(cancelled)
  expect(await claimLink(origin, invitation, claim, ringOf(maker, 'b'))).toEqual(cancelled)
  expect((await store.sidecar(maker.board)).invitations).toEqual({ [invitation.id]: null })
})

test('K3 a new link replaces the old one; once the seat is held through it, the old one says full', async () => {
  const { origin, store, maker, a, invitation } = await invited(10)
  const second = await invite(a, maker)
  expect((await openLink(origin, invitation)).ok).toBe(false)
  expect((await store.sidecar(maker.board)).invitations).toEqual({
    [invitation.id]: null,
    [second.id]: toHex(BLOB),
  })
  maker.claim(second)
  const claimed = await claimLink(origin, second, maker.records.at(-1)!, ringOf(maker, 'b'))
  expect(claimed.ok).toBe(true)
  expect(await openLink(origin, invitation)).toEqual({ status: 409, ok: false, code: 'board-full' })
})

test('K3 a claim for a place that was taken meanwhile can be signed again', async () => {
  const { origin, maker, a, invitation, claim } = await invited(11)
  maker.say('a', { kind: 'name', name: 'Ada' })
  await a.ask('record:append', { record: maker.records.at(-1)! })
  const ring = ringOf(maker, 'b')
  const taken = { status: 409, ok: false, code: 'not-next' }
  expect(await claimLink(origin, invitation, claim, ring)).toEqual(taken)
  maker.claim(invitation)
  expect((await claimLink(origin, invitation, maker.records.at(-1)!, ring)).ok).toBe(true)
})

test('K3 the claim must be of this very invitation, for the seat that is free', async () => {
  const { origin, maker, a, invitation } = await invited(12)
  const ring = ringOf(maker, 'b')
  const other = { ...maker.claimOf(maker.newInvitation()) }
  const wrongLink = maker.make({ seat: 'b', open: other })
  expect(await claimLink(origin, invitation, wrongLink, ring)).toMatchObject({
    code: 'bad-request',
  })
  const said = maker.make()
  expect(await claimLink(origin, invitation, said, ring)).toMatchObject({ code: 'bad-request' })
  const open = maker.claimOf(invitation)
  const seatA = maker.make({ seat: 'a', open }, undefined, { sign: maker.seats.b.sign.secret })
  expect(await claimLink(origin, invitation, seatA, ring)).toMatchObject({ code: 'seat-taken' })
  const forAnother = maker.make({ seat: 'b', open: { ...open, proof: '00'.repeat(64) } })
  expect(await claimLink(origin, invitation, forAnother, ring)).toMatchObject({
    code: 'proof-invalid',
  })
  // Nor over a socket, where nobody judges the seven days.
  const overSocket = maker.make({ seat: 'b', open })
  expect(await a.ask('record:append', { record: overSocket })).toEqual({
    ok: false,
    code: 'bad-request',
  })
})

test('K3 an invitation and its blob come together or not at all', async () => {
  const { origin, maker, a } = await invited(13)
  const invitation = maker.newInvitation()
  const open = {
    kind: 'invite',
    id: invitation.id,
    prove: invitation.prove.public,
    days: 7,
  } as const
  const record = maker.make({ open })
  const without = await a.ask('record:append', { record })
  expect(without).toEqual({ ok: false, code: 'bad-request' })
  const plain = await a.ask('record:append', { record: maker.make(), invitation: BLOB })
  expect(plain).toEqual({ ok: false, code: 'bad-request' })
  expect(await openLink(origin, invitation)).toEqual(UNKNOWN)
})

test('K3 no board can take over the invitation or the key ring of another', async () => {
  const { origin, maker, invitation } = await invited(14)
  const thief = await found(origin, 15)
  const t = await seated(origin, thief)
  const record = thief.make({
    open: { kind: 'invite', id: invitation.id, prove: invitation.prove.public, days: 7 },
  })
  const said = await t.ask('record:append', { record, invitation: BLOB })
  expect(said).toEqual({ ok: false, code: 'bad-request' })
  const theirs = rivalOf(16)
  expect(theirs.find).not.toBe(maker.seats.a.find)
  const ring = await post(origin, '/api/rings/open', { find: maker.seats.a.find })
  expect(ring).toEqual({ status: 200, ok: true, value: { box: 'c0ffee' } })
})

test('K3 guessing is limited: what is wrong costs more than what is right', async () => {
  const { origin, maker } = await invited(17, { LIMIT_POSTS_BURST: '100' })
  const codes = new Map<string, number>()
  for (let i = 0; i < 60; i++) {
    const said = await post(origin, '/api/rings/open', { find: maker.other32() })
    const code = said.ok ? 'ok' : said.code
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  expect(codes.get('ring-unknown')).toBeLessThan(15)
  expect(codes.get('rate-limited')).toBeGreaterThan(45)
})

test('R8 a third person finds the board full, and none of it changed', async () => {
  const { origin } = await appForTest()
  const { maker, a } = await together(origin, 18)
  const third = maker.newInvitation()
  const open = { kind: 'invite', id: third.id, prove: third.prove.public, days: 7 } as const
  const said = await a.ask('record:append', { record: maker.make({ open }), invitation: BLOB })
  expect(said).toEqual({ ok: false, code: 'board-full' })
  expect(await openLink(origin, third)).toEqual(UNKNOWN)
})

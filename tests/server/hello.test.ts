/** Who may sit down: only whoever signs this connection's nonce for this place and this board. */
import { expect, test } from 'vitest'
import { signHello } from '../../shared/proofs.ts'
import { appForTest } from '../support/server/app.ts'
import { HandClock } from '../support/clock.ts'
import { found, RawClient, sayHello, seated, together } from './raw-client.ts'

test('K4 whoever holds a seat’s key is seated, and told how far the history has come', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 1)
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker)).toEqual({ ok: true, value: { seq: 0 } })
})

test('K4 both seats are seated by their own keys', async () => {
  const { origin } = await appForTest()
  const { maker } = await together(origin, 2)
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker, 'b')).toEqual({ ok: true, value: { seq: 2 } })
})

const other = 'ab'.repeat(32)
test.each([
  ['an old nonce', { nonce: new Uint8Array(32) }],
  ['another origin', { origin: 'http://127.0.0.1:1' }],
  ['another board', { board: other }],
])('K4 a hello signed for %s is refused, and its socket closed', async (_name, change) => {
  const { origin } = await appForTest()
  const maker = await found(origin, 3)
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker, 'a', change)).toEqual({
    ok: false,
    code: 'hello-refused',
  })
  await client.until(() => client.socket.disconnected)
})

test('K4 a key that holds no seat is refused: the invited one’s, before the claim', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 4)
  const client = new RawClient(origin)
  const said = await sayHello(client, origin, maker, 'b')
  expect(said).toEqual({ ok: false, code: 'hello-refused' })
})

test('K4 a signature of one seat under the key of another is refused', async () => {
  const { origin } = await appForTest()
  const { maker } = await together(origin, 5)
  const client = new RawClient(origin)
  const { nonce } = await client.fact('hello:asked')
  const sig = signHello(maker.seats.b.sign.secret, { nonce, origin, board: maker.board })
  const answer = { board: maker.board, sign: maker.seats.a.sign.public, sig }
  expect(await client.ask('hello:answer', answer)).toEqual({ ok: false, code: 'hello-refused' })
})

test('K4 a board that is not here is unknown, and a signature for it opens nothing', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 6)
  const client = new RawClient(origin)
  const { nonce } = await client.fact('hello:asked')
  const { sign } = maker.seats.a
  const sig = signHello(sign.secret, { nonce, origin, board: other })
  const said = await client.ask('hello:answer', { board: other, sign: sign.public, sig })
  expect(said).toEqual({ ok: false, code: 'board-unknown' })
})

test('K4 anything said before the hello is refused, and said after it is not', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 7)
  const client = new RawClient(origin)
  const missing = { ok: false, code: 'hello-missing' }
  const record = maker.make()
  const part = { channel: 'board', frame: 0, part: 0, of: 2, bytes: Uint8Array.of(1) }
  expect(await client.ask('record:since', { seq: 0 })).toEqual(missing)
  expect(await client.ask('record:append', { record })).toEqual(missing)
  expect(await client.ask('words:open', { channel: 'board' })).toEqual(missing)
  client.socket.emit('words:send', { channel: 'board', frames: [Buffer.from(part.bytes)] })
  expect(await client.ask('words:part', part)).toEqual(missing)
  expect(await client.ask('presence:join', { room: 'ab'.repeat(16) })).toEqual(missing)
  expect(await client.ask('presence:leave', {})).toEqual(missing)
  expect((await sayHello(client, origin, maker)).ok).toBe(true)
  expect((await client.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect([client.heard('words:written'), client.heard('words:refused')]).toEqual([[], []])
})

test('K4 a nonce is good for one answer', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 8)
  const client = new RawClient(origin)
  expect((await sayHello(client, origin, maker)).ok).toBe(true)
  expect(await sayHello(client, origin, maker)).toEqual({ ok: false, code: 'hello-refused' })
})

test('K4 a hello that does not come within ten seconds closes the socket', async () => {
  const clock = new HandClock()
  const { origin } = await appForTest({ clock })
  const maker = await found(origin, 9)
  const [silent, told] = [new RawClient(origin), await seated(origin, maker)]
  await silent.fact('hello:asked')
  clock.advance(9_999)
  expect((await told.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect(silent.socket.connected).toBe(true)
  clock.advance(1)
  await silent.until(() => silent.socket.disconnected)
  expect((await told.ask('record:since', { seq: 0 })).ok).toBe(true)
})

test('K4 a seat has so many sockets and no more; the other seat has its own', async () => {
  const { origin } = await appForTest({ env: { LIMIT_SOCKETS_PER_SEAT: '2' } })
  const { maker, a } = await together(origin, 10)
  await seated(origin, maker)
  const third = new RawClient(origin)
  expect(await sayHello(third, origin, maker)).toEqual({ ok: false, code: 'rate-limited' })
  await third.until(() => third.socket.disconnected)
  await seated(origin, maker, 'b')
  a.socket.disconnect()
  await expect
    .poll(() =>
      seated(origin, maker).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
})

test('K4 connections of one network that say nothing are limited', async () => {
  const { origin } = await appForTest({ env: { LIMIT_UNANSWERED: '2' } })
  const maker = await found(origin, 11)
  const [one, two] = [new RawClient(origin), new RawClient(origin)]
  await one.fact('hello:asked')
  await two.fact('hello:asked')
  const third = new RawClient(origin)
  await third.until(() => third.turnedAway)
  expect(third.heard('hello:asked')).toEqual([])
  await sayHello(one, origin, maker)
  const fourth = new RawClient(origin)
  expect((await sayHello(fourth, origin, maker)).ok).toBe(true)
})

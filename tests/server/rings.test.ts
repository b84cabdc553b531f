/** K1: the key ring of the seat that joined, asked for and taken again by a server that lost it. */
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { Store } from '../../server/store/store.ts'
import { RING_MAX_BYTES } from '../../shared/sealed-json.ts'
import { appForTest } from '../support/server/app.ts'
import { found, post, RawClient, ringOf, sayHello, seated, together } from './raw-client.ts'

const RING = { find: 'ab'.repeat(32), box: Uint8Array.of(1, 2, 3) }
const asked = { find: RING.find }
const refused = { ok: false, code: 'bad-request' }

/** A board of two on a server that went back to before the second joined, and was sent the records again. */
async function withoutRing(seed: number) {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store })
  const { maker, ...both } = await together(origin, seed)
  for (const { socket } of [both.a, both.b]) socket.disconnect()
  await forget(store, maker.board, maker.seats.b.find)
  const { origin: again } = await appForTest({ store })
  return { origin: again, maker, store }
}

const forget = (store: Store, board: string, find: string) =>
  store.changeSidecar(board, ({ rings: { [find]: _, ...rings }, ...rest }) => ({ ...rest, rings }))

const ringsOf = async (store: Store, board: string) =>
  Object.keys((await store.sidecar(board)).rings)

test('K1 whoever holds the seat is asked for its ring, gives it once, and is not asked again', async () => {
  const { origin, maker, store } = await withoutRing(1)
  expect(await post(origin, '/api/rings/open', asked)).toMatchObject({ code: 'ring-unknown' })
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker, 'b')).toEqual({
    ok: true,
    value: { seq: 2, lacksRing: true },
  })
  for (let time = 0; time < 2; time++) {
    expect(await client.ask('ring:keep', RING)).toEqual({ ok: true, value: null })
  }
  expect(await post(origin, '/api/rings/open', asked)).toMatchObject({ value: { box: '010203' } })
  expect(await ringsOf(store, maker.board)).toEqual([maker.seats.a.find, RING.find])
  const next = new RawClient(origin)
  expect(await sayHello(next, origin, maker, 'b')).toEqual({ ok: true, value: { seq: 2 } })
})

test('K1 nobody is asked where both rings are there, nor the founder, and none is taken from them', async () => {
  const { origin } = await appForTest()
  const { maker, b } = await together(origin, 2)
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker, 'b')).toEqual({ ok: true, value: { seq: 2 } })
  expect(await b.ask('ring:keep', RING)).toEqual(refused)

  const lost = await withoutRing(3)
  const a = new RawClient(lost.origin)
  expect(await sayHello(a, lost.origin, lost.maker)).toEqual({ ok: true, value: { seq: 2 } })
  expect(await a.ask('ring:keep', RING)).toEqual(refused)
  expect(await ringsOf(lost.store, lost.maker.board)).toEqual([lost.maker.seats.a.find])
})

test('K1 a ring takes no other’s place, is no larger than one, and is taken from nobody unseated', async () => {
  const { origin, maker, store } = await withoutRing(4)
  const other = await found(origin, 5)
  const b = await seated(origin, maker, 'b')
  expect(await b.ask('ring:keep', { ...RING, find: ringOf(other).find })).toEqual(refused)
  const large = { ...RING, box: new Uint8Array(RING_MAX_BYTES + 1) }
  expect(await b.ask('ring:keep', large)).toEqual(refused)
  const stranger = new RawClient(origin)
  await stranger.fact('hello:asked')
  expect(await stranger.ask('ring:keep', RING)).toMatchObject({ code: 'hello-missing' })
  expect(await ringsOf(store, maker.board)).toEqual([maker.seats.a.find])
  expect(await post(origin, '/api/rings/open', { find: ringOf(other).find })).toMatchObject({
    value: { box: ringOf(other).box },
  })
})

test('K1 a board whose rings cannot be read lets its people in as before', async () => {
  const { maker, store } = await withoutRing(6)
  const unread = () => Promise.reject(new Error('cannot be read'))
  Object.assign(store, { sidecar: unread, index: async () => [] }) // where it is left out
  const { origin } = await appForTest({ store })
  const client = new RawClient(origin)
  expect(await sayHello(client, origin, maker, 'b')).toEqual({ ok: true, value: { seq: 2 } })
})

/** Awareness stays inside one room of one board, one client to a socket, and its end is told. */
import { expect, test } from 'vitest'
import { awarenessFrame, GONE, queryFrame } from '../../server/live/sync-frames.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { appForTest } from '../support/server/app.ts'
import { seated, together } from './raw-client.ts'
import { WordsClient } from './words-client.ts'

const room = 'ab'.repeat(16)
const elsewhere = 'cd'.repeat(16)
const caret = (client: number, clock = 1, state = '{"live":"00"}') => ({ client, clock, state })

async function meeting(seed: number) {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store })
  const { maker, a, b } = await together(origin, seed)
  const [ana, ben] = [await WordsClient.open(a), await WordsClient.open(b)]
  const enter = (who: WordsClient, name = room) => who.client.ask('presence:join', { room: name })
  /** All that was sent to `who` before this has arrived. */
  const settle = async (who: WordsClient, by: WordsClient, client: number) => {
    await by.write(`settled ${client}`, client)
    await who.client.until(() => who.texts().includes(`settled ${client}`))
  }
  return { store, origin, maker, ana, ben, enter, settle }
}

test('S5 within a room each is shown the other', async () => {
  const { ana, ben, enter } = await meeting(1)
  await enter(ana)
  await enter(ben)
  await ana.show(caret(1))
  await ben.client.until(() => ben.shown().length === 1)
  expect(ben.shown()).toEqual([caret(1)])
})

test('S5 outside a room, in another room, or after leaving nothing is passed on', async () => {
  const { store, maker, ana, ben, enter, settle } = await meeting(2)
  await ana.show(caret(1, 1))
  await enter(ana)
  await ana.show(caret(1, 2))
  await enter(ben, elsewhere)
  await ana.show(caret(1, 3))
  await enter(ben)
  await ben.client.ask('presence:leave', {})
  await ana.show(caret(1, 4))
  await settle(ben, ana, 50)
  expect(ben.shown()).toEqual([])
  // And none of it is kept.
  expect((await store.words(maker.board, 'board')).entries).toHaveLength(1)
})

test('S5 another board’s room of the same name is another room', async () => {
  const { origin, ana, enter } = await meeting(3)
  const there = await together(origin, 4)
  const eve = await WordsClient.open(there.a)
  const eva = await WordsClient.open(there.b)
  await enter(eve)
  await enter(eva)
  await enter(ana)
  await ana.show(caret(1))
  await eva.show(caret(2))
  await eve.client.until(() => eve.shown().length === 1)
  expect(eve.shown()).toEqual([caret(2)])
})

test('S5 those in a room are asked to show themselves when one comes in', async () => {
  const { ana, ben, enter } = await meeting(5)
  await enter(ana)
  expect(ana.queries()).toBe(0)
  await enter(ben)
  await ana.client.until(() => ana.queries() === 1)
  expect(ben.queries()).toBe(0)
  // And whenever one asks.
  await ben.send(queryFrame)
  await ana.client.until(() => ana.queries() === 2)
})

test('S5 the end of a client is told when its socket leaves, and when it is cut off', async () => {
  const { origin, maker, ana, ben, enter } = await meeting(6)
  await enter(ana)
  await enter(ben)
  await ana.show(caret(1, 5))
  await ana.client.ask('presence:leave', {})
  await ben.client.until(() => ben.shown().length === 2)
  expect(ben.shown()[1]).toEqual(caret(1, 5, GONE))
  await enter(ana)
  await ana.show(caret(1, 6))
  ana.client.socket.disconnect()
  await ben.client.until(() => ben.shown().length === 4)
  expect(ben.shown()[3]).toEqual(caret(1, 6, GONE))
  // Counting on, the same client is shown again at once.
  const again = await WordsClient.open(await seated(origin, maker))
  await enter(again)
  await again.show(caret(1, 7))
  await ben.client.until(() => ben.shown().length === 5)
  expect(ben.shown()[4]).toEqual(caret(1, 7))
})

test('S5 one that said itself that it left is not announced again', async () => {
  const { ana, ben, enter, settle } = await meeting(7)
  await enter(ana)
  await enter(ben)
  await ana.show(caret(1, 1))
  await ana.show(caret(1, 2, GONE))
  await ana.client.ask('presence:leave', {})
  await settle(ben, ana, 50)
  expect(ben.shown()).toEqual([caret(1, 1), caret(1, 2, GONE)])
})

test('S5 a socket speaks for one client: frames that name another, or several, are dropped', async () => {
  const { ana, ben, enter, settle } = await meeting(8)
  await enter(ana)
  await enter(ben)
  await ana.show(caret(1, 1))
  await ana.show(caret(2, 1))
  const two = Uint8Array.of(1, 13, 2, 1, 9, 2, ...Buffer.from('{}'), 2, 9, 2, ...Buffer.from('{}'))
  await ana.send(two)
  await settle(ben, ana, 50)
  expect(ben.shown()).toEqual([caret(1, 1)])
})

test('S5 nobody ends or moves the other’s caret', async () => {
  const { ana, ben, enter, settle } = await meeting(9)
  await enter(ana)
  await enter(ben)
  await ana.show(caret(1, 1))
  await ben.show(caret(1, 99, GONE))
  await ben.show(caret(1, 99))
  await settle(ana, ben, 50)
  expect(ana.shown()).toEqual([])
  await ana.show(caret(1, 2))
  await ben.client.until(() => ben.shown().length === 2)
  expect(ben.shown()).toEqual([caret(1, 1), caret(1, 2)])
})

test.each([
  ['megabytes', 'x'.repeat(5000)],
  ['no JSON', '{'],
])('S5 awareness of %s is dropped', async (_name, text) => {
  const { ana, ben, enter, settle } = await meeting(10)
  await enter(ana)
  await enter(ben)
  const state = text === '{' ? text : JSON.stringify({ live: text })
  expect(await ana.send(awarenessFrame(caret(1, 1, state)))).toEqual({ ok: true, value: null })
  await settle(ben, ana, 50)
  expect(ben.shown()).toEqual([])
})

/** Compacting lets go of what was deleted and of nothing else. */
import * as Y from 'yjs'
import { expect, onTestFinished, test } from 'vitest'
import { compact } from '../../server/compaction/compact.ts'
import { createCompactor, type Compactor } from '../../server/compaction/compactor.ts'
import { systemClock } from '../../server/clock.ts'
import { createLogger } from '../../server/logger.ts'
import { Relay } from '../../server/live/relay.ts'
import type { Session } from '../../server/live/session.ts'
import { readFrame, updateFrame } from '../../server/live/sync-frames.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import type { Store } from '../../server/store/store.ts'
import { EMPTY_VECTOR, mergeTree } from '../../shared/yjs-merge.ts'
import { appForTest } from '../support/server/app.ts'
import { boardWith, dice } from '../support/store/store-records.ts'
import { gate } from '../support/store/store-disk.ts'
import { found, seated } from './raw-client.ts'
import { updateOf, WordsClient } from './words-client.ts'

/** Two writers who also delete, as a list of updates. */
function story(seed: number, steps: number): Uint8Array[] {
  const roll = dice(seed)
  const docs = [new Y.Doc(), new Y.Doc()]
  const updates: Uint8Array[] = []
  docs.forEach((doc, i) => {
    doc.clientID = i + 1
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'other') return
      updates.push(update)
      if (roll(3) > 0) Y.applyUpdate(docs[1 - i]!, update, 'other')
    })
  })
  for (let step = 0; step < steps; step++) {
    const array = docs[roll(2)]!.getArray('w')
    if (array.length > 0 && roll(3) === 0) array.delete(roll(array.length))
    else array.insert(roll(array.length + 1), [Uint8Array.from({ length: 60 }, () => roll(256))])
  }
  return updates
}

const stateOf = (update: Uint8Array) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return {
    json: doc.getArray('w').toJSON(),
    vector: [...Y.decodeStateVector(Y.encodeStateVector(doc))],
  }
}

test('S6 the state before and after is the same, also where parts of it are still missing', () => {
  for (const seed of [1, 2, 3]) {
    const updates = story(seed, 300)
    const whole = mergeTree(updates)
    const small = compact(whole)
    expect(small.length).toBeLessThan(whole.length)
    expect(stateOf(small)).toEqual(stateOf(whole))
    const gap = mergeTree(updates.filter((_, i) => i !== 20))
    const filled = mergeTree([compact(gap), updates[20]!])
    expect(stateOf(filled)).toEqual(stateOf(whole))
  }
})

test('S6 it is done in a worker, which says no to what is no document and goes on', async () => {
  const compactor = createCompactor(systemClock)
  onTestFinished(() => compactor.close())
  const whole = mergeTree(story(4, 100))
  const bad = compactor.compact(Uint8Array.of(1, 2, 3))
  const good = compactor.compact(whole)
  await expect(bad).rejects.toThrow()
  expect(await good).toEqual(compact(whole))
})

const inline: Compactor = {
  compact: async (state) => compact(state),
  close: async () => undefined,
}

async function relayOn(store: Store, board: string, compactor = inline): Promise<Relay> {
  const logger = createLogger({ level: 'silent', now: () => 0, write: () => undefined })
  const failed = (cause: unknown) => {
    throw cause
  }
  const mostBytes = 8 * 1024 * 1024
  return Relay.load({ board, channel: 'board', store, compactor, logger, mostBytes, failed })
}

const take = (relay: Relay, seat: 'a' | 'b', update: Uint8Array) =>
  relay.receive(sessionOf(seat), update, updateFrame(update))

const sessionOf = (seat: 'a' | 'b') =>
  ({ seat, outbox: { push: () => undefined } }) as unknown as Session

/** What a relay answers to one that has nothing. */
function stateIn(relay: Relay): Uint8Array {
  const frames: Uint8Array[] = []
  const session = { seat: 'a', outbox: { push: (frame: Uint8Array) => frames.push(frame) } }
  relay.answer(session as unknown as Session, EMPTY_VECTOR)
  const frame = readFrame(frames[0]!)
  if (frame?.kind !== 'step-2') throw new Error('it did not answer')
  return frame.update
}

async function relayWith(seed: number, steps: number, compactor = inline) {
  const store = createMemoryStore()
  const { board } = await boardWith(store, dice(seed), 1)
  const relay = await relayOn(store, board, compactor)
  const updates = story(seed, steps)
  updates.forEach((update, i) => take(relay, i % 4 ? 'a' : 'b', update))
  await relay.written()
  const entries = async () => (await store.words(board, 'board')).entries
  return { store, board, relay, updates, entries }
}

test('S6 the log becomes one entry of the same state, and each seat keeps its share of the room', async () => {
  const { relay, updates, entries } = await relayWith(5, 200)
  const before = (await entries()).reduce((sum, { used }) => sum + used.a, 0)
  const size = updates.reduce((sum, { length }) => sum + length, 0)
  await relay.compact()
  const [only, ...others] = await entries()
  expect(others).toEqual([])
  expect(stateOf(only!.bytes)).toEqual(stateOf(mergeTree(updates)))
  expect(only!.used.a + only!.used.b).toBe(only!.bytes.length)
  expect(only!.used.a / only!.bytes.length).toBeCloseTo(before / size, 2)
  // Nothing came since: there is nothing to do.
  await relay.compact()
  expect(await entries()).toEqual([only])
})

test('S6 what comes while it runs is kept behind it', async () => {
  const running = gate()
  const slow: Compactor = {
    ...inline,
    compact: async (state) => {
      await running.passed
      return compact(state)
    },
  }
  const { store, board, relay, updates, entries } = await relayWith(6, 50, slow)
  const compacting = relay.compact()
  const late = updateOf('late', 99)
  take(relay, 'b', late)
  await relay.written()
  running.open()
  await compacting
  expect(await entries()).toHaveLength(2)
  const all = mergeTree((await entries()).map(({ bytes }) => bytes))
  expect(stateOf(all)).toEqual(stateOf(mergeTree([...updates, late])))
  expect(stateOf(stateIn(relay))).toEqual(stateOf(all))
  // Compacting once more counts what is there now.
  await relay.compact()
  expect(await entries()).toHaveLength(1)
  expect(stateOf((await entries())[0]!.bytes)).toEqual(stateOf(all))
  expect(take(relay, 'a', updateOf('later', 98)).ok).toBe(true)
  await relay.written()
  const more = mergeTree((await entries()).map(({ bytes }) => bytes))
  expect(stateOf(more)).toEqual(stateOf(mergeTree([all, updateOf('later', 98)])))
  // And so it is when it is loaded again, and compacted again.
  const again = await relayOn(store, board)
  await again.compact()
  expect(stateOf((await entries())[0]!.bytes)).toEqual(stateOf(more))
})

test.each([
  ['the worker', { ...inline, compact: () => Promise.reject(new Error('no')) }, false],
  ['the disk', inline, true],
])('S6 when %s fails the log stays as it is, and takes more', async (_name, compactor, broken) => {
  const { store, relay, updates, entries } = await relayWith(7, 50, compactor)
  if (broken) store.replaceWords = () => Promise.reject(new Error('no'))
  const before = await entries()
  await relay.compact()
  expect(await entries()).toEqual(before)
  expect(take(relay, 'a', updateOf('more', 99)).ok).toBe(true)
  await relay.written()
  expect(await entries()).toHaveLength(updates.length + 1)
})

test('S6 an entry that cannot be read is passed over, and never compacted away', async () => {
  const store = createMemoryStore()
  const { board } = await boardWith(store, dice(8), 1)
  const used = { a: 10, b: 0 }
  await store.appendWords(board, 'board', { bytes: updateOf('one', 1), used })
  await store.appendWords(board, 'board', { bytes: Uint8Array.of(1, 2, 3), used })
  await store.appendWords(board, 'board', { bytes: updateOf('two', 2), used })
  const relay = await relayOn(store, board)
  await relay.compact()
  expect((await store.words(board, 'board')).entries).toHaveLength(3)
  expect(
    relay.receive(sessionOf('a'), mergeTree([updateOf('one', 1), updateOf('two', 2)]), null).ok,
  ).toBe(true)
  await relay.written()
  expect((await store.words(board, 'board')).entries).toHaveLength(3)
})

test('S6 a board is compacted when it falls quiet', async () => {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store })
  const maker = await found(origin, 9)
  const client = await seated(origin, maker)
  const words = await WordsClient.open(client)
  for (const update of story(9, 40)) await words.send(updateFrame(update))
  const before = (await store.words(maker.board, 'board')).entries
  expect(before.length).toBeGreaterThan(30)
  client.socket.disconnect()
  await expect
    .poll(async () => (await store.words(maker.board, 'board')).entries.length, { timeout: 10_000 })
    .toBe(1)
  const [after] = (await store.words(maker.board, 'board')).entries
  expect(stateOf(after!.bytes)).toEqual(stateOf(mergeTree(before.map(({ bytes }) => bytes))))
})

test('D5 a board that someone comes back to while it is compacted is not let go of', async () => {
  const store = createMemoryStore()
  const [running, begun] = [gate(), gate()]
  const released: string[] = []
  const { replaceWords, release } = store
  store.replaceWords = async (...args) => {
    begun.open()
    await running.passed
    return replaceWords.apply(store, args)
  }
  store.release = async (board) => {
    released.push(board)
    return release.call(store, board)
  }
  const { origin } = await appForTest({ store })
  const maker = await found(origin, 10)
  const first = await seated(origin, maker)
  await (await WordsClient.open(first)).write('one', 1)
  first.socket.disconnect()
  await begun.passed
  const second = await WordsClient.open(await seated(origin, maker))
  running.open()
  await second.write('two', 2)
  expect((await second.sync()).sort()).toEqual(['one', 'two'])
  expect(released).toEqual([])
})

/** Words on their way: checked, passed on at once, written, and only then acknowledged. */
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { PART_BYTES } from '../../shared/wire.ts'
import {
  awarenessFrame,
  step1Frame,
  step2Frame,
  updateFrame,
} from '../../server/live/sync-frames.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { appForTest, openApp } from '../support/server/app.ts'
import { HandClock } from '../support/clock.ts'
import { gate } from '../support/store/store-disk.ts'
import { found, pauseReading, RawClient, sayHello, seated, together } from './raw-client.ts'
import { EMPTY_STEP_2, updateOf, WordsClient } from './words-client.ts'

async function writing(seed: number, env: Record<string, string> = {}) {
  const store = createMemoryStore()
  const clock = new HandClock()
  const { origin } = await appForTest({ store, clock, env })
  const { maker, a, b } = await together(origin, seed)
  const [ana, ben] = [await WordsClient.open(a), await WordsClient.open(b)]
  const entries = async () => (await store.words(maker.board, 'board')).entries
  return { store, clock, origin, maker, ana, ben, entries }
}

test('S6 what one writes the other is sent, and whoever comes later too', async () => {
  const { origin, maker, ana, ben } = await writing(1)
  expect(await ana.write('hello')).toEqual({ ok: true, value: null })
  await ben.client.until(() => ben.texts().includes('hello'))
  const late = await WordsClient.open(await seated(origin, maker))
  expect(await late.sync()).toEqual(['hello'])
})

test('S6 the server asks for what it lacks as soon as words are open', async () => {
  const { origin, maker, ana } = await writing(2)
  await ana.write('hello', 7)
  const late = await WordsClient.open(await seated(origin, maker))
  await late.client.until(() => late.heard().length > 0)
  const [frame] = late.heard()
  expect(frame?.kind).toBe('step-1')
  const vector = frame?.kind === 'step-1' ? Y.decodeStateVector(frame.vector) : null
  expect([...(vector ?? [])]).toEqual([[7, 1]])
})

test('S6 nobody is sent what they wrote themselves', async () => {
  const { ana, ben } = await writing(3)
  await ana.write('hello')
  await ben.client.until(() => ben.texts().includes('hello'))
  await ben.write('and you', 2)
  await ana.client.until(() => ana.texts().includes('and you'))
  expect(ana.texts()).toEqual(['and you'])
})

test('S6 one that has not opened words is sent none, and may send none', async () => {
  const { origin, maker, ana, ben } = await writing(4)
  const third = new WordsClient(await seated(origin, maker))
  expect(await third.write('early')).toEqual({ ok: false, code: 'bad-request' })
  await ana.write('hello')
  await ben.client.until(() => ben.texts().includes('hello'))
  expect(third.heard()).toEqual([])
})

test('S6 a frame of another board is never seen', async () => {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store })
  const here = await together(origin, 5)
  const there = await together(origin, 6)
  const [ana, ben] = [await WordsClient.open(here.a), await WordsClient.open(here.b)]
  const [eve, eva] = [await WordsClient.open(there.a), await WordsClient.open(there.b)]
  await eve.write('elsewhere', 3)
  await eva.client.until(() => eva.texts().includes('elsewhere'))
  await ana.write('here', 1)
  await ben.client.until(() => ben.texts().length > 0)
  expect(ben.texts()).toEqual(['here'])
  expect(eva.texts()).toEqual(['elsewhere'])
  expect(await eve.sync()).toEqual(['elsewhere'])
})

const good = updateOf('garbage', 9)
const v2 = (() => {
  const doc = new Y.Doc()
  doc.getArray('w').push(['x', 'y'])
  return Y.encodeStateAsUpdateV2(doc)
})()
test.each([
  ['cut short', good.subarray(0, good.length - 3)],
  ['of billions of changes', Uint8Array.of(1, 255, 255, 255, 255, 15, 1, 0)],
  ['of billions of clients', Uint8Array.of(255, 255, 255, 255, 15)],
  ['of another format', v2],
  ['of random bytes', Uint8Array.from({ length: 64 }, (_, i) => (i * 89 + 7) % 256)],
  ['of nothing', new Uint8Array()],
  // Merges, and then throws wherever it is applied: one client, one deletion, at 7, of length 0.
  ['that deletes nothing of what nobody has', Uint8Array.of(0, 1, 5, 1, 7, 0)],
])('S6 an update %s is refused, kept from the other, and later loads are sound', async (_, bad) => {
  const { origin, maker, ana, ben, entries } = await writing(7)
  const refused = { ok: false, code: 'update-malformed' }
  expect(await ana.send(updateFrame(bad))).toEqual(refused)
  expect(await ana.send(step2Frame(bad))).toEqual(refused)
  expect(await entries()).toEqual([])
  // One bad frame is no reason to lose the good ones beside it.
  expect(await ana.send(updateFrame(bad), updateFrame(updateOf('good')))).toEqual(refused)
  await ben.client.until(() => ben.texts().length > 0)
  expect(ben.updates()).toHaveLength(1)
  const late = await WordsClient.open(await seated(origin, maker))
  expect(await late.sync()).toEqual(['good'])
})

test('S6 a step 1 that is no state vector is refused', async () => {
  const { ana } = await writing(8)
  expect(await ana.send(step1Frame(Uint8Array.of(200)))).toEqual({
    ok: false,
    code: 'update-malformed',
  })
})

test('S6 a frame of an unknown kind is passed over, and refused with the words it came with', async () => {
  const { ana } = await writing(9)
  const unknown = Uint8Array.of(9, 1)
  await ana.send(unknown, new Uint8Array())
  expect([ana.client.heard('words:refused'), ana.client.heard('words:written')]).toEqual([[], []])
  const refused = { ok: false, code: 'update-malformed' }
  expect(await ana.send(unknown, updateFrame(updateOf('hello')))).toEqual(refused)
})

test('S7 a client that opens a channel need not wait for the answer before it sends', async () => {
  const { maker, origin } = await writing(25)
  const words = new WordsClient(await seated(origin, maker))
  const opened = words.client.ask('words:open', { channel: 'board' })
  const long = 'a long one '.repeat(6_000)
  const sent = [words.write('at once', 9), words.write('and more', 10)]
  const inParts = words.sendInParts(updateFrame(updateOf(long, 11)))
  expect(await Promise.all(sent)).toEqual(sent.map(() => ({ ok: true, value: null })))
  expect((await inParts).every(({ ok }) => ok)).toBe(true)
  expect((await opened).ok).toBe(true)
  expect((await words.sync()).sort()).toEqual([long, 'and more', 'at once'].sort())
})

test('S7 what comes too early is bounded, and refused beyond', async () => {
  const memory = createMemoryStore()
  const held = gate()
  const store: typeof memory = Object.assign(Object.create(memory) as typeof memory, {
    ...bound(memory),
    words: async (...args: Parameters<typeof memory.words>) => {
      await held.passed
      return memory.words(...args)
    },
  })
  const { origin } = await appForTest({ store })
  const { a } = await together(origin, 27)
  const words = new WordsClient(a)
  const opened = a.ask('words:open', { channel: 'board' })
  const sent = [1, 2, 3, 4, 5, 6, 7].map((client) => words.write('x'.repeat(180 * 1024), client))
  await a.until(() => a.heard('words:refused').length === 2)
  held.open()
  expect((await opened).ok).toBe(true)
  const said = await Promise.all(sent)
  expect(said.filter(({ ok }) => ok)).toHaveLength(5)
  expect(a.heard('words:refused')[0]?.code).toBe('rate-limited')
})

test('S6 a step 2 that adds nothing is acknowledged, and neither kept nor passed on', async () => {
  const { ana, ben, entries } = await writing(10)
  const doc = new Y.Doc()
  doc.getArray('w').push(['one', 'two', 'three'])
  doc.getArray('w').delete(1)
  const state = Y.encodeStateAsUpdate(doc)
  await ana.send(updateFrame(state))
  await ben.client.until(() => ben.updates().length === 1)
  const onlyDeletions = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))
  for (const update of [state, onlyDeletions]) {
    expect(await ben.send(step2Frame(update), EMPTY_STEP_2)).toEqual({ ok: true, value: null })
  }
  expect(await entries()).toHaveLength(1)
  expect(ana.updates()).toEqual([])
  // One that adds a deletion and nothing else is kept.
  doc.getArray('w').delete(0)
  await ben.send(step2Frame(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc))))
  expect(await entries()).toHaveLength(2)
  await ana.client.until(() => ana.updates().length === 1)
})

test('S7 a long frame travels in parts, both ways', async () => {
  const { ana, ben, entries } = await writing(13)
  const text = 'night '.repeat(40_000)
  const answers = await ana.sendInParts(updateFrame(updateOf(text)))
  expect(answers).toHaveLength(5)
  expect(answers.every(({ ok }) => ok)).toBe(true)
  await ben.client.until(() => ben.texts().length === 1)
  expect(ben.texts()).toEqual([text])
  expect(await entries()).toHaveLength(1)
  const parts = ben.client.heard('words:parted')
  expect(parts).toHaveLength(5)
  expect(parts.every(({ bytes }) => bytes.length <= PART_BYTES)).toBe(true)
})

test('S7 parts out of order, of two lengths or too many bytes are refused, and hold no memory', async () => {
  const { ana, ben } = await writing(14, { LIMIT_WORDS_BYTES: '100000' })
  const part = (frame: number, part: number, of: number, bytes = new Uint8Array(PART_BYTES)) =>
    ana.client.ask('words:part', { channel: 'board', frame, part, of, bytes })
  const bad = { ok: false, code: 'bad-request' }
  expect(await part(0, 1, 3)).toEqual(bad)
  expect(await part(0, 0, 3)).toEqual({ ok: true, value: null })
  expect(await part(0, 1, 4)).toEqual(bad)
  const long = await Promise.all([0, 1, 2, 3].map((at) => part(1, at, 20)))
  expect(long[0]).toEqual({ ok: true, value: null })
  expect(long[3]).toEqual({ ok: false, code: 'too-large' })
  const many = await Promise.all([2, 3, 4, 5].map((frame) => part(frame, 0, 2)))
  expect(many.filter(({ ok }) => !ok)).toHaveLength(1)
  await ana.write('still here')
  await ben.client.until(() => ben.texts().includes('still here'))
})

test('S8 an acknowledgement waits until this and all before it are written; passing on does not', async () => {
  const memory = createMemoryStore()
  const held = gate()
  const store: typeof memory = Object.assign(Object.create(memory) as typeof memory, {
    ...bound(memory),
    appendWords: async (...args: Parameters<typeof memory.appendWords>) => {
      await held.passed
      return memory.appendWords(...args)
    },
  })
  const { origin } = await appForTest({ store })
  const { a, b } = await together(origin, 15)
  const [ana, ben] = [await WordsClient.open(a), await WordsClient.open(b)]
  const acknowledged: string[] = []
  const sent = ana.write('hello').then(() => acknowledged.push('words'))
  const empty = ana.send(EMPTY_STEP_2).then(() => acknowledged.push('empty'))
  await ben.client.until(() => ben.texts().includes('hello'))
  // The connection works, in both directions.
  expect((await a.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect(acknowledged).toEqual([])
  held.open()
  await Promise.all([sent, empty])
  // What is written together is acknowledged by one fact.
  expect(a.heard('words:written')).toEqual([{ channel: 'board', frames: 2 }])
})

test('S8 when words cannot be written both are told, cut off, and find only what was', async () => {
  const memory = createMemoryStore()
  let full = false
  const { StoreError } = await import('../../server/store/store.ts')
  const store: typeof memory = {
    ...bound(memory),
    appendWords: async (...args) => {
      if (full) throw new StoreError('store-full', 'there is no room')
      return memory.appendWords(...args)
    },
  }
  const { origin } = await appForTest({ store })
  const { maker, a, b } = await together(origin, 16)
  const [ana, ben] = [await WordsClient.open(a), await WordsClient.open(b)]
  await ana.write('kept', 1)
  full = true
  expect(await ana.write('lost', 2)).toEqual({ ok: false, code: 'store-full' })
  await Promise.all([a, b].map((client) => client.until(() => client.socket.disconnected)))
  expect(ben.texts()).toContain('lost') // relaying never waits
  full = false
  const again = await WordsClient.open(await seated(origin, maker))
  expect(await again.sync()).toEqual(['kept'])
  expect(await again.write('lost', 2)).toEqual({ ok: true, value: null })
  expect((await again.sync()).sort()).toEqual(['kept', 'lost'])
})

test('S8 each seat has its own room: a full one refuses its words and takes the other’s', async () => {
  const { ana, ben, entries } = await writing(17, { LIMIT_WORDS_BYTES: '10000' })
  const chunk = 'y'.repeat(4000)
  const said = []
  for (const client of [1, 2, 3]) said.push(await ana.write(chunk, client))
  expect(said.map((each) => (each.ok ? 'ok' : each.code))).toEqual(['ok', 'ok', 'room-full'])
  expect(await ben.write(chunk, 4)).toEqual({ ok: true, value: null })
  expect(ben.updates()).toHaveLength(2)
  const kept = await entries()
  expect(kept.reduce((sum, { used }) => sum + used.a, 0)).toBeLessThanOrEqual(10_000)
})

test('S7 words that come too fast wait their turn, in order, and none is lost', async () => {
  const { clock, ana, ben } = await writing(18, { LIMIT_EVENTS_BURST: '20' })
  const sent = Array.from({ length: 60 }, (_, i) => ana.write(`${i}`, i + 1))
  await ben.client.until(() => ben.updates().length >= 15)
  expect(ben.updates().length).toBeLessThan(20)
  for (let i = 0; i < 100; i++) {
    clock.advance(20)
    await new Promise(setImmediate)
  }
  expect((await Promise.all(sent)).every(({ ok }) => ok)).toBe(true)
  await ben.client.until(() => ben.updates().length === 60)
  const clients = ben.updates().map((update) => [...Y.parseUpdateMeta(update).to.keys()][0])
  expect(clients).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
})

test('S7 far beyond the rate a socket is cut off, and the other goes on', async () => {
  const { clock, ana, ben } = await writing(19)
  for (let i = 0; i < 4000; i++)
    void ana.send(awarenessFrame({ client: 1, clock: i, state: '{}' })).catch(() => undefined)
  await ana.client.until(() => ana.client.socket.disconnected)
  clock.advance(1000)
  expect(await ben.write('calm', 2)).toEqual({ ok: true, value: null })
})

test('S7 one that does not read is cut off before it takes much memory', async () => {
  const env = {
    LIMIT_SOCKETS_PER_SEAT: '1',
    LIMIT_WORDS_BYTES: `${2 ** 28}`,
    LIMIT_EVENTS_BURST: '1000',
  }
  const { origin, maker, ana, ben } = await writing(22, env)
  pauseReading(ben.client)
  const update = updateOf('z'.repeat(PART_BYTES - 100))
  const packet = [update, update, update].map(updateFrame)
  const letIn = async () => {
    const client = new RawClient(origin)
    const { ok } = await sayHello(client, origin, maker, 'b')
    client.socket.disconnect()
    return ok
  }
  expect(await letIn()).toBe(false)
  let sent = 0
  // 40 MB, and 6 MB for what the system itself holds between the two.
  for (; sent < 330 && (sent % 40 > 0 || !(await letIn())); sent++) await ana.send(...packet)
  expect(await letIn()).toBe(true)
  expect(sent).toBeGreaterThan(100)
})

test('S6 what was written is there after the server has started again', async () => {
  const store = createMemoryStore()
  const first = await openApp({ store })
  const { maker, a } = await together(first.origin, 20)
  const ana = await WordsClient.open(a)
  void ana.write('one', 1)
  void ana.write('two', 2)
  await ana.write('three', 3)
  await first.close()
  const { origin } = await appForTest({ store })
  const again = await WordsClient.open(await seated(origin, maker))
  expect((await again.sync()).sort()).toEqual(['one', 'three', 'two'])
})

test('D5 a board that nobody uses is let go of', async () => {
  const memory = createMemoryStore()
  const released: string[] = []
  const store = {
    ...bound(memory),
    release: async (board: string) => {
      released.push(board)
      return memory.release(board)
    },
  }
  const { origin } = await appForTest({ store })
  const maker = await found(origin, 21)
  const a = await seated(origin, maker)
  const second = await seated(origin, maker)
  a.socket.disconnect()
  expect((await second.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect(released).toEqual([])
  second.socket.disconnect()
  await expect.poll(() => released, { timeout: 10_000 }).toEqual([maker.board])
})

/** A store's methods, to be replaced one by one. */
function bound(store: ReturnType<typeof createMemoryStore>): typeof store {
  return {
    index: () => store.index(),
    create: (...args) => store.create(...args),
    history: (...args) => store.history(...args),
    appendRecord: (...args) => store.appendRecord(...args),
    sidecar: (...args) => store.sidecar(...args),
    changeSidecar: (...args) => store.changeSidecar(...args),
    words: (...args) => store.words(...args),
    appendWords: (...args) => store.appendWords(...args),
    replaceWords: (...args) => store.replaceWords(...args),
    release: (...args) => store.release(...args),
    close: () => store.close(),
  }
}

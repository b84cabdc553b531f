/** Founding a board, finding it again by twelve words, and both across restarts and faults of the store. */
import { expect, test } from 'vitest'
import { toHex } from '../../shared/crypto.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { StoreError, type Store } from '../../server/store/store.ts'
import { appForTest, openApp } from '../support/server/app.ts'
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
  ringOf,
  seated,
  together,
} from './raw-client.ts'

const create = (origin: string, maker: HistoryMaker, ring = ringOf(maker)) =>
  post(origin, '/api/boards', { record: asHex(maker.records[0]!), ring })

test('R8 a board is founded by its record; its id is that record’s hash', async () => {
  const clock = new HandClock()
  const { origin, store } = await appForTest({ clock })
  const maker = new HistoryMaker(1).found()
  expect(await create(origin, maker)).toEqual({
    status: 200,
    ok: true,
    value: { received: clock.now() },
  })
  const { records } = await store.history(maker.board)
  expect(records).toEqual([{ ...maker.records[0], received: clock.now() }])
  expect(await store.sidecar(maker.board)).toEqual({
    invitations: {},
    rings: { [maker.seats.a.find]: { rev: 1, box: 'c0ffee' } },
  })
})

test('R8 founding again after a lost answer changes nothing and is answered as before', async () => {
  const clock = new HandClock()
  const { origin, store } = await appForTest({ clock })
  const maker = new HistoryMaker(2).found()
  const first = await create(origin, maker)
  clock.advance(1000)
  expect(await create(origin, maker)).toEqual(first)
  expect(await store.index()).toHaveLength(1)
  // Somebody who only saw the record gets no ring of theirs in.
  const other = { find: maker.other32(), box: '00' }
  expect(await create(origin, maker, other)).toMatchObject({ status: 409, code: 'board-exists' })
})

test('R9 what is no founding record founds nothing', async () => {
  const { origin, store } = await appForTest()
  const maker = new HistoryMaker(3).found()
  const ring = ringOf(maker)
  const [genesis] = maker.records
  const bent = Uint8Array.from(genesis!.sig)
  bent[10]! ^= 1
  const cases: [unknown, string][] = [
    [asHex({ ...genesis!, sig: bent }), 'bad-signature'],
    [asHex({ ...genesis!, box: Uint8Array.of(1) }), 'box-mismatch'],
    [asHex(new HistoryMaker(4).make()), 'seat-empty'],
    [asHex(maker.make()), 'wrong-board'],
    [{ ...asHex(genesis!), more: '00' }, 'bad-request'],
    [{ ...asHex(genesis!), head: 'zz' }, 'bad-request'],
  ]
  for (const [record, code] of cases) {
    expect(await post(origin, '/api/boards', { record, ring })).toMatchObject({ ok: false, code })
  }
  expect(await store.index()).toEqual([])
})

test('K1 a key ring is found by its name, after a restart too; any other name finds nothing', async () => {
  const store = createMemoryStore()
  const first = await openApp({ store })
  const { maker } = await together(first.origin, 5)
  await first.close()
  const { origin } = await appForTest({ store })
  for (const seat of ['a', 'b'] as const) {
    const answer = await post(origin, '/api/rings/open', { find: maker.seats[seat].find })
    expect(answer).toEqual({ status: 200, ok: true, value: { box: 'c0ffee' } })
  }
  const unknown = { status: 404, ok: false, code: 'ring-unknown' }
  expect(await post(origin, '/api/rings/open', { find: maker.other32() })).toEqual(unknown)
})

test('K3 a link made before a restart works after it, and one that was cancelled still says so', async () => {
  const store = createMemoryStore()
  const first = await openApp({ store })
  const maker = await found(first.origin, 6)
  const client = await seated(first.origin, maker)
  const [old, link] = [await invite(client, maker), await invite(client, maker)]
  await first.close()
  const { origin } = await appForTest({ store })
  expect(await openLink(origin, link)).toMatchObject({ ok: true, value: { blob: toHex(BLOB) } })
  expect(await openLink(origin, old)).toMatchObject({ code: 'invitation-cancelled' })
})

test('R10 a history is handed out in pages, whole and in order', async () => {
  const { origin } = await appForTest({ env: { LIMIT_RECORDS_BURST: '1000' } })
  const maker = await found(origin, 7)
  const client = await seated(origin, maker)
  for (let i = 0; i < 300; i++) {
    maker.say('a', { kind: 'name', name: `Ada ${i}` })
    const said = await client.ask('record:append', { record: maker.records.at(-1)! })
    expect(said.ok).toBe(true)
  }
  const got: string[] = []
  let pages = 0
  for (let more = true; more; pages++) {
    const page = await client.ask('record:since', { seq: got.length })
    if (!page.ok) throw new Error(page.code)
    const bytes = page.value.records.reduce(
      (sum, each) => sum + each.head.length + each.box.length,
      0,
    )
    expect(bytes).toBeLessThan(256 * 1024)
    got.push(...page.value.records.map(({ head }) => toHex(head)))
    more = page.value.more
  }
  expect(pages).toBeGreaterThan(1)
  expect(got).toEqual(maker.records.map(({ head }) => toHex(head)))
  const last = await client.ask('record:since', { seq: 300 })
  expect(last.ok && last.value.records).toHaveLength(1)
  expect(await client.ask('record:since', { seq: 9999 })).toEqual({
    ok: true,
    value: { records: [], more: false },
  })
})

test('R9 each seat may write half of the records that a board holds; the other can go on', async () => {
  const { origin } = await appForTest({ env: { LIMIT_RECORDS: '8' } })
  const { maker, a, b } = await together(origin, 8)
  const say = async (seat: 'a' | 'b') => {
    const record = maker.make({ seat }, { kind: 'name', name: 'X' })
    const said = await (seat === 'a' ? a : b).ask('record:append', { record })
    if (said.ok) maker.append(record)
    return said.ok ? 'ok' : said.code
  }
  // Two of hers and one of his are there already.
  expect([await say('a'), await say('a'), await say('a')]).toEqual(['ok', 'ok', 'room-full'])
  expect([await say('b'), await say('b'), await say('b')]).toEqual(['ok', 'ok', 'ok'])
})

/** A store whose appends fail while `fault` says so, and that tells what was done. */
function troubled() {
  const memory = createMemoryStore()
  const state = { fault: null as StoreError | null, done: [] as string[] }
  const told =
    <A extends unknown[], R>(name: string, method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await method(...args)
      state.done.push(name)
      return result
    }
  const store: Store = Object.assign(Object.create(memory) as Store, {
    index: () => memory.index(),
    history: (board: string) => memory.history(board),
    sidecar: (board: string) => memory.sidecar(board),
    words: memory.words.bind(memory),
    release: async () => undefined,
    create: memory.create.bind(memory),
    changeSidecar: told('sidecar', async (...args: Parameters<Store['changeSidecar']>) => {
      await new Promise(setImmediate)
      return memory.changeSidecar(...args)
    }),
    appendRecord: told('record', async (...args: Parameters<Store['appendRecord']>) => {
      if (state.fault) throw state.fault
      return memory.appendRecord(...args)
    }),
  })
  return { memory, store, state }
}

test.each(['store-full', 'store-failed', 'board-damaged'] as const)(
  'D an act that cannot be stored (%s) is refused, shown to nobody, and goes through later',
  async (code) => {
    const { store, state } = troubled()
    const { origin } = await appForTest({ store })
    const { maker, a, b } = await together(origin, 9)
    state.fault = new StoreError(code, 'made up for a test')
    const record = maker.make({ seat: 'a' })
    expect(await a.ask('record:append', { record })).toEqual({ ok: false, code })
    const read = await b.ask('record:since', { seq: 0 })
    expect(read.ok && read.value.records).toHaveLength(3)
    state.fault = null
    expect((await a.ask('record:append', { record })).ok).toBe(true)
    await b.until(() => b.heard('record:appended').length === 1)
    expect(b.heard('record:appended')[0]!.head).toEqual(Buffer.from(record.head))
  },
)

test('D something unexpected is one fixed word outside, and the whole of it in the log', async () => {
  const { store, state } = troubled()
  const lines: string[] = []
  const { origin } = await appForTest({ store, log: (line) => void lines.push(line) })
  const { maker, a } = await together(origin, 10)
  state.fault = new TypeError('a surprise') as StoreError
  expect(await a.ask('record:append', { record: maker.make() })).toEqual({
    ok: false,
    code: 'internal',
  })
  expect(lines.filter((line) => line.includes('a surprise'))).toHaveLength(1)
  expect(lines.find((line) => line.includes('a surprise'))).toContain('"level":"error"')
})

test('K1 K3 ring and blob are durable before the record is; a claim that fails leaves no ring', async () => {
  const { memory, store, state } = troubled()
  const { origin } = await appForTest({ store })
  const maker = await found(origin, 11)
  const a = await seated(origin, maker)
  const invitation = await invite(a, maker)
  expect(state.done).toEqual(['sidecar', 'record'])
  const claim = maker.make(
    { seat: 'b', open: maker.claimOf(invitation) },
    { kind: 'name', name: 'Ben' },
  )
  const ring = ringOf(maker, 'b')
  state.fault = new StoreError('store-full', 'made up for a test')
  expect(await claimLink(origin, invitation, claim, ring)).toMatchObject({
    status: 507,
    code: 'store-full',
  })
  expect(Object.keys((await memory.sidecar(maker.board)).rings)).toEqual([maker.seats.a.find])
  state.fault = null
  state.done.length = 0
  expect((await claimLink(origin, invitation, claim, ring)).ok).toBe(true)
  expect(state.done).toEqual(['sidecar', 'record', 'sidecar']) // the ring, the record, the blob's end
})

test('D5 a board is read again when it is used again, and goes on where it was', async () => {
  const { origin } = await appForTest()
  const { maker, a, b } = await together(origin, 12)
  a.socket.disconnect()
  b.socket.disconnect()
  const again = await seated(origin, maker)
  maker.say('a', { kind: 'name', name: 'Ada' })
  expect((await again.ask('record:append', { record: maker.records.at(-1)! })).ok).toBe(true)
  const read = await again.ask('record:since', { seq: 0 })
  expect(read.ok && read.value.records).toHaveLength(4)
})

test('R7 a record that another process appended is not overwritten: the loser is told, and reads it', async () => {
  const store = createMemoryStore()
  const one = await appForTest({ store })
  const other = await appForTest({ store })
  const maker = await found(one.origin, 13)
  const [a, a2] = [await seated(one.origin, maker), await seated(other.origin, maker)]
  const [first, second] = [maker.make(), maker.make()]
  expect((await a.ask('record:append', { record: first })).ok).toBe(true)
  expect(await a2.ask('record:append', { record: second })).toEqual({ ok: false, code: 'not-next' })
  const read = await a2.ask('record:since', { seq: 1 })
  expect(read.ok && read.value.records.map(({ sig }) => toHex(sig))).toEqual([toHex(first.sig)])
  maker.append(first).say('a', { kind: 'name', name: 'Ada' })
  expect((await a2.ask('record:append', { record: maker.records.at(-1)! })).ok).toBe(true)
})

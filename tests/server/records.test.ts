/** Acts over a socket: appended once, shown to all, found again. */
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { chainHash, type SignedRecord } from '../../shared/record.ts'
import { appForTest } from '../support/server/app.ts'
import { HandClock } from '../support/clock.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { found, pack, seated, together } from './raw-client.ts'

test('R9 an act is acknowledged with the server’s stamp, and both sides are shown it untouched', async () => {
  const clock = new HandClock()
  const { origin } = await appForTest({ clock })
  const { maker, a, b } = await together(origin, 1)
  maker.say('a', { kind: 'name', name: 'Ada' })
  const record = maker.records.at(-1)!
  const said = await a.ask('record:append', { record })
  expect(said).toEqual({ ok: true, value: { received: clock.now() } })
  await b.until(() => b.heard('record:appended').length === 1)
  expect(b.heard('record:appended')[0]).toEqual(pack({ ...record, received: clock.now() }))
  await a.until(() =>
    a.heard('record:appended').some(({ head }) => record.head.length === head.length),
  )
})

test('R7 at a taken place the second is refused, and nothing changes', async () => {
  const { origin } = await appForTest()
  const { maker, a, b } = await together(origin, 2)
  const first = maker.make({ seat: 'a' }, { kind: 'name', name: 'Ada' })
  const second = maker.make({ seat: 'b' }, { kind: 'name', name: 'Ben' })
  const [one, other] = await Promise.all([
    a.ask('record:append', { record: first }),
    b.ask('record:append', { record: second }),
  ])
  expect([one.ok, other.ok].sort()).toEqual([false, true])
  expect(one.ok ? other : one).toEqual({ ok: false, code: 'not-next' })
  const read = await a.ask('record:since', { seq: 0 })
  expect(read.ok && read.value.records).toHaveLength(4)
})

test('R7 the same record again, after a lost answer, is an ok with its first stamp', async () => {
  const clock = new HandClock()
  const { origin } = await appForTest({ clock })
  const { maker, a } = await together(origin, 3)
  maker.say('a', { kind: 'name', name: 'Ada' })
  const record = maker.records.at(-1)!
  const first = await a.ask('record:append', { record })
  clock.advance(5000)
  expect(await a.ask('record:append', { record })).toEqual(first)
  const read = await a.ask('record:since', { seq: 0 })
  expect(read.ok && read.value.records).toHaveLength(4)
})

test('R9 more acts than the rate allows are refused, and allowed again after a while', async () => {
  const clock = new HandClock()
  const { origin } = await appForTest({ clock, env: { LIMIT_RECORDS_BURST: '3' } })
  const maker = await found(origin, 4)
  const a = await seated(origin, maker)
  const say = () => {
    const record = maker.make()
    return a.ask('record:append', { record }).then((said) => {
      if (said.ok) maker.append(record)
      return said.ok ? 'ok' : said.code
    })
  }
  expect([await say(), await say(), await say(), await say()]).toEqual([
    ...['ok', 'ok', 'ok', 'rate-limited'],
  ])
  clock.advance(1000)
  expect(await say()).toBe('ok')
})

/** A server that went back to the first `count` records of this history. */
async function backTo(maker: HistoryMaker, count: number, env = {}) {
  const store = createMemoryStore()
  const [first, ...rest] = maker.records.slice(0, count).map((each) => ({ ...each, received: 1 }))
  await store.create(maker.board, first!, { invitations: {}, rings: {} })
  for (const [i, record] of rest.entries()) {
    const prev = chainHash(maker.records[i]!)
    await store.appendRecord(maker.board, { seq: i + 1, prev }, record)
  }
  const clock = new HandClock()
  const app = await appForTest({ store, clock, env })
  return { ...app, clock }
}

const told = (count: number) => {
  const maker = new HistoryMaker(9).together()
  for (let i = 0; i < count; i++) maker.say(i % 2 ? 'a' : 'b', { kind: 'name', name: `Name ${i}` })
  return maker
}

test('R9 records that the server lost are taken again from either seat, with a new stamp, and shown to all', async () => {
  const maker = told(6)
  const { origin, clock } = await backTo(maker, 4)
  const [a, b] = [await seated(origin, maker), await seated(origin, maker, 'b')]
  const lost = maker.records.slice(4)
  const all = await Promise.all([
    a.ask('record:restore', { records: lost }),
    b.ask('record:restore', { records: lost }),
  ])
  expect(all).toEqual([
    { ok: true, value: { seq: 8 } },
    { ok: true, value: { seq: 8 } },
  ])
  const read = await a.ask('record:since', { seq: 4 })
  expect(read.ok && read.value.records).toEqual(
    lost.map((record) => pack({ ...record, received: clock.now() })),
  )
  await b.until(() => b.heard('record:appended').length === lost.length)
  expect(await a.ask('record:restore', { records: maker.records.slice(3, 5) })).toEqual({
    ok: true,
    value: { seq: 8 },
  })
})

test('R9 what does not follow, or is not signed as it must be, is restored by nobody', async () => {
  const maker = told(6)
  const { origin } = await backTo(maker, 4)
  const a = await seated(origin, maker)
  const lost = maker.records.slice(4)
  const flipped = { ...lost[0]!, sig: lost[0]!.sig.map((byte, i) => (i === 9 ? byte ^ 1 : byte)) }
  const other = { ...lost[0]!, box: lost[1]!.box }
  const restore = (...records: SignedRecord[]) => a.ask('record:restore', { records })
  expect(await restore(lost[1]!)).toEqual({ ok: false, code: 'not-next' })
  expect(await restore(flipped)).toEqual({ ok: false, code: 'bad-signature' })
  expect(await restore(other)).toEqual({ ok: false, code: 'box-mismatch' })
  expect(await restore()).toEqual({ ok: false, code: 'bad-request' })
  expect(await restore(...Array<SignedRecord>(65).fill(lost[0]!))).toMatchObject({ ok: false })
  const forged = new HistoryMaker(10).together()
  expect(await restore(forged.make())).toEqual({ ok: false, code: 'wrong-board' })
  // What held before the fault stays.
  expect(await restore(lost[0]!, flipped)).toEqual({ ok: false, code: 'not-next' })
  const read = await a.ask('record:since', { seq: 0 })
  expect(read.ok && read.value.records).toHaveLength(5)
})

test('R9 a place that was taken meanwhile is not taken back', async () => {
  const maker = told(2)
  const { origin } = await backTo(maker, 3)
  const b = await seated(origin, maker, 'b')
  const before = new HistoryMaker(9).together()
  const other = before.make({ seat: 'a' }, { kind: 'name', name: 'Other' })
  const a = await seated(origin, maker)
  expect((await a.ask('record:append', { record: other })).ok).toBe(true)
  const said = await b.ask('record:restore', { records: maker.records.slice(3) })
  expect(said).toEqual({ ok: false, code: 'not-next' })
})

test('R9 restoring has a rate of its own, ten times that of saying', async () => {
  const maker = told(90)
  const env = { LIMIT_RECORDS_BURST: '1', LIMIT_RECORDS_PER_SECOND: '1' }
  const { origin, clock } = await backTo(maker, 3, env)
  const a = await seated(origin, maker)
  const restore = (from: number, count: number) =>
    a.ask('record:restore', { records: maker.records.slice(from, from + count) })
  expect(await restore(3, 64)).toEqual({ ok: true, value: { seq: 66 } })
  expect(await restore(67, 10)).toEqual({ ok: false, code: 'rate-limited' })
  clock.advance(1000)
  expect(await restore(67, 10)).toEqual({ ok: true, value: { seq: 76 } })
})

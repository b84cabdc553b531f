/** Acts over a socket: appended once, shown to all, found again. */
import { expect, test } from 'vitest'
import { appForTest } from '../support/app.ts'
import { HandClock } from '../support/clock.ts'
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

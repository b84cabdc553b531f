/** Buckets, nonces and the pace of a socket, on a clock that is moved by hand. */
import { describe, expect, test } from 'vitest'
import { Nonces } from '../../server/live/nonces.ts'
import { MOST_WAITING, Pace } from '../../server/live/pace.ts'
import { KeyedLimits, networkOf, TokenBucket } from '../../server/rate-limit.ts'
import { HandClock } from '../support/clock.ts'
import { seededRandom } from '../support/random.ts'

const clocked = () => {
  const clock = new HandClock()
  return { clock, now: () => clock.now() }
}

describe('a token bucket', () => {
  test('holds a burst, and fills up at its rate and no further', () => {
    const { clock, now } = clocked()
    const bucket = new TokenBucket({ perSecond: 2, burst: 3 }, now)
    const take = () => bucket.take()
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false])
    expect(bucket.wait()).toBe(500)
    clock.advance(500)
    expect([take(), take()]).toEqual([true, false])
    clock.advance(60_000)
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false])
  })

  test('can be charged more than it holds, and pays that back first', () => {
    const { clock, now } = clocked()
    const bucket = new TokenBucket({ perSecond: 1, burst: 5 }, now)
    bucket.charge(10)
    clock.advance(5000)
    expect(bucket.take()).toBe(false)
    clock.advance(1000)
    expect(bucket.take()).toBe(true)
  })

  test('gives nothing for a clock that was set back', () => {
    let now = 1_000_000
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, () => now)
    expect(bucket.take()).toBe(true)
    now = 0
    expect(bucket.take()).toBe(false)
    now = 1000
    expect(bucket.take()).toBe(true)
  })
})

test('many buckets take bounded memory, and those in debt are remembered longest', () => {
  const { now } = clocked()
  const limits = new KeyedLimits({ perSecond: 1, burst: 1 }, now, 100)
  limits.of('guesser').charge(1000)
  for (let i = 0; i < 1000; i++) limits.of(`visitor ${i}`)
  expect(limits.of('guesser').take()).toBe(false)
})

test('D5 a bucket that is let go of is forgotten once it is full, and no sooner', () => {
  const { clock, now } = clocked()
  const limits = new KeyedLimits({ perSecond: 1, burst: 2 }, now)
  const bucket = limits.of('ana')
  bucket.take()
  limits.letGo('ana')
  expect(limits.of('ana')).toBe(bucket)
  clock.advance(1000)
  limits.letGo('ana')
  expect(limits.of('ana')).not.toBe(bucket)
})

test.each([
  ['192.168.1.5', '192.168.1.5'],
  ['::ffff:192.168.1.5', '192.168.1.5'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s is of network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

describe('a nonce', () => {
  test('is good once, within a minute', () => {
    const { clock, now } = clocked()
    const nonces = new Nonces(seededRandom(1), now)
    const [one, two, three] = [nonces.issue(), nonces.issue(), nonces.issue()]
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect([nonces.spend(one), nonces.spend(one)]).toEqual([true, false])
    clock.advance(59_999)
    expect(nonces.spend(two)).toBe(true)
    clock.advance(1)
    expect(nonces.spend(three)).toBe(false)
    expect(nonces.spend('00'.repeat(32))).toBe(false)
  })

  test('takes bounded memory: of too many, the oldest are forgotten', () => {
    const { now } = clocked()
    const nonces = new Nonces(seededRandom(2), now, 3)
    const all = Array.from({ length: 5 }, () => nonces.issue())
    expect(all.map((nonce) => nonces.spend(nonce))).toEqual([false, false, true, true, true])
  })
})

describe('the pace of a socket', () => {
  const paced = (burst: number) => {
    const { clock, now } = clocked()
    const done: number[] = []
    const pace = new Pace(new TokenBucket({ perSecond: 10, burst }, now), clock)
    const ask = (i: number, bytes = 0) => pace.admit(bytes, () => done.push(i))
    return { clock, pace, done, ask }
  }

  test('lets a burst through at once, and the rest in order at the rate', () => {
    const { clock, done, ask } = paced(3)
    for (let i = 0; i < 8; i++) expect(ask(i)).toBe(true)
    expect(done).toEqual([0, 1, 2])
    clock.advance(100)
    expect(done).toEqual([0, 1, 2, 3])
    clock.advance(400)
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(clock.waiting).toBe(0)
  })

  test('lets nobody past those who wait', () => {
    const { clock, done, ask } = paced(1)
    ask(0)
    ask(1)
    clock.advance(99)
    ask(2)
    clock.advance(1)
    expect(done).toEqual([0, 1])
  })

  test('says no when too many wait, or too much', () => {
    const { ask } = paced(1)
    for (let i = 0; i <= MOST_WAITING; i++) expect(ask(i)).toBe(true)
    expect(ask(-1)).toBe(false)
    const { ask: askMuch } = paced(1)
    const megabyte = 1024 * 1024
    const said = Array.from({ length: 20 }, (_, i) => askMuch(i, megabyte))
    expect(said.filter(Boolean).length).toBeLessThan(18)
  })

  test('forgets what waits when it is stopped', () => {
    const { clock, pace, done, ask } = paced(1)
    ask(0)
    ask(1)
    pace.stop()
    clock.advance(10_000)
    expect(done).toEqual([0])
    expect(clock.waiting).toBe(0)
  })
})

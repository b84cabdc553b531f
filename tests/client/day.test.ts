import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { everyNewDay } from '../../client/reading/day.ts'

const MINUTE = 60_000

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => void vi.useRealTimers())

it('A9: a page left open over midnight tells of the new day, once, until it is closed', () => {
  let today = '2027-03-03'
  const told: string[] = []
  const close = everyNewDay(
    () => today,
    () => told.push(today),
  )
  vi.advanceTimersByTime(10 * MINUTE)
  expect(told).toEqual([])
  today = '2027-03-04'
  vi.advanceTimersByTime(MINUTE)
  expect(told).toEqual(['2027-03-04'])
  vi.advanceTimersByTime(10 * MINUTE)
  expect(told).toHaveLength(1)
  close()
  today = '2027-03-05'
  vi.advanceTimersByTime(10 * MINUTE)
  expect(told).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

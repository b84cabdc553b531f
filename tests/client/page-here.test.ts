import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { followSeen } from '../../client/board/page-here.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function aPage(hidden = false) {
  const page = Object.assign(new EventTarget(), { hidden })
  const told: boolean[] = []
  const undo = followSeen(page, (seen) => told.push(seen))
  onTestFinished(undo)
  const turn = (to: 'hidden' | 'visible') => {
    page.hidden = to === 'hidden'
    page.dispatchEvent(new Event('visibilitychange'))
  }
  return { told, turn, undo }
}

it('S5: a page hidden for ten seconds is not looked at, until it is shown again', () => {
  const { told, turn } = aPage()
  turn('hidden')
  vi.advanceTimersByTime(9_999)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual([false])
  turn('visible')
  expect(told).toEqual([false, true])
})

it('a glance elsewhere changes nothing', () => {
  const { told, turn } = aPage()
  turn('hidden')
  vi.advanceTimersByTime(5_000)
  turn('visible')
  vi.advanceTimersByTime(60_000)
  expect(told).not.toContain(false)
})

it('a page opened in the background, and one that is closed', () => {
  const behind = aPage(true)
  vi.advanceTimersByTime(10_000)
  expect(behind.told).toEqual([false])
  const closed = aPage()
  closed.turn('hidden')
  closed.undo()
  vi.advanceTimersByTime(60_000)
  closed.turn('visible')
  expect(closed.told).toEqual([])
})

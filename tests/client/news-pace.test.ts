import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NewsPace } from '../../client/shell/news-pace.ts'

interface News {
  readonly about: string
  readonly what: string
}

let told: string[][]
let pace: NewsPace<News>

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  pace = new NewsPace((news) => void told.push(news.map(({ what }) => what)))
})
afterEach(() => {
  pace.close()
  vi.useRealTimers()
})

const add = (...news: [about: string, what: string][]) =>
  pace.add(
    news.map(([about, what]) => ({ about, what })),
    ({ about }) => about,
  )

it('what comes is told at once, and of what comes too soon only the newest, later', () => {
  add(['phones', 'yes'])
  for (let i = 0; i < 50; i++) add(['phones', i % 2 ? 'yes' : 'took back'])
  expect(told).toEqual([['yes']])
  vi.advanceTimersByTime(4000)
  expect(told).toEqual([['yes'], ['yes']])
  vi.advanceTimersByTime(60_000)
  expect(told).toHaveLength(2)
})

it('a flood is told of once in four seconds, however long it lasts', () => {
  for (let second = 0; second < 60; second++) {
    add(['phones', `${second}`])
    vi.advanceTimersByTime(1000)
  }
  expect(told.length).toBeLessThanOrEqual(16)
  expect(told.at(-1)).toEqual(['59'])
})

it('others are not held back by it, and what comes together is told together, once each', () => {
  add(['phones', 'yes'], ['phones', 'agreed'], ['money', 'no'])
  add(['evenings', 'yes'])
  expect(told).toEqual([['agreed', 'no'], ['yes']])
})

it('closed, it says nothing more', () => {
  add(['phones', 'yes'])
  add(['phones', 'took back'])
  pace.close()
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([['yes']])
})

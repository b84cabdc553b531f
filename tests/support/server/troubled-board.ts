/** The real server over a store that can be full, for partners without a browser. */
import { onTestFinished } from 'vitest'
import { createMemoryStore } from '../../../server/store/memory-store.ts'
import { StoreError, type Channel, type Store } from '../../../server/store/store.ts'
import { openApp } from './app.ts'
import { tapOf, type Tap } from '../partners/tap.ts'

export interface TroubledBoard {
  readonly origin: string
  readonly tap: Tap
  /** While true, nothing more can be appended; a channel's name: nothing more to that channel. */
  full: boolean | Channel
  /** While true, words cannot be read. */
  unreadable: boolean
  /** When words of seat `a` were refused, in milliseconds. */
  readonly refusals: number[]
  /** How many appends of words were stored. */
  stored: number
}

/** A test types faster than two people. */
const FAST = {
  LIMIT_EVENTS_PER_SECOND: '1000000',
  LIMIT_EVENTS_BURST: '1000000',
  LIMIT_RECORDS_PER_SECOND: '1000000',
  LIMIT_RECORDS_BURST: '1000000',
}

export async function serveTroubled(env: Record<string, string> = {}): Promise<TroubledBoard> {
  const store = createMemoryStore()
  const app = await openApp({ store: troubling(store, () => board), env: { ...FAST, ...env } })
  onTestFinished(() => app.close())
  const tap = await tapOf(app.port)
  onTestFinished(() => tap.close())
  const board: TroubledBoard = {
    ...{ origin: tap.origin, tap, full: false, unreadable: false, refusals: [], stored: 0 },
  }
  return board
}

function troubling(store: Store, board: () => TroubledBoard): Store {
  const full = () => Promise.reject(new StoreError('store-full', 'no space left'))
  const own: Partial<Store> = {
    appendRecord: (...args) => (board().full === true ? full() : store.appendRecord(...args)),
    appendWords: async (...args) => {
      const [, channel, { used }] = args
      const refused = [true, channel].includes(board().full)
      if (refused && used.a > 0) board().refusals.push(performance.now())
      await (refused ? full() : store.appendWords(...args))
      board().stored++
    },
    words: (...args) =>
      board().unreadable
        ? Promise.reject(new StoreError('store-failed', 'cannot be read'))
        : store.words(...args),
  }
  return new Proxy(store, {
    get(target, name: keyof Store) {
      const method = own[name] ?? target[name]
      return (method as (...args: unknown[]) => unknown).bind(target)
    },
  })
}

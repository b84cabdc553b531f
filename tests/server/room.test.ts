/** The room of one seat: all that it writes counts, on the board and in its drafts, and none of it takes the other's (S9, threat 24). */
import * as Y from 'yjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { updateFrame } from '../../server/live/sync-frames.ts'
import type { Channel } from '../../shared/wire.ts'
import { appForTest, openApp } from '../support/server/app.ts'
import { seated, together } from './raw-client.ts'
import { WordsClient } from './words-client.ts'

const ROOM = { LIMIT_WORDS_BYTES: '10000' }
const CHUNK = 'y'.repeat(4000)
const OK = { ok: true, value: null }
const FULL = { ok: false, code: 'room-full' }

const both = (client: Parameters<typeof WordsClient.open>[0]) =>
  Promise.all((['board', 'mine'] as const).map((channel) => WordsClient.open(client, channel)))

async function pair(seed: number) {
  const store = createMemoryStore()
  const app = await openApp({ store, env: ROOM })
  onTestFinished(() => app.close())
  const { maker, a, b } = await together(app.origin, seed)
  const [[board, mine], [bBoard, bMine]] = [await both(a), await both(b)]
  if (!board || !mine || !bBoard || !bMine) throw new Error('not open')
  return { store, app, maker, ana: { board, mine }, ben: { board: bBoard, mine: bMine } }
}

const OTHER = { board: 'mine', mine: 'board' } as const

describe('the room of a seat', () => {
  it.each<Channel>(['board', 'mine'])(
    'S8 S9 filled through %s there is none on its other channel, and the other seat has all of its own',
    async (filled) => {
      const { ana, ben } = await pair(1)
      expect(await ana[filled].write(CHUNK, 1)).toEqual(OK)
      expect(await ana[filled].write(CHUNK, 2)).toEqual(OK)
      for (const channel of ['board', 'mine'] as const)
        expect(await ana[channel].write(CHUNK, 3)).toEqual(FULL)
      // A little still fits: the limit is on what is written, not on who writes.
      expect(await ana[OTHER[filled]].write('small', 4)).toEqual(OK)
      expect(await ben.board.write(CHUNK, 5)).toEqual(OK)
      expect(await ben.mine.write(CHUNK, 6)).toEqual(OK)
      expect(await ben.mine.write(CHUNK, 7)).toEqual(FULL)
    },
  )

  it('S8 S9 is counted from what is stored after a restart, also for one who opens the board alone', async () => {
    const { store, app, maker, ana } = await pair(2)
    expect(await ana.mine.write(CHUNK, 1)).toEqual(OK)
    expect(await ana.mine.write(CHUNK, 2)).toEqual(OK)
    await app.close()
    const { origin } = await appForTest({ store, env: ROOM })
    const again = await WordsClient.open(await seated(origin, maker))
    expect(await again.write(CHUNK, 3)).toEqual(FULL)
    const ben = await WordsClient.open(await seated(origin, maker, 'b'))
    expect(await ben.write(CHUNK, 4)).toEqual(OK)
  })

  it.each<Channel>(['board', 'mine'])(
    'S6 S9 what was deleted on %s makes room on the other channel, without anyone leaving',
    async (channel) => {
      const { ana } = await pair(3)
      const doc = new Y.Doc()
      doc.clientID = 9
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      for (const act of [
        () => doc.getArray('w').push([CHUNK]),
        () => doc.getArray('w').push([CHUNK]),
        () => doc.getArray('w').delete(0, 2),
      ])
        act()
      for (const update of updates) expect(await ana[channel].send(updateFrame(update))).toEqual(OK)
      const other = ana[OTHER[channel]]
      expect(await other.write(CHUNK, 1)).toEqual(FULL) // it is found out now, and tidied up
      await expect.poll(() => other.write(CHUNK, 1), { timeout: 10_000 }).toEqual(OK)
    },
  )
})

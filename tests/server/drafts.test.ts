/** Private drafts on the wire: no socket reaches the other seat's, by whatever name it asks (S9, threats 25 and 27). */
import { expect, test } from 'vitest'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { CHANNELS } from '../../server/store/store.ts'
import { step1Frame, updateFrame } from '../../server/live/sync-frames.ts'
import { EMPTY_VECTOR } from '../../shared/yjs-merge.ts'
import { appForTest } from '../support/server/app.ts'
import { pack, RawClient, seated, together } from './raw-client.ts'
import { updateOf, WordsClient } from './words-client.ts'

async function drafting(seed: number, env: Record<string, string> = {}) {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store, env })
  const { maker, a, b } = await together(origin, seed)
  const stored = async () => {
    const all = CHANNELS.map(async (channel) => (await store.words(maker.board, channel)).entries)
    const [board = [], ofA = [], ofB = []] = await Promise.all(all)
    return { board: board.length, a: ofA.length, b: ofB.length }
  }
  return { store, origin, maker, a, b, stored }
}

/** Names by which one might try to reach a channel that is not one's own, or none at all. */
const NAMES: readonly unknown[] = [
  ...['mine-a', 'mine-b', 'mine:a', 'mine/a', 'a', 'words.mine-a', '../mine-a', 'Mine', 'MINE'],
  ...['mine ', 'mine\0', ' board', 'board/../mine-a', '', '*', '__proto__', 'constructor'],
  ...['x'.repeat(10_000), null, 0, 1, true, [], ['mine'], ['mine', 'board'], {}],
  ...[{ toString: 'mine' }, new TextEncoder().encode('mine-a')],
]

/** All that a socket may ask about the words of a channel, and all it may say to it. */
const asking = (client: RawClient, channel: unknown) => {
  const asked = client.ask('words:open', { channel })
  for (const frame of [step1Frame(EMPTY_VECTOR), updateFrame(updateOf('intruder', 66))])
    client.socket.emit('words:send', pack({ channel, frames: [frame] }))
  const part = { channel, frame: 0, part: 0, of: 2, bytes: new Uint8Array(9) }
  return [asked, client.ask('words:part', part)]
}

test('S9 a socket that asks for drafts by any other name is refused, hears nothing, and stores nothing', async () => {
  const { a, b, stored } = await drafting(1)
  const ana = await WordsClient.open(a, 'mine')
  expect(await ana.write('a secret')).toEqual({ ok: true, value: null })
  const before = await stored()
  for (const name of NAMES) {
    const said = await Promise.all(asking(b, name))
    expect(said, JSON.stringify(name)).toEqual(said.map(() => ({ ok: false, code: 'bad-request' })))
  }
  expect(await ana.write('another', 2)).toEqual({ ok: true, value: null })
  // The socket is still heard, so whatever it was to be sent would have come before this answer.
  expect((await b.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect([b.heard('words:sent'), b.heard('words:parted')]).toEqual([[], []])
  expect(before).toEqual({ board: 0, a: 1, b: 0 })
  expect(await stored()).toEqual({ board: 0, a: 2, b: 0 })
})

test('S9 a socket that has all of its own open hears nothing of what the other seat drafts', async () => {
  const { origin, maker, a, b, stored } = await drafting(2)
  const ana = await WordsClient.open(a, 'mine')
  const [board, mine] = [await WordsClient.open(b), await WordsClient.open(b, 'mine')]
  await Promise.all(
    [board, mine].map((words) => words.client.until(() => words.heard().length > 0)),
  )
  const heard = b.heard('words:sent').length
  await ana.write('a secret')
  await ana.sendInParts(updateFrame(updateOf('long '.repeat(20_000), 2)))
  await ana.show({ client: 3, clock: 1, state: '{}' })
  const phone = await WordsClient.open(await seated(origin, maker), 'mine')
  expect(await phone.sync()).toHaveLength(2)
  // Asked after all that: what this seat syncs is its own, and empty.
  expect([await board.sync(), await mine.sync()]).toEqual([[], []])
  expect([b.heard('words:sent').length - heard, b.heard('words:parted')]).toEqual([2, []])
  expect(await stored()).toEqual({ board: 0, a: 2, b: 0 })
})

test('S9 the same name leads each seat to its own: what both write there stays apart', async () => {
  const { origin, maker, a, b, stored } = await drafting(3)
  const [ana, ben] = [await WordsClient.open(a, 'mine'), await WordsClient.open(b, 'mine')]
  // One client id and one clock: in one document, the second would be taken for a repeat of the first.
  await Promise.all([ana.write('of a', 1), ben.write('of b', 1)])
  const late = await Promise.all(
    (['a', 'b'] as const).map(async (seat) =>
      (await WordsClient.open(await seated(origin, maker, seat), 'mine')).sync(),
    ),
  )
  expect(late).toEqual([['of a'], ['of b']])
  expect(await stored()).toEqual({ board: 0, a: 1, b: 1 })
})

test('S9 drafts that were not opened take nothing and tell nothing, though the board is open', async () => {
  const { a, stored } = await drafting(4)
  await WordsClient.open(a)
  const unopened = new WordsClient(a, 'mine')
  const refused = { ok: false, code: 'bad-request' }
  expect(await unopened.write('early')).toEqual(refused)
  expect(await unopened.send(step1Frame(EMPTY_VECTOR))).toEqual(refused)
  const inParts = await unopened.sendInParts(updateFrame(updateOf('x'.repeat(60_000))))
  expect(inParts).toEqual([refused, refused])
  expect(unopened.heard()).toEqual([])
  expect(await stored()).toEqual({ board: 0, a: 0, b: 0 })
})

test('S9 before the hello no channel can be had', async () => {
  const { origin, stored } = await drafting(5)
  const stranger = new RawClient(origin)
  await stranger.fact('hello:asked')
  for (const channel of ['mine', 'board']) {
    const said = await Promise.all(asking(stranger, channel))
    expect(said).toEqual(said.map(() => ({ ok: false, code: 'hello-missing' })))
  }
  expect(stranger.heard('words:sent')).toEqual([])
  expect(await stored()).toEqual({ board: 0, a: 0, b: 0 })
})

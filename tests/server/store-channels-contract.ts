/** What every store promises about the channels of one board: each is a log of its own (S9). */
import { describe, expect, it } from 'vitest'
import { CHANNELS, type Channel, type Store } from '../../server/store/store.ts'
import { boardWith, codeOf, dice, entryOf, textsOf } from '../support/store/store-records.ts'

const unknown = 'ab'.repeat(32)

const all = (store: Store, board: string) =>
  Promise.all(CHANNELS.map((channel) => textsOf(store, board, channel)))

export const storeChannelsContract = (name: string, open: () => Promise<Store>) =>
  describe(`${name}: the channels of a board`, () => {
    it.each(CHANNELS)('S9 D1 %s starts empty and keeps what it is given, in order', async (own) => {
      const store = await open()
      const { board } = await boardWith(store, dice(51), 1)
      expect(await store.words(board, own)).toEqual({ entries: [], skipped: 0 })
      const entries = Array.from({ length: 20 }, (_, at) => entryOf(`${own} ${at}`, at, 20 - at))
      await Promise.all(entries.map((entry) => store.appendWords(board, own, entry)))
      expect(await store.words(board, own)).toEqual({ entries, skipped: 0 })
      await store.release(board)
      expect(await store.words(board, own)).toEqual({ entries, skipped: 0 })
    })

    it.each(CHANNELS)('S9 what is appended to %s is in no other', async (own) => {
      const store = await open()
      const { board } = await boardWith(store, dice(52), 1)
      await store.appendWords(board, own, entryOf('mine alone'))
      const held = (channel: Channel) => (channel === own ? ['mine alone'] : [])
      expect(await all(store, board)).toEqual(CHANNELS.map(held))
    })

    it('S9 D3 appends to all at once, of two boards, each end where they belong', async () => {
      const store = await open()
      const boards = [await boardWith(store, dice(53), 1), await boardWith(store, dice(54), 1)]
      const places = boards.flatMap(({ board }) => CHANNELS.map((channel) => ({ board, channel })))
      const texts = ({ board, channel }: (typeof places)[number]) =>
        Array.from({ length: 10 }, (_, at) => `${board.slice(0, 8)} ${channel} ${at}`)
      await Promise.all(
        places.flatMap((place) =>
          texts(place).map((text) => store.appendWords(place.board, place.channel, entryOf(text))),
        ),
      )
      for (const place of places)
        expect(await textsOf(store, place.board, place.channel)).toEqual(texts(place))
    })

    it.each(CHANNELS)('S6 S9 replacing entries of %s leaves the others alone', async (own) => {
      const store = await open()
      const { board } = await boardWith(store, dice(55), 1)
      for (const channel of CHANNELS)
        for (const text of ['a', 'b', 'c']) await store.appendWords(board, channel, entryOf(text))
      await Promise.all([
        store.replaceWords(board, own, 2, entryOf('ab', 2, 3)),
        ...CHANNELS.map((channel) => store.appendWords(board, channel, entryOf('d'))),
      ])
      const held = (channel: Channel) => (channel === own ? ['ab', 'c', 'd'] : ['a', 'b', 'c', 'd'])
      expect(await all(store, board)).toEqual(CHANNELS.map(held))
      expect((await store.words(board, own)).entries[0]?.used).toEqual({ a: 2, b: 3 })
      await store.release(board)
      expect(await all(store, board)).toEqual(CHANNELS.map(held))
    })

    it.each(CHANNELS)('S9 of %s no more entries than it has can be replaced', async (own) => {
      const store = await open()
      const { board } = await boardWith(store, dice(56), 1)
      for (const channel of CHANNELS)
        if (channel !== own) await store.appendWords(board, channel, entryOf('elsewhere'))
      await expect(store.replaceWords(board, own, 1, entryOf('x'))).rejects.toThrow(RangeError)
      await store.replaceWords(board, own, 0, entryOf('first'))
      expect(await textsOf(store, board, own)).toEqual(['first'])
    })

    it.each(CHANNELS)('D1 an unknown board has no %s, and asking does not make it', async (own) => {
      const store = await open()
      expect(await codeOf(store.words(unknown, own))).toBe('no-board')
      expect(await codeOf(store.appendWords(unknown, own, entryOf('x')))).toBe('no-board')
      expect(await codeOf(store.replaceWords(unknown, own, 0, entryOf('x')))).toBe('no-board')
      expect(await store.index()).toEqual([])
    })
  })

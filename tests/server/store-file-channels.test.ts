/** The files of one board's channels: a restart keeps all of them, and what befalls one leaves the others (S9, D4). */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFileStore } from '../../server/store/file-store.ts'
import { scan } from '../../server/store/frames.ts'
import { CHANNELS, type Channel, type Store } from '../../server/store/store.ts'
import { TroubledDisk } from '../support/store/store-disk.ts'
import { atOnce, openForTest, temporaryFolder } from '../support/store/store-folder.ts'
import {
  boardWith,
  codeOf,
  dice,
  entryOf,
  placeAfter,
  randomRecord,
  textsOf,
} from '../support/store/store-records.ts'
import { failing } from '../support/store/store-troubled.ts'

const textsFor = (channel: Channel) => ['one', 'two', 'three'].map((text) => `${channel} ${text}`)

/** A folder with one board, three entries in each channel, its store closed again. */
async function written(seed: number) {
  const root = temporaryFolder()
  const store = await openFileStore({ root, pace: atOnce })
  const { board, records } = await boardWith(store, dice(seed), 2)
  for (const channel of CHANNELS)
    for (const text of textsFor(channel)) await store.appendWords(board, channel, entryOf(text))
  await store.close()
  const pathOf = (channel: Channel) => join(root, board, `words.${channel}`)
  return { root, board, records, pathOf }
}

const others = (own: Channel) => CHANNELS.filter((channel) => channel !== own)

async function othersGoOn(store: Store, board: string, own: Channel): Promise<void> {
  for (const channel of others(own)) {
    expect(await store.words(board, channel)).toEqual({
      entries: textsFor(channel).map((text) => entryOf(text)),
      skipped: 0,
    })
    await store.appendWords(board, channel, entryOf('and on'))
    expect(await textsOf(store, board, channel)).toEqual([...textsFor(channel), 'and on'])
  }
}

const flip = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(path, bytes)
}

describe('file store: the channels of a board', () => {
  it('S9 D2 a restart keeps all of them, each in a file of its own; a seat that never came has none', async () => {
    const { root, board, pathOf } = await written(61)
    for (const channel of CHANNELS) {
      const file = readFileSync(pathOf(channel), 'latin1')
      for (const each of CHANNELS) expect(file.includes(`${each} one`)).toBe(each === channel)
    }
    const store = await openForTest({ root })
    for (const channel of CHANNELS)
      expect(await textsOf(store, board, channel)).toEqual(textsFor(channel))
    const fresh = await boardWith(store, dice(62), 1)
    await store.appendWords(fresh.board, 'mine-b', entryOf('mine'))
    expect(readdirSync(join(root, fresh.board)).sort()).toEqual([
      ...['board.json', 'history', 'words.board', 'words.mine-b'],
    ])
  })

  it('P6 D1 closing writes and fsyncs what waits in each of them, and leaves no file open', async () => {
    const root = temporaryFolder()
    const disk = new TroubledDisk()
    const store = await openForTest({ root, disk, pace: { gatherMs: 60_000 } })
    const { board } = await boardWith(store, dice(69), 1)
    const waiting = CHANNELS.map((own) => store.appendWords(board, own, entryOf(own)))
    disk.calls.length = 0
    await store.close()
    await Promise.all(waiting)
    for (const channel of CHANNELS) {
      const steps = disk.calls.filter(({ path }) => path.endsWith(`words.${channel}`))
      expect(steps.filter(({ step }) => ['write', 'sync'].includes(step)).at(-1)?.step).toBe('sync')
    }
    expect(disk.openFiles).toBe(0)
  })

  it.each(CHANNELS)('P6 S9 a torn tail of %s is cut, and only there', async (own) => {
    const { root, board, pathOf } = await written(63)
    const whole = readFileSync(pathOf(own))
    writeFileSync(pathOf(own), whole.subarray(0, whole.length - 2))
    const store = await openForTest({ root })
    expect(await textsOf(store, board, own)).toEqual(textsFor(own).slice(0, 2))
    await othersGoOn(store, board, own)
  })

  it.each(CHANNELS)(
    'D4 S9 damage to %s leaves the other channels and the history as they are',
    async (own) => {
      const { root, board, records, pathOf } = await written(64)
      const [, second] = scan(new Uint8Array(readFileSync(pathOf(own)))).frames
      flip(pathOf(own), second?.start ?? 0)
      const store = await openForTest({ root })
      expect(await textsOf(store, board, own)).toEqual(textsFor(own).slice(0, 1))
      expect((await store.words(board, own)).skipped).toBe(1)
      await othersGoOn(store, board, own)
      const next = randomRecord(dice(65))
      expect(await store.appendRecord(board, placeAfter(records), next)).toBe(true)
      await store.appendWords(board, own, entryOf('again'))
      expect(await textsOf(store, board, own)).toEqual([textsFor(own)[0], 'again'])
    },
  )

  it.each(CHANNELS)('D4 S9 where %s cannot be read at all, the others can', async (own) => {
    const { root, board, pathOf } = await written(66)
    rmSync(pathOf(own))
    mkdirSync(pathOf(own))
    const store = await openForTest({ root })
    expect(await codeOf(store.words(board, own))).toBe('store-failed')
    expect(await codeOf(store.appendWords(board, own, entryOf('x')))).toBe('store-failed')
    await othersGoOn(store, board, own)
  })

  it.each(CHANNELS)('D1 S9 a disk that fails under %s fails nobody else', async (own) => {
    const { root, board } = await written(67)
    const disk = new TroubledDisk()
    const store = await openForTest({ root, disk })
    failing(disk, ['write'], `words.${own}`, 'ENOSPC')
    expect(await codeOf(store.appendWords(board, own, entryOf('x')))).toBe('store-full')
    await othersGoOn(store, board, own)
    expect(await textsOf(store, board, own)).toEqual(textsFor(own))
  })

  it('D4 a damaged history makes drafts read-only too: nothing is written beside it', async () => {
    const { root, board } = await written(68)
    flip(join(root, board, 'history'), 12)
    const store = await openForTest({ root })
    for (const channel of CHANNELS) {
      expect(await textsOf(store, board, channel)).toEqual(textsFor(channel))
      expect(await codeOf(store.appendWords(board, channel, entryOf('x')))).toBe('board-damaged')
      expect(await codeOf(store.replaceWords(board, channel, 1, entryOf('x')))).toBe(
        'board-damaged',
      )
    }
  })
})

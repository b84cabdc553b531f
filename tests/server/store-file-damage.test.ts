/** What the file store makes of files that a crash or a bad disk left behind. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { existsSync, rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFileStore } from '../../server/store/file-store.ts'
import { scan } from '../../server/store/frames.ts'
import { TroubledDisk } from '../support/store/store-disk.ts'
import { atOnce, openForTest, temporaryFolder } from '../support/store/store-folder.ts'
import {
  boardWith,
  codeOf,
  dice,
  emptySidecar,
  entryOf,
  linesOf,
  placeAfter,
  randomRecord,
  smallRecord,
  textsOf,
} from '../support/store/store-records.ts'

const flip = (path: string, at: number) => {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(path, bytes)
}

/** A hundred openings each: too many for real fsyncs, and no power is cut here. */
const quickDisk = () => Object.assign(new TroubledDisk(), { reallySyncs: false })

const framesOf = (path: string) => scan(new Uint8Array(readFileSync(path))).frames

/** A folder with one board, its store closed again. */
const writtenBoard = async (seed: number, count: number, texts: readonly string[] = []) => {
  const root = temporaryFolder()
  const store = await openFileStore({ root, pace: atOnce })
  const roll = dice(seed)
  const { board, records } = await boardWith(store, roll, count, smallRecord)
  for (const text of texts) await store.appendWords(board, 'board', entryOf(text))
  await store.close()
  const folder = join(root, board)
  const paths = { history: join(folder, 'history'), words: join(folder, 'words.board') }
  return { root, board, records, roll, folder, ...paths }
}

describe('file store: a history after a crash', () => {
  it('P6 D4 cut at every byte of its last three records, it keeps all whole ones and goes on', async () => {
    const { root, board, records, roll, history } = await writtenBoard(31, 6)
    const whole = readFileSync(history)
    const ends = framesOf(history).map(({ end }) => end)
    const next = randomRecord(roll)
    const sentences: string[] = []
    const report = (sentence: string) => void sentences.push(sentence)
    const store = await openForTest({ root, report, disk: quickDisk() })
    for (let cut = ends[2] ?? 0; cut < whole.length; cut += 1) {
      writeFileSync(history, whole.subarray(0, cut))
      const kept = records.slice(0, ends.filter((end) => end <= cut).length)
      expect(linesOf((await store.history(board)).records)).toEqual(linesOf(kept))
      expect(await store.appendRecord(board, placeAfter(kept), next)).toBe(true)
      await store.release(board)
      const after = await store.history(board)
      expect(linesOf(after.records)).toEqual(linesOf([...kept, next]))
      expect(after.damage).toBe(null)
      await store.release(board)
    }
    // Every cut was told, but for those that fell between two records.
    expect(sentences).toHaveLength(whole.length - (ends[2] ?? 0) - 3)
  })

  it('D4 a tail of zeros is cut off', async () => {
    const { root, board, records, roll, history } = await writtenBoard(32, 3)
    const { length } = readFileSync(history)
    appendFileSync(history, new Uint8Array(5_000))
    const store = await openForTest({ root })
    expect(await store.history(board)).toEqual({ records, damage: null })
    expect(readFileSync(history)).toHaveLength(length)
    expect(await store.appendRecord(board, placeAfter(records), randomRecord(roll))).toBe(true)
  })

  it('D4 a byte flipped anywhere makes the board read-only with a reason; others go on', async () => {
    const { root, board, records, roll, history } = await writtenBoard(33, 4, ['kept'])
    const whole = readFileSync(history)
    const frames = framesOf(history)
    const store = await openForTest({ root })
    const other = await boardWith(store, roll, 2)
    const [, second] = frames
    const places = [
      0,
      7,
      ...frames.flatMap(({ start, end }) => [start, start + 5, start + 9, end - 1]),
    ]
    for (const at of [...places, (second?.start ?? 0) + 60]) {
      flip(history, at)
      const good = records.slice(0, frames.filter(({ end }) => end <= at).length)
      const found = await store.history(board)
      expect(found.records).toEqual(good)
      expect(found.damage).toMatch(/changed on the disk|missing/)
      const record = randomRecord(roll)
      expect(await codeOf(store.appendRecord(board, placeAfter(good), record))).toBe(
        'board-damaged',
      )
      expect(await codeOf(store.appendWords(board, 'board', entryOf('x')))).toBe('board-damaged')
      expect(await codeOf(store.replaceWords(board, 'board', 1, entryOf('x')))).toBe(
        'board-damaged',
      )
      expect(await codeOf(store.changeSidecar(board, (same) => same))).toBe('board-damaged')
      expect(await textsOf(store, board)).toEqual(['kept'])
      expect(await store.sidecar(board)).toEqual(emptySidecar)
      await store.release(board)
      flip(history, at)
      // Not a byte of it was cut or rewritten.
      expect(readFileSync(history).equals(whole)).toBe(true)
    }
    expect((await store.history(other.board)).records).toEqual(other.records)
    expect(
      await store.appendRecord(other.board, placeAfter(other.records), randomRecord(roll)),
    ).toBe(true)
    expect(await store.history(board)).toEqual({ records, damage: null })
  })

  it('P6 a history without its first record is damage, not a tear', async () => {
    const { root, board, history } = await writtenBoard(34, 1)
    const store = await openForTest({ root })
    for (const length of [100, 8, 3, 0]) {
      truncateSync(history, length)
      expect(await store.history(board)).toEqual({
        records: [],
        damage: 'the first record is missing',
      })
      expect(readFileSync(history)).toHaveLength(length)
      await store.release(board)
    }
    rmSync(history)
    expect((await store.history(board)).damage).toBe('the first record is missing')
  })
})

describe('file store: words after a crash', () => {
  it('P6 D4 cut at every byte of their last three entries, they keep all whole ones and go on', async () => {
    // The last is longer than the one that comes after the cut, which must not leave its end standing.
    const texts = ['one', 'two', 'three', 'four', 'a much longer one'.repeat(4)]
    const { root, board, words } = await writtenBoard(35, 1, texts)
    const whole = readFileSync(words)
    const ends = framesOf(words).map(({ end }) => end)
    const store = await openForTest({ root, disk: quickDisk() })
    for (let cut = ends[1] ?? 0; cut < whole.length; cut += 1) {
      writeFileSync(words, whole.subarray(0, cut))
      const kept = texts.slice(0, ends.filter((end) => end <= cut).length)
      await store.appendWords(board, 'board', entryOf('new'))
      await store.release(board)
      expect((await store.words(board, 'board')).skipped).toBe(0)
      expect(await textsOf(store, board)).toEqual([...kept, 'new'])
      await store.release(board)
    }
  })

  it('D4 a log cut before its first entry, or gone, starts again', async () => {
    const { root, board, words } = await writtenBoard(36, 1, ['one'])
    const store = await openForTest({ root })
    for (const damage of [
      () => truncateSync(words, 5),
      () => truncateSync(words, 0),
      () => writeFileSync(words, new Uint8Array(64)),
      () => rmSync(words),
    ]) {
      damage()
      await store.appendWords(board, 'board', entryOf('new'))
      await store.release(board)
      expect(await store.words(board, 'board')).toEqual({ entries: [entryOf('new')], skipped: 0 })
      await store.release(board)
    }
  })

  it('D4 S6 an entry that changed is passed over and counted, and its bytes outlive a replacement', async () => {
    const texts = ['one', 'two', 'three', 'four']
    const { root, board, words } = await writtenBoard(37, 1, texts)
    const second = framesOf(words)[1]
    if (second === undefined) throw new Error('no second entry')
    flip(words, second.end - 1)
    const bytes = readFileSync(words).subarray(second.start, second.end)
    const store = await openForTest({ root })
    expect(await textsOf(store, board)).toEqual(['one', 'three', 'four'])
    expect((await store.words(board, 'board')).skipped).toBe(1)
    await store.replaceWords(board, 'board', 2, entryOf('one, three'))
    expect(await textsOf(store, board)).toEqual(['one, three', 'four'])
    expect((await store.words(board, 'board')).skipped).toBe(1)
    expect(readFileSync(words).includes(bytes)).toBe(true)
  })

  it('D4 when the way through the log is lost, what came before is kept and the whole file lies aside', async () => {
    const { root, board, folder, words } = await writtenBoard(38, 1, ['one', 'two', 'three'])
    flip(words, framesOf(words)[1]?.start ?? 0)
    const damaged = readFileSync(words)
    const store = await openForTest({ root })
    expect(await textsOf(store, board)).toEqual(['one'])
    expect((await store.words(board, 'board')).skipped).toBe(1)
    await store.appendWords(board, 'board', entryOf('four'))
    await store.release(board)
    expect(await store.words(board, 'board')).toEqual({
      entries: [entryOf('one'), entryOf('four')],
      skipped: 0,
    })
    const aside = readdirSync(folder).filter((name) => name.endsWith('.damaged'))
    expect(aside).toHaveLength(1)
    expect(readFileSync(join(folder, aside[0] ?? '')).equals(damaged)).toBe(true)
  })
})

describe('file store: what else a crash leaves', () => {
  it('D2 a half-made board is removed at start-up and can be made; other dot folders stay', async () => {
    const { root, board } = await writtenBoard(39, 1)
    const roll = dice(40)
    const genesis = randomRecord(roll)
    const half = join(root, `.new-${'ab'.repeat(32)}`)
    const foreign = join(root, '.snapshots')
    mkdirSync(half)
    writeFileSync(join(half, 'history'), 'HEDG')
    mkdirSync(foreign)
    const store = await openForTest({ root })
    expect(existsSync(half)).toBe(false)
    expect(existsSync(foreign)).toBe(true)
    expect((await store.index()).map((entry) => entry.board)).toEqual([board])
    expect(await store.create('ab'.repeat(32), genesis, emptySidecar)).toBe(true)
  })

  it('D2 new files that never took their place are removed and the old ones hold', async () => {
    const { root, board, folder } = await writtenBoard(41, 1, ['one'])
    writeFileSync(join(folder, 'words.board.new'), 'half')
    writeFileSync(join(folder, 'board.json.new'), '{')
    const store = await openForTest({ root })
    expect(await textsOf(store, board)).toEqual(['one'])
    expect(await store.sidecar(board)).toEqual(emptySidecar)
    expect(readdirSync(folder).sort()).toEqual(['board.json', 'history', 'words.board'])
  })

  it('D4 a sidecar that is none is not served and not overwritten; its history is, and others are', async () => {
    const { root, board, records, roll, folder } = await writtenBoard(42, 2)
    const path = join(folder, 'board.json')
    const told: string[] = []
    const store = await openForTest({ root, report: (sentence) => told.push(sentence) })
    const other = await boardWith(store, roll, 1)
    const bad = ['', '{"invitations":{}}', '{"invitations":{"zz":"00"},"rings":{}}', '[]', '\xff']
    for (const text of bad) {
      writeFileSync(path, text, 'latin1')
      expect(await codeOf(store.sidecar(board))).toBe('board-damaged')
      expect(await codeOf(store.changeSidecar(board, () => emptySidecar))).toBe('board-damaged')
      expect(readFileSync(path, 'latin1')).toBe(text)
      expect((await store.index()).map((entry) => entry.board)).toEqual([other.board])
      expect((await store.history(board)).records).toEqual(records)
    }
    expect(told).toHaveLength(bad.length)
  })
})

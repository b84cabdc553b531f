/** The file store on a disk that is slow, full or failing. */
import { appendFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chainHash } from '../../shared/record.ts'
import type { Step } from '../support/store/store-disk.ts'
import {
  codeOf,
  emptySidecar,
  entryOf,
  linesOf,
  placeAfter,
  randomRecord,
  textsOf,
} from '../support/store/store-records.ts'
import { failing, failingOnce, healed, holding, troubled } from '../support/store/store-troubled.ts'

describe('file store: when it acknowledges', () => {
  it('P6 D1 a record is acknowledged after its fsync, never before; those that wait share the next one', async () => {
    const { disk, store, roll, board, records } = await troubled(51)
    const { asked, held } = holding(disk, 'sync', 'history')
    const synced = disk.count('sync', 'history')
    const more = Array.from({ length: 12 }, () => randomRecord(roll))
    const all = [...records]
    let settled = 0
    const append = (record: (typeof more)[number]) => {
      const won = store.appendRecord(board, placeAfter(all), record)
      all.push(record)
      return won.finally(() => (settled += 1))
    }
    const [first, ...rest] = more
    const appended = first ? [append(first)] : []
    await asked.passed
    appended.push(...rest.map(append))
    // The bytes are in the file, and still nobody has been told, nor can the record be read by others.
    expect(disk.count('write', 'history')).toBeGreaterThan(0)
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).toBe(0)
    held.open()
    expect(await Promise.all(appended)).not.toContain(false)
    expect(disk.count('sync', 'history') - synced).toBe(2)
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(all))
  })

  it('P6 D1 a new board is acknowledged after each of its files and both folders were fsynced', async () => {
    const { root, disk, store, roll } = await troubled(52)
    const genesis = randomRecord(roll)
    const board = chainHash(genesis)
    disk.calls.length = 0
    await store.create(board, genesis, emptySidecar)
    const half = join(root, `.new-${board}`)
    const last = (step: Step, path: string) =>
      disk.calls.findLastIndex((call) => call.step === step && call.path === path)
    const moved = last('rename', join(root, board))
    for (const name of ['history', 'board.json', 'words.board'])
      expect(last('write', join(half, name))).toBeLessThan(last('sync', join(half, name)))
    for (const path of ['history', 'board.json', 'words.board', ''].map((name) =>
      join(half, name),
    )) {
      expect(last('sync', path)).toBeGreaterThan(-1)
      expect(last('sync', path)).toBeLessThan(moved)
    }
    expect(last('sync', root)).toBeGreaterThan(moved)
  })

  it('D2 a sidecar is written beside, fsynced, renamed, and its folder fsynced', async () => {
    const { root, disk, store, board } = await troubled(53)
    await store.sidecar(board)
    disk.calls.length = 0
    await store.changeSidecar(board, (same) => same)
    const folder = join(root, board)
    const path = join(folder, 'board.json')
    const steps = disk.calls.filter(({ step }) => ['write', 'sync', 'rename'].includes(step))
    expect(steps).toEqual([
      { step: 'write', path: `${path}.new` },
      { step: 'sync', path: `${path}.new` },
      { step: 'rename', path },
      { step: 'sync', path: folder },
    ])
  })

  it('P6 D3 words that come together share one write, and are acknowledged after its fsync', async () => {
    const { disk, timers, store, board } = await troubled(54)
    const [written, synced] = [
      disk.count('write', 'words.board'),
      disk.count('sync', 'words.board'),
    ]
    const { asked, held } = holding(disk, 'sync', 'words.board')
    const texts = Array.from({ length: 30 }, (_, at) => `words ${at}`)
    let settled = 0
    const appended = texts.map((text) =>
      store.appendWords(board, 'board', entryOf(text)).then(() => (settled += 1)),
    )
    expect(timers.waiting()).toEqual([8])
    timers.run()
    await asked.passed
    expect(disk.count('write', 'words.board') - written).toBe(1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).toBe(0)
    held.open()
    await Promise.all(appended)
    expect(disk.count('sync', 'words.board') - synced).toBe(1)
    expect(await textsOf(store, board)).toEqual(texts)
  })

  it('D3 after a write the file rests; what comes meanwhile is written at the end of it', async () => {
    const { disk, timers, store, board } = await troubled(70)
    const append = (text: string) => store.appendWords(board, 'board', entryOf(text))
    const first = append('one')
    timers.run(8)
    await first
    expect(timers.waiting()).toEqual([900])
    const written = disk.count('write', 'words.board')
    const more = ['two', 'three', 'four'].map(append)
    expect(timers.waiting()).toEqual([900])
    timers.run(900)
    await Promise.all(more)
    expect(disk.count('write', 'words.board') - written).toBe(1)
    timers.run(900)
    expect(timers.waiting()).toEqual([]) // nothing came: the next is not kept waiting
    const five = append('five')
    expect(timers.waiting()).toEqual([8])
    // Whoever reads is read all of it.
    expect(await textsOf(store, board)).toEqual(['one', 'two', 'three', 'four', 'five'])
    await five
  })

  it('D1 D5 releasing a board writes and fsyncs what waits, and leaves no file open and no timer', async () => {
    const { disk, timers, store, board, reopen } = await troubled(55)
    const appended = store.appendWords(board, 'board', entryOf('last words'))
    const { asked, held } = holding(disk, 'sync', 'words.board')
    let settled = 0
    const releases = [1, 2].map(() => store.release(board).finally(() => (settled += 1)))
    await asked.passed
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).toBe(0)
    held.open()
    await Promise.all([appended, ...releases])
    expect(disk.count('sync', 'words.board')).toBe(2)
    expect(disk.openFiles).toBe(0)
    expect(timers.waiting()).toEqual([])
    const again = store.appendWords(board, 'board', entryOf('really'))
    const next = await reopen()
    await again
    expect(disk.count('sync', 'words.board')).toBe(3)
    expect(await textsOf(next, board)).toEqual(['last words', 'really'])
    expect(disk.openFiles).toBe(0)
  })

  it('D5 not even if the history was only looked at to write the last words, and had to be mended', async () => {
    const { root, disk, store, roll, board, records } = await troubled(69)
    await store.release(board)
    appendFileSync(join(root, board, 'history'), 'torn')
    const appended = store.appendWords(board, 'board', entryOf('last words'))
    await store.release(board)
    await appended
    expect(disk.openFiles).toBe(0)
    const record = randomRecord(roll)
    expect(await store.appendRecord(board, placeAfter(records), record)).toBe(true)
  })
})

describe('file store: a full disk', () => {
  it('P6 a record that does not fit is refused and leaves nothing; with space again, it fits', async () => {
    const { root, disk, store, roll, board, records, reopen } = await troubled(56)
    const record = randomRecord(roll)
    const size = () => statSync(join(root, board, 'history')).size
    const before = size()
    for (const room of [0, 1, 11, 12, 13, 200]) {
      disk.room = room
      expect(await codeOf(store.appendRecord(board, placeAfter(records), record))).toBe(
        'store-full',
      )
      expect(size()).toBe(before)
      expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    }
    healed(disk)
    expect(await store.appendRecord(board, placeAfter(records), record)).toBe(true)
    const next = await reopen()
    expect(linesOf((await next.history(board)).records)).toEqual(linesOf([...records, record]))
  })

  it('P6 words that do not fit are refused, all of one write; earlier and later ones are kept', async () => {
    const { disk, timers, store, board, reopen } = await troubled(57)
    const write = (texts: readonly string[]) => {
      const all = texts.map((text) => store.appendWords(board, 'board', entryOf(text)))
      timers.run()
      return all
    }
    await Promise.all(write(['one', 'two']))
    disk.room = 30
    for (const refused of write(['three', 'four'])) expect(await codeOf(refused)).toBe('store-full')
    healed(disk)
    await Promise.all(write(['five']))
    expect(await textsOf(store, board)).toEqual(['one', 'two', 'five'])
    expect(await textsOf(await reopen(), board)).toEqual(['one', 'two', 'five'])
  })

  it('P6 if what was half written cannot be cut away either, it is before anything else is written', async () => {
    const { disk, store, roll, board, records, reopen } = await troubled(58)
    const record = randomRecord(roll)
    const append = () => store.appendRecord(board, placeAfter(records), record)
    disk.room = 100
    failing(disk, ['truncate'], 'history')
    expect(await codeOf(append())).toBe('store-full')
    disk.room = Infinity
    expect(await codeOf(append())).toBe('store-failed')
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    healed(disk)
    expect(await append()).toBe(true)
    const next = await reopen()
    expect(linesOf((await next.history(board)).records)).toEqual(linesOf([...records, record]))
  })
})

describe('file store: a failing fsync', () => {
  it('P6 the record is refused, the file opened again and read again, and the next one is kept', async () => {
    const { disk, store, roll, board, records, reopen } = await troubled(59)
    const [opened, read] = [disk.count('open', 'history'), disk.count('read', 'history')]
    failingOnce(disk, 'sync', 'history')
    const refused = randomRecord(roll)
    expect(await codeOf(store.appendRecord(board, placeAfter(records), refused))).toBe(
      'store-failed',
    )
    expect(disk.count('open', 'history') - opened).toBe(1)
    expect(disk.count('read', 'history') - read).toBe(1)
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    const record = randomRecord(roll)
    expect(await store.appendRecord(board, placeAfter(records), record)).toBe(true)
    const next = await reopen()
    expect(linesOf((await next.history(board)).records)).toEqual(linesOf([...records, record]))
  })

  it('P6 a record that was refused does not come back, even if the board is released before the disk heals', async () => {
    const { disk, store, roll, board, records } = await troubled(60)
    const refused = randomRecord(roll)
    failing(disk, ['sync', 'truncate'], 'history')
    expect(await codeOf(store.appendRecord(board, placeAfter(records), refused))).toBe(
      'store-failed',
    )
    // It lies there whole, and is not read.
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    await store.release(board)
    expect(await codeOf(store.history(board))).toBe('store-failed')
    await store.release(board)
    healed(disk)
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    await store.release(board)
    const record = randomRecord(roll)
    expect(await store.appendRecord(board, placeAfter(records), record)).toBe(true)
    await store.release(board)
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf([...records, record]))
  })

  it('P6 words whose fsync fails are refused, all of one write; earlier and later ones are kept', async () => {
    const { disk, timers, store, board, reopen } = await troubled(61)
    const write = (texts: readonly string[]) => {
      const all = texts.map((text) => store.appendWords(board, 'board', entryOf(text)))
      timers.run()
      return all
    }
    await Promise.all(write(['dear']))
    const failures = failingOnce(disk, 'sync', 'words.board')
    for (const refused of write(['one', 'two'])) {
      expect(await codeOf(refused)).toBe('store-failed')
    }
    expect(failures()).toBe(2) // the write's, and the mending's
    expect(await textsOf(store, board)).toEqual(['dear'])
    await Promise.all(write(['next']))
    expect(await textsOf(await reopen(), board)).toEqual(['dear', 'next'])
  })

  it('P6 a file that became shorter is not padded: nothing more is written to it', async () => {
    const { root, disk, store, roll, board, records } = await troubled(68)
    await store.history(board)
    const path = join(root, board, 'history')
    const { size } = statSync(path)
    truncateSync(path, size - 10)
    disk.room = 0
    const append = () => store.appendRecord(board, placeAfter(records), randomRecord(roll))
    expect(await codeOf(append())).toBe('store-full')
    healed(disk)
    expect(await codeOf(append())).toBe('store-failed')
    expect(statSync(path).size).toBe(size - 10)
  })

  it('P6 while words cannot be fsynced, they are refused and those that were acknowledged stay', async () => {
    const { disk, timers, store, board, reopen } = await troubled(62)
    const write = (text: string) => {
      const appended = store.appendWords(board, 'board', entryOf(text))
      timers.run()
      return appended
    }
    await write('one')
    failing(disk, ['sync'], 'words.board')
    for (const text of ['two', 'three']) expect(await codeOf(write(text))).toBe('store-failed')
    expect(await textsOf(store, board)).toEqual(['one'])
    healed(disk)
    await write('four')
    expect(await textsOf(await reopen(), board)).toEqual(['one', 'four'])
  })
})

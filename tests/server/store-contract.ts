/** What every store promises, whatever it keeps its boards in. */
import { describe, expect, it } from 'vitest'
import { chainHash } from '../../shared/record.ts'
import type { Sidecar, Store } from '../../server/store/store.ts'
import {
  boardWith,
  codeOf,
  dice,
  emptySidecar,
  entryOf,
  placeAfter,
  randomRecord,
  textsOf,
} from '../support/store/store-records.ts'

const unknown = 'ab'.repeat(32)
const id = 'cd'.repeat(16)

export const storeContract = (name: string, open: () => Promise<Store>) =>
  describe(`${name}: the store contract`, () => {
    it('D1 a new board holds its first record and its sidecar, and is made only once', async () => {
      const store = await open()
      const roll = dice(1)
      const genesis = randomRecord(roll)
      const board = chainHash(genesis)
      const sidecar: Sidecar = {
        invitations: { [id]: 'beef' },
        rings: { [id]: { rev: 1, box: '00' } },
      }
      expect(await store.create(board, genesis, sidecar)).toBe(true)
      expect(await store.create(board, randomRecord(roll), emptySidecar)).toBe(false)
      expect(await store.history(board)).toEqual({ records: [genesis], damage: null })
      expect(await store.sidecar(board)).toEqual(sidecar)
      expect(await store.words(board, 'board')).toEqual({ entries: [], skipped: 0 })
    })

    it('D1 of two that make the same board at once, one does', async () => {
      const store = await open()
      const genesis = randomRecord(dice(2))
      const board = chainHash(genesis)
      const make = () => store.create(board, genesis, emptySidecar)
      expect((await Promise.all([make(), make(), make()])).sort()).toEqual([false, false, true])
    })

    it('D1 R7 records are kept untouched, in order, each at the place it was signed for', async () => {
      const store = await open()
      const { board, records } = await boardWith(store, dice(3), 6)
      expect((await store.history(board)).records).toEqual(records)
    })

    it('D1 R7 an append at a taken, wrong or future place changes nothing', async () => {
      const store = await open()
      const roll = dice(4)
      const { board, records } = await boardWith(store, roll, 3)
      const record = randomRecord(roll)
      const place = placeAfter(records)
      for (const wrong of [
        placeAfter(records.slice(0, 2)),
        { ...place, seq: place.seq + 1 },
        { ...place, seq: place.seq - 1 },
        { ...place, prev: unknown },
        { seq: 0, prev: '' },
      ])
        expect(await store.appendRecord(board, wrong, record)).toBe(false)
      expect((await store.history(board)).records).toEqual(records)
      expect(await store.appendRecord(board, place, record)).toBe(true)
    })

    it('D1 R7 of many appends at one head exactly one wins, and it is the one that is kept', async () => {
      const store = await open()
      const roll = dice(5)
      const { board, records } = await boardWith(store, roll, 2)
      const rivals = Array.from({ length: 8 }, () => randomRecord(roll))
      const won = await Promise.all(
        rivals.map((rival) => store.appendRecord(board, placeAfter(records), rival)),
      )
      const winners = rivals.filter((_, at) => won[at])
      expect(winners).toHaveLength(1)
      expect((await store.history(board)).records).toEqual([...records, ...winners])
    })

    it('D3 appends that follow each other without waiting are all kept', async () => {
      const store = await open()
      const roll = dice(6)
      const { board, records } = await boardWith(store, roll, 1)
      const more = Array.from({ length: 20 }, () => randomRecord(roll))
      const all = [...records, ...more]
      const won = more.map((record, at) =>
        store.appendRecord(board, placeAfter(all.slice(0, 1 + at)), record),
      )
      expect(await Promise.all(won)).not.toContain(false)
      expect((await store.history(board)).records).toEqual(all)
    })

    it('D1 what was stored does not change when the caller changes its bytes, or those it was given', async () => {
      const store = await open()
      const roll = dice(7)
      const genesis = randomRecord(roll)
      const board = chainHash(genesis)
      const before = structuredClone(genesis)
      await store.create(board, genesis, emptySidecar)
      const entry = entryOf('calm')
      await store.appendWords(board, 'board', entry)
      genesis.box.fill(0)
      entry.bytes.fill(0)
      for (const { box } of (await store.history(board)).records) box.fill(1)
      for (const { bytes } of (await store.words(board, 'board')).entries) bytes.fill(1)
      expect((await store.history(board)).records).toEqual([before])
      expect(await textsOf(store, board)).toEqual(['calm'])
    })

    it('D1 a record or words entry that cannot be framed is refused before anything is written', async () => {
      const store = await open()
      const roll = dice(8)
      const { board, records } = await boardWith(store, roll, 1)
      const record = { ...randomRecord(roll), sig: new Uint8Array(63) }
      await expect(store.appendRecord(board, placeAfter(records), record)).rejects.toThrow(
        RangeError,
      )
      const huge = { ...randomRecord(roll), head: new Uint8Array(0x10000) }
      await expect(store.appendRecord(board, placeAfter(records), huge)).rejects.toThrow(RangeError)
      await expect(store.appendWords(board, 'board', entryOf('x', -1))).rejects.toThrow(RangeError)
      expect((await store.history(board)).records).toEqual(records)
      expect(await textsOf(store, board)).toEqual([])
    })

    it('D3 words keep their order and what they count, however they arrive', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(9), 1)
      const texts = Array.from({ length: 50 }, (_, at) => `words ${at}`)
      await Promise.all(
        texts.map((text, at) => store.appendWords(board, 'board', entryOf(text, at, 2))),
      )
      await store.appendWords(board, 'board', entryOf('', 7, 0xffffffff))
      const { entries, skipped } = await store.words(board, 'board')
      expect(entries).toEqual([
        ...texts.map((text, at) => entryOf(text, at, 2)),
        entryOf('', 7, 0xffffffff),
      ])
      expect(skipped).toBe(0)
    })

    it('S6 replacing the first entries keeps the rest after the new one', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(10), 1)
      for (const text of ['a', 'b', 'c', 'd'])
        await store.appendWords(board, 'board', entryOf(text))
      await store.replaceWords(board, 'board', 3, entryOf('abc', 3, 4))
      expect(await textsOf(store, board)).toEqual(['abc', 'd'])
      expect((await store.words(board, 'board')).entries[0]?.used).toEqual({ a: 3, b: 4 })
      await store.replaceWords(board, 'board', 0, entryOf('first'))
      expect(await textsOf(store, board)).toEqual(['first', 'abc', 'd'])
      await store.appendWords(board, 'board', entryOf('e'))
      await store.release(board)
      expect(await textsOf(store, board)).toEqual(['first', 'abc', 'd', 'e'])
    })

    it('S6 words that arrive during a replacement are kept, in order, after it', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(11), 1)
      await Promise.all(['a', 'b'].map((text) => store.appendWords(board, 'board', entryOf(text))))
      await Promise.all([
        store.appendWords(board, 'board', entryOf('c')),
        store.replaceWords(board, 'board', 2, entryOf('ab')),
        store.appendWords(board, 'board', entryOf('d')),
        store.appendWords(board, 'board', entryOf('e')),
        store.replaceWords(board, 'board', 2, entryOf('abc')),
        store.appendWords(board, 'board', entryOf('f')),
      ])
      expect(await textsOf(store, board)).toEqual(['abc', 'd', 'e', 'f'])
    })

    it('S6 more entries than there are cannot be replaced', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(12), 1)
      await store.appendWords(board, 'board', entryOf('a'))
      for (const count of [2, -1, 0.5])
        await expect(store.replaceWords(board, 'board', count, entryOf('x'))).rejects.toThrow(
          RangeError,
        )
      expect(await textsOf(store, board)).toEqual(['a'])
    })

    it('D2 changes of a sidecar run one after the other, and one that throws changes nothing', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(13), 1)
      const count = (sidecar: Sidecar): Sidecar => {
        const rev = (sidecar.rings[id]?.rev ?? 0) + 1
        return { ...sidecar, rings: { [id]: { rev, box: 'ff' } } }
      }
      const fail = () => {
        throw new Error('not this one')
      }
      const outcomes = await Promise.allSettled([
        ...Array.from({ length: 10 }, () => store.changeSidecar(board, count)),
        store.changeSidecar(board, fail),
        store.changeSidecar(board, count),
      ])
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1)
      expect((await store.sidecar(board)).rings[id]?.rev).toBe(11)
    })

    it('D2 what is no sidecar is refused and the old one stays', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(14), 1)
      const bad = (): Sidecar => ({ invitations: { [id]: 'not hex' }, rings: {} })
      await expect(store.changeSidecar(board, bad)).rejects.toThrow()
      expect(await store.sidecar(board)).toEqual(emptySidecar)
      await expect(store.create(unknown, randomRecord(dice(22)), bad())).rejects.toThrow()
      expect(await codeOf(store.sidecar(unknown))).toBe('no-board')
    })

    it('D5 the index names every board with its sidecar', async () => {
      const store = await open()
      const made = [await boardWith(store, dice(15), 1), await boardWith(store, dice(16), 1)]
      const [first] = made
      const used: Sidecar = { invitations: { [id]: null }, rings: {} }
      await store.changeSidecar(first?.board ?? '', () => used)
      const index = await store.index()
      expect(new Map(index.map(({ board, sidecar }) => [board, sidecar]))).toEqual(
        new Map(made.map(({ board }, at) => [board, at === 0 ? used : emptySidecar])),
      )
    })

    it('D5 a board can be released at any moment and used again at once', async () => {
      const store = await open()
      const roll = dice(17)
      const { board, records } = await boardWith(store, roll, 1)
      const all = [...records]
      const work: Promise<unknown>[] = []
      const texts: string[] = []
      for (let round = 0; round < 10; round += 1) {
        const record = randomRecord(roll)
        work.push(store.appendRecord(board, placeAfter(all), record))
        all.push(record)
        texts.push(`round ${round}`)
        work.push(store.appendWords(board, 'board', entryOf(`round ${round}`)))
        work.push(store.release(board))
        if (round % 3 === 0) work.push(store.release(board))
      }
      expect(await Promise.all(work)).not.toContain(false)
      expect((await store.history(board)).records).toEqual(all)
      expect(await textsOf(store, board)).toEqual(texts)
      await store.release(unknown)
    })

    it('D1 an unknown board is refused everywhere, and asking for it does not make it', async () => {
      const store = await open()
      const record = randomRecord(dice(18))
      const ask = () => [
        store.history(unknown),
        store.appendRecord(unknown, { seq: 0, prev: '' }, record),
        store.sidecar(unknown),
        store.changeSidecar(unknown, (same) => same),
        store.words(unknown, 'board'),
        store.appendWords(unknown, 'board', entryOf('x')),
        store.replaceWords(unknown, 'board', 0, entryOf('x')),
      ]
      for (const promise of [...ask(), ...ask()]) expect(await codeOf(promise)).toBe('no-board')
      expect(await store.index()).toEqual([])
      expect(await store.create(unknown, record, emptySidecar)).toBe(true)
      expect((await store.history(unknown)).records).toEqual([record])
    })

    it('D1 an id that is none is refused like an unknown board', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(19), 1)
      const record = randomRecord(dice(20))
      for (const wrong of [
        '',
        '.',
        '..',
        `../${board}`,
        `${board}/`,
        `${board}\0`,
        `${board}\n`,
        `%2e%2e/${board}`,
        board.toUpperCase(),
        board.slice(1),
        'a'.repeat(10_000),
        '__proto__',
      ]) {
        expect(await codeOf(store.history(wrong))).toBe('no-board')
        expect(await codeOf(store.words(wrong, 'board'))).toBe('no-board')
        expect(await codeOf(store.sidecar(wrong))).toBe('no-board')
        expect(await codeOf(store.create(wrong, record, emptySidecar))).toBe('no-board')
        await store.release(wrong)
      }
      expect((await store.index()).map((entry) => entry.board)).toEqual([board])
    })

    it('D1 a closed store takes nothing more', async () => {
      const store = await open()
      const { board } = await boardWith(store, dice(21), 1)
      await store.close()
      await store.close()
      expect(await codeOf(store.appendWords(board, 'board', entryOf('late')))).toBe('store-failed')
      expect(await codeOf(store.history(board))).toBe('store-failed')
      expect(await codeOf(store.index())).toBe('store-failed')
    })
  })

/** The file store when any one step of the disk fails: the first, then the second, and so on. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { chainHash } from '../../shared/record.ts'
import type { Sidecar } from '../../server/store/store.ts'
import { systemError } from '../support/store/store-disk.ts'
import type { TroubledDisk } from '../support/store/store-disk.ts'
import { healed, troubled } from '../support/store/store-troubled.ts'
import {
  codeOf,
  emptySidecar,
  entryOf,
  linesOf,
  placeAfter,
  randomRecord,
  textsOf,
} from '../support/store/store-records.ts'

describe('file store: any one step of the disk fails', () => {
  /** Runs `act` again and again, failing its first step, then its second… until it has no more to fail. */
  const eachStep = async (
    disk: TroubledDisk,
    act: () => Promise<unknown>,
    afterFailure: (step: string) => Promise<void>,
  ) => {
    const failed: string[] = []
    for (let nth = 0; ; nth += 1) {
      let seen = 0
      let hit = ''
      disk.before = ({ step, path }) => {
        if (seen++ !== nth) return
        hit = `${step} ${path}`
        throw systemError('EIO')
      }
      const outcome = await act().then(
        () => 'done',
        (cause: unknown) => cause,
      )
      healed(disk)
      if (hit === '') {
        expect(outcome).toBe('done')
        return failed
      }
      failed.push(hit)
      expect(outcome).toMatchObject({ name: 'StoreError', code: 'store-failed' })
      await afterFailure(hit)
    }
  }

  it('D1 making a board: it is not there, and can be made', async () => {
    const { root, disk, store, roll } = await troubled(63)
    const genesis = randomRecord(roll)
    const board = chainHash(genesis)
    const failed = await eachStep(
      disk,
      () => store.create(board, genesis, emptySidecar),
      async () => {
        expect(await codeOf(store.history(board))).toBe('no-board')
        expect((await store.index()).map((entry) => entry.board)).not.toContain(board)
        expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([])
      },
    )
    expect(failed.length).toBeGreaterThan(12)
    expect((await store.history(board)).records).toEqual([genesis])
  })

  it('D1 changing a sidecar: it holds the old or the new, and can be changed again', async () => {
    const { disk, store, board } = await troubled(64)
    const id = 'ef'.repeat(16)
    let box = 0
    const put = (): Sidecar => ({
      invitations: { [id]: (box % 256).toString(16).padStart(2, '0') },
      rings: {},
    })
    let last = emptySidecar
    await store.history(board)
    const failed = await eachStep(
      disk,
      () => {
        box += 1
        return store.changeSidecar(board, put)
      },
      async (hit) => {
        // Only the fsync of the folder comes after the new one is in place.
        const found = await store.sidecar(board)
        expect(found).toEqual(hit.endsWith(board) ? put() : last)
        last = found
      },
    )
    expect(failed.some((hit) => hit.endsWith(board))).toBe(true)
    expect(await store.sidecar(board)).toEqual(put())
  })

  it('D1 appending a record: it is not there, and its place is still free', async () => {
    const { disk, store, roll, board, records } = await troubled(65)
    const record = randomRecord(roll)
    await store.release(board)
    const failed = await eachStep(
      disk,
      () => store.appendRecord(board, placeAfter(records), record),
      async () => {
        expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
        await store.release(board)
      },
    )
    expect(failed.map((hit) => hit.split(' ')[0])).toEqual(['read', 'open', 'write', 'sync'])
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf([...records, record]))
  })

  it('S6 replacing words: the old log stays, and nothing is lost or doubled', async () => {
    const { root, disk, timers, store, board, reopen } = await troubled(66)
    for (const text of ['a', 'b', 'c']) {
      const appended = store.appendWords(board, 'board', entryOf(text))
      timers.run()
      await appended
    }
    const failed = await eachStep(
      disk,
      () => store.replaceWords(board, 'board', 2, entryOf('ab')),
      async (hit) => {
        if (hit.endsWith(board)) {
          // The new log is in place, if not for certain: what is written to it next makes sure first.
          const synced = disk.count('sync', board)
          const appended = store.appendWords(board, 'board', entryOf('d'))
          timers.run()
          await appended
          expect(disk.count('sync', board) - synced).toBe(1)
          // What the caller has counted no longer holds.
          expect(await codeOf(store.replaceWords(board, 'board', 2, entryOf('?')))).toBe(
            'store-failed',
          )
          expect(await textsOf(store, board)).toEqual(['ab', 'c', 'd'])
          await store.replaceWords(board, 'board', 3, entryOf('c'))
          await store.replaceWords(board, 'board', 0, entryOf('b'))
          await store.replaceWords(board, 'board', 0, entryOf('a'))
        }
        expect(await textsOf(store, board)).toEqual(['a', 'b', 'c'])
        expect(readdirSync(join(root, board)).sort()).toEqual([
          'board.json',
          'history',
          'words.board',
        ])
      },
    )
    expect(failed.some((hit) => hit.startsWith('rename'))).toBe(true)
    expect(failed.some((hit) => hit.endsWith(board))).toBe(true)
    expect(await textsOf(await reopen(), board)).toEqual(['ab', 'c'])
  })
})

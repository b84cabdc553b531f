/** A disk that is really full: a small file system of its own, where the machine lets us have one. */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openFileStore } from '../../server/store/file-store.ts'
import { StoreError } from '../../server/store/store.ts'
import type { StoredRecord } from '../../server/store/store.ts'
import { atOnce, temporaryFolder } from '../support/store/store-folder.ts'
import {
  boardWith,
  codeOf,
  dice,
  emptySidecar,
  entryOf,
  linesOf,
  placeAfter,
  randomRecord,
  textsOf,
} from '../support/store/store-records.ts'

const run = (command: string, ...args: string[]) => spawnSync(command, args).status === 0

/** A folder on a file system of 256 KiB, or null. */
const smallDisk = (): string | null => {
  const root = temporaryFolder()
  if (!run('mount', '-t', 'tmpfs', '-o', 'size=256k', 'hedgerow-test', root)) return null
  onTestFinished(() => void run('umount', '-l', root))
  return root
}

describe('file store: a disk that is really full', () => {
  it('P6 refuses with store-full, keeps all it acknowledged, and works again with space', async ({
    skip,
  }) => {
    const root = smallDisk()
    if (root === null) return skip('no right to mount a small file system here')
    const roll = dice(71)
    const store = await openFileStore({ root, pace: atOnce })
    onTestFinished(() => store.close().catch(() => undefined))
    const ballast = join(root, 'ballast')
    writeFileSync(ballast, new Uint8Array(64 * 1024))
    const { board, records } = await boardWith(store, roll, 1)
    const texts: string[] = []
    const fill = async (act: () => Promise<unknown>) => {
      for (;;) {
        const fault = await act().then(
          () => null,
          (cause: unknown) => cause,
        )
        if (fault === null) continue
        expect(fault).toBeInstanceOf(StoreError)
        expect(fault).toMatchObject({ code: 'store-full' })
        return
      }
    }
    const write = async () => {
      const text = `${texts.length} `.repeat(1_000)
      await store.appendWords(board, 'board', entryOf(text))
      texts.push(text)
    }
    const append = async (record: StoredRecord) => {
      expect(await store.appendRecord(board, placeAfter(records), record)).toBe(true)
      records.push(record)
    }
    await fill(write)
    await fill(() => append(randomRecord(roll)))
    const other = randomRecord(roll)
    expect(await codeOf(store.create('ab'.repeat(32), other, emptySidecar))).toBe('store-full')
    expect(await codeOf(store.replaceWords(board, 'board', 0, entryOf('x'.repeat(9_000))))).toBe(
      'store-full',
    )
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    expect(await textsOf(store, board)).toEqual(texts)
    expect(await store.sidecar(board)).toEqual(emptySidecar)

    rmSync(ballast)
    await append(randomRecord(roll))
    await write()
    expect(await store.create('ab'.repeat(32), other, emptySidecar)).toBe(true)
    await store.release(board)
    expect(linesOf((await store.history(board)).records)).toEqual(linesOf(records))
    expect(await textsOf(store, board)).toEqual(texts)
    await store.close()
  })
})

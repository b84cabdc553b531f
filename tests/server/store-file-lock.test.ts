import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { realDisk } from '../../server/store/disk.ts'
import { openFileStore } from '../../server/store/file-store.ts'
import { lockFolder } from '../../server/store/lock.ts'
import { openForTest, temporaryFolder } from '../support/store/store-folder.ts'

/** The id of a process that has ended. */
const deadPid = (): string =>
  execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim()

const lockIn = (root: string) => join(root, 'lock')

describe('file store: one process a folder', () => {
  it('D2 a second store on one folder is refused with a sentence that says what to do', async () => {
    const root = temporaryFolder()
    const first = await openForTest({ root })
    const lock = readFileSync(lockIn(root), 'utf8')
    expect(lock).toMatch(new RegExp(`^${process.pid} `))
    await expect(openFileStore({ root })).rejects.toThrow(
      `${root} is in use by process ${process.pid}: stop that one first`,
    )
    expect(readFileSync(lockIn(root), 'utf8')).toBe(lock)
    await first.close()
    expect(existsSync(lockIn(root))).toBe(false)
    await openForTest({ root })
  })

  it('D2 a process that lives keeps the folder, told by its id alone or with its start', async () => {
    const root = temporaryFolder()
    const text = `${process.ppid} \n`
    writeFileSync(lockIn(root), text)
    await expect(openFileStore({ root })).rejects.toThrow(`in use by process ${process.ppid}`)
    expect(readFileSync(lockIn(root), 'utf8')).toBe(text)
    expect(readdirSync(root)).toEqual(['lock'])
  })

  it('P6 the lock of a process that is gone, or of none, is taken over', async () => {
    const gone = `${deadPid()} \n`
    const otherStart = `${process.ppid} some-other-start/1\n`
    for (const text of [gone, otherStart, '', 'nonsense', '0 \n', '-1 \n', `${process.pid}`]) {
      const root = temporaryFolder()
      writeFileSync(lockIn(root), text)
      const store = await openForTest({ root })
      expect(readFileSync(lockIn(root), 'utf8')).toMatch(new RegExp(`^${process.pid} `))
      expect(readdirSync(root)).toEqual(['lock'])
      await store.close()
    }
  })

  it('D2 of many that start at once on a stale lock, exactly one gets the folder', async () => {
    const stale = `${deadPid()} \n`
    for (let round = 0; round < 20; round += 1) {
      const root = temporaryFolder()
      writeFileSync(lockIn(root), stale)
      // Those that wait for another take their turn at once.
      const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
      const taken = await Promise.allSettled(
        Array.from({ length: 5 }, () => lockFolder(root, turn)),
      )
      expect(taken.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })

  it('P6 the guard of a process that was killed while it started is waited for, then removed', async () => {
    const root = temporaryFolder()
    const guard = `${lockIn(root)}.guard`
    writeFileSync(guard, '')
    let pauses = 0
    const unlock = await lockFolder(root, async () => {
      pauses += 1
      // Another one meanwhile came and went: the waiting begins again.
      if (pauses === 50) {
        rmSync(guard)
        writeFileSync(guard, 'another')
      }
    })
    expect(pauses).toBeGreaterThan(140)
    expect(readdirSync(root)).toEqual(['lock'])
    await unlock()
    expect(readdirSync(root)).toEqual([])
  })

  it('D2 a folder that cannot be used is refused, and its lock given back', async () => {
    const root = temporaryFolder()
    writeFileSync(join(root, 'file'), '')
    await expect(openFileStore({ root: join(root, 'file') })).rejects.toMatchObject({
      code: 'store-failed',
    })
    mkdirSync(join(root, `.new-${'ab'.repeat(32)}`))
    const disk = { ...realDisk, remove: () => Promise.reject(new Error('stuck')) }
    await expect(openFileStore({ root, disk })).rejects.toThrow('stuck')
    expect(existsSync(lockIn(root))).toBe(false)
  })
})

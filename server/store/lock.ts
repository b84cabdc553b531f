/**
 * One data folder, one process: two would write over each other's appends.
 *
 * The lock is a file that names its process. One whose process is gone (it was
 * killed) is taken over. Where the system tells when a process started, that
 * is noted too: in a container every restart has the same few process ids.
 * Not seen: a process in another container or machine that shares the folder.
 */
import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { errno } from './disk.ts'
import { StoreError } from './store.ts'

/** Takes the lock or throws StoreError with a sentence for whoever starts the server. Returns its undo. */
export const lockFolder = async (root: string): Promise<() => Promise<void>> => {
  const path = join(root, 'lock')
  const mine = `${process.pid} ${await startOf(process.pid)} ${randomUUID()}\n`
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if ((await write(path, mine)) && (await read(path)) === mine)
      return async () => {
        if ((await read(path)) === mine) await rm(path, { force: true })
      }
    const theirs = await read(path)
    if (await isHeld(theirs)) throw refusal(root, path, theirs)
    await takeAway(path, theirs)
  }
  throw new StoreError(
    'store-failed',
    `several processes are starting on ${root}: start one of them`,
  )
}

const refusal = (root: string, path: string, theirs: string): StoreError =>
  new StoreError(
    'store-failed',
    `${root} is in use by process ${Number.parseInt(theirs, 10)}: stop that one first, or remove ${path} if it is no such server`,
  )

const write = async (path: string, text: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    return true
  } catch (cause) {
    if (errno(cause) === 'EEXIST') return false
    throw cause
  }
}

const read = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (errno(cause) === 'ENOENT') return ''
    throw cause
  }
}

/** An empty or unreadable lock is held by nobody: whoever has just made it finds it gone and tries again. */
const isHeld = async (text: string): Promise<boolean> => {
  const [, pid, start] = /^([1-9]\d*) (\S*)(?: \S+)?\n$/.exec(text) ?? []
  if (pid === undefined || !isAlive(Number(pid))) return false
  return start === '' || start === (await startOf(Number(pid)))
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return errno(cause) === 'EPERM'
  }
}

/** When a process started, in ticks since the machine did, with the machine's start; '' where that is not told. */
const startOf = async (pid: number): Promise<string> => {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the start is the 20th field after it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot.trim()}/${ticks}`
  } catch {
    return ''
  }
}

/** Removes a lock that nobody holds, but not one that another process made in the meantime. */
const takeAway = async (path: string, stale: string): Promise<void> => {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
    if ((await read(aside)) === stale) await rm(aside)
    else await rename(aside, path)
  } catch (cause) {
    if (errno(cause) !== 'ENOENT') throw cause
  }
}

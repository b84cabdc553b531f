/**
 * One data folder, one process: two would write over each other's appends.
 *
 * The lock is a file that names its process. One whose process is gone (it was
 * killed) is taken over. Where the system tells when a process started, that
 * is noted too: in a container every restart has the same few process ids.
 * Not seen: a process in another container or machine that shares the folder.
 *
 * To read the lock and then write it is two steps, so a second file, made with
 * an exclusive open and gone again in a moment, lets one process at a time do
 * them: of many that start at once on a stale lock, one gets the folder.
 */
import { randomUUID } from 'node:crypto'
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { errno } from './disk.ts'
import { StoreError } from './store.ts'

/** Waits a little for another process that is starting. */
export type Pause = () => Promise<void>
const shortPause: Pause = () => setTimeout(20)
/** After so many pauses whoever began to start is taken for dead. */
const patience = 100

/** Takes the lock or throws StoreError with a sentence for whoever starts the server. Returns its undo. */
export const lockFolder = (root: string, pause = shortPause): Promise<() => Promise<void>> => {
  const path = join(root, 'lock')
  return alone(`${path}.guard`, pause, async () => {
    const theirs = await read(path)
    if (await isHeld(theirs)) throw refusal(root, path, theirs)
    const mine = `${process.pid} ${await startOf(process.pid)} ${randomUUID()}\n`
    await writeFile(path, mine, { mode: 0o600 })
    return async () => {
      if ((await read(path)) === mine) await rm(path, { force: true })
    }
  })
}

const refusal = (root: string, path: string, theirs: string): StoreError =>
  new StoreError(
    'store-failed',
    `${root} is in use by process ${Number.parseInt(theirs, 10)}: stop that one first, or remove ${path} if it is no such server`,
  )

/** Runs `job` while no other process runs one under the same guard. */
const alone = async <T>(guard: string, pause: Pause, job: () => Promise<T>): Promise<T> => {
  let seen = ''
  let left = patience
  while (!(await make(guard))) {
    const now = await identityOf(guard)
    left = now === seen ? left - 1 : patience
    seen = now
    // A guard stands for a few milliseconds. This very one has stood for all our pauses: its process was killed.
    if (left === 0) await rm(guard, { force: true })
    else await pause()
  }
  try {
    return await job()
  } finally {
    await rm(guard, { force: true })
  }
}

const make = async (path: string): Promise<boolean> => {
  try {
    await (await open(path, 'wx', 0o600)).close()
    return true
  } catch (cause) {
    if (errno(cause) === 'EEXIST') return false
    throw cause
  }
}

/** Differs between two files that were made under one name. */
const identityOf = async (path: string): Promise<string> => {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true })
    return `${ino} ${mtimeNs}`
  } catch (cause) {
    if (errno(cause) === 'ENOENT') return ''
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

/** An empty or unreadable lock is held by nobody: a power cut may have left it so. */
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

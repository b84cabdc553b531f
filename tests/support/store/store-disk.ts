/**
 * A disk double over the real one: counts, holds steps back, makes them fail.
 * What it lets through really happens, so a store can be opened again on it.
 */
import { realDisk } from '../../../server/store/disk.ts'
import type { Disk, DiskFile, OpenFlags } from '../../../server/store/disk.ts'

export type Step = 'open' | 'write' | 'sync' | 'truncate' | 'rename' | 'read'
export interface Call {
  readonly step: Step
  readonly path: string
}

export class TroubledDisk implements Disk {
  /** Every step that was asked for, in order. */
  readonly calls: Call[] = []
  /** How many files are open. */
  openFiles = 0
  /** Asked before each step: throw to make it fail, return a promise to hold it back. */
  before: (call: Call) => void | Promise<void> = () => undefined
  /** How many bytes of a write get through before it fails with ENOSPC. */
  room = Infinity

  /** False: an fsync is counted and left out. For tests of many rounds that cut no power. */
  reallySyncs = true

  list = realDisk.list
  makeFolder = realDisk.makeFolder
  remove = realDisk.remove

  async read(path: string) {
    await this.#step('read', path)
    return realDisk.read(path)
  }

  async rename(from: string, to: string) {
    await this.#step('rename', to)
    return realDisk.rename(from, to)
  }

  async open(path: string, flags: OpenFlags): Promise<DiskFile> {
    await this.#step('open', path)
    const file = await realDisk.open(path, flags)
    this.openFiles += 1
    const write = async (bytes: Uint8Array, position: number) => {
      await this.#step('write', path)
      if (this.room <= 0) throw systemError('ENOSPC')
      const taken = await file.write(bytes.subarray(0, Math.min(bytes.length, this.room)), position)
      this.room -= taken
      return taken
    }
    const sync = async () => {
      await this.#step('sync', path)
      if (this.reallySyncs) await file.sync()
    }
    return {
      size: () => file.size(),
      write,
      writeThrough: async (bytes, position) => {
        const taken = await write(bytes, position)
        await sync()
        return taken
      },
      truncate: async (length) => {
        await this.#step('truncate', path)
        return file.truncate(length)
      },
      sync,
      close: async () => {
        this.openFiles -= 1
        return file.close()
      },
    }
  }

  /** How often a step was asked for on files whose path ends so. */
  count(step: Step, ending: string): number {
    return this.calls.filter((call) => call.step === step && call.path.endsWith(ending)).length
  }

  async #step(step: Step, path: string): Promise<void> {
    this.calls.push({ step, path })
    await this.before({ step, path })
  }
}

export const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: made up for a test`), { code })

/** Timers that run only when the test says so. */
export const handTimers = () => {
  const jobs = new Set<{ ms: number; job: () => void }>()
  return {
    later: (ms: number, job: () => void) => {
      const entry = { ms, job }
      jobs.add(entry)
      return () => void jobs.delete(entry)
    },
    /** What waits, by its delay. */
    waiting: () => [...jobs].map(({ ms }) => ms),
    /** Runs what waits, or only what has this delay. */
    run: (delay?: number) => {
      const due = [...jobs].filter(({ ms }) => delay === undefined || ms === delay)
      for (const entry of due) jobs.delete(entry)
      for (const { job } of due) job()
    },
  }
}

/** A promise to be settled from outside. */
export const gate = () => {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}

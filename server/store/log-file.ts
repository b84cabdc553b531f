/**
 * One append-only file and what is known to be good in it. The caller runs
 * one method at a time and decides what the bytes mean.
 *
 * After a fault nothing is written on top of what it left: first the file is
 * mended (cut back to the last good length), at once if it can be, else
 * before the next write.
 */
import { dirname } from 'node:path'
import { diskFault, replaceFile, syncFolder, tookNothing, writeAll } from './disk.ts'
import type { Disk, DiskFile } from './disk.ts'
import { scan } from './frames.ts'

/** tail: something may lie after the good length. sync: and an fsync may have failed. folder: the file's name may not last. */
type Fault = 'tail' | 'sync' | 'folder'

export class LogFile {
  readonly #disk: Disk
  readonly #path: string
  #length: number
  #handle: DiskFile | null = null
  #fault: Fault | null

  /** `length` good bytes are at `path`; `torn` if anything may follow them. Touches no file yet. */
  constructor(disk: Disk, path: string, length: number, torn: boolean) {
    this.#disk = disk
    this.#path = path
    this.#length = length
    this.#fault = torn ? 'tail' : null
  }

  get length(): number {
    return this.#length
  }

  /** True while something that was refused may still lie in the file. */
  get faulty(): boolean {
    return this.#fault !== null
  }

  /** The good bytes. */
  async read(): Promise<Uint8Array> {
    if (this.#length === 0) return new Uint8Array()
    try {
      return (await this.#disk.read(this.#path)).subarray(0, this.#length)
    } catch (cause) {
      throw diskFault(cause, `could not read ${this.#path}`)
    }
  }

  /** On the disk (fsync) once this resolves. Throws StoreError, and then none of `bytes` counts as good. */
  async append(bytes: Uint8Array): Promise<void> {
    await this.mend()
    try {
      const file = await this.#open()
      await writeAll((...part) => file.writeThrough(...part), bytes, this.#length)
    } catch (cause) {
      throw await this.#refuse(cause)
    }
    this.#length += bytes.length
  }

  /** Puts `bytes` in the place of all there was. Throws StoreError; `length` then tells which of the two is in place. */
  async replace(bytes: Uint8Array): Promise<void> {
    await this.mend()
    const doing = `could not rewrite ${this.#path}`
    const late = await replaceFile(this.#disk, this.#path, bytes).catch((cause: unknown) => {
      throw diskFault(cause, doing)
    })
    await this.#letGo()
    this.#length = bytes.length
    if (late === null) return
    this.#fault = 'folder'
    throw diskFault(late.cause, doing)
  }

  /** Mends what is to be mended and lets go of the file, even if this throws. */
  async close(): Promise<void> {
    try {
      await this.mend()
    } finally {
      await this.#letGo()
    }
  }

  /** Cuts away whatever lies after the good bytes. Throws StoreError; then the next write tries again. */
  async mend(): Promise<void> {
    if (this.#fault === null) return
    try {
      // After a failed fsync the kernel may take the lost pages for clean and
      // the old handle never hears of it again: open anew.
      await this.#letGo()
      const handle = await this.#open()
      if ((await handle.size()) < this.#length) throw new Error('the file became shorter')
      await handle.truncate(this.#length)
      await handle.sync()
      if (this.#fault === 'folder') await syncFolder(this.#disk, dirname(this.#path))
      if (this.#fault === 'sync' && scan(await this.read()).length !== this.#length)
        throw new Error('what was written reads back differently')
    } catch (cause) {
      await this.#letGo()
      // The fsync among these steps may be what failed: be as careful next time as after one.
      if (this.#fault === 'tail') this.#fault = 'sync'
      throw diskFault(cause, `could not mend ${this.#path}`)
    }
    this.#fault = null
  }

  /** The error to throw, after one try to cut away at once what must not be found after a crash. */
  async #refuse(cause: unknown): Promise<Error> {
    this.#fault = tookNothing(cause) ? 'tail' : 'sync'
    // A failed try leaves the fault standing, and the next write runs into it first.
    await this.mend().catch(() => undefined)
    return diskFault(cause, `could not write ${this.#path}`)
  }

  async #open(): Promise<DiskFile> {
    return (this.#handle ??= await this.#disk.open(this.#path, 'r+'))
  }

  async #letGo(): Promise<void> {
    const handle = this.#handle
    this.#handle = null
    // All that counts as good was fsynced before: what close() says changes nothing.
    await handle?.close().catch(() => undefined)
  }
}

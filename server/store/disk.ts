/**
 * The few things the file store asks of a disk, so that a test can stand in
 * for one that is full, slow or failing; and the few steps that make a write
 * last. Errors are the system's own until `diskFault` names them.
 */
import { constants, write as writeAt } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { StoreError } from './store.ts'

export type OpenFlags = 'r' | 'r+' | 'w'

export interface DiskFile {
  size(): Promise<number>
  /** Resolves to the number of bytes taken, which may be fewer than were given. */
  write(bytes: Uint8Array, position: number): Promise<number>
  /** The same, and what was taken is on the disk (fsync) once it resolves. */
  writeThrough(bytes: Uint8Array, position: number): Promise<number>
  truncate(length: number): Promise<void>
  /** fsync */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface Disk {
  /** 'w' makes an empty file, 'r+' writes to one that exists, 'r' opens anything, folders too. */
  open(path: string, flags: OpenFlags): Promise<DiskFile>
  read(path: string): Promise<Uint8Array>
  list(folder: string): Promise<readonly string[]>
  makeFolder(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** A file or a folder with all in it; nothing there is no error. */
  remove(path: string): Promise<void>
}

/**
 * Of a file that is opened to be appended to: its writes are on the disk as they return. macOS has
 * this flag too, and does not empty the drive's own cache for it as its fsync does; Windows has none.
 */
const SYNCED = constants.O_RDWR | constants.O_DSYNC
// Twice as fast as the same method of a handle, and called for every second of typing on every board.
const writeTo = promisify(writeAt)

/** `syncedWrites`: whether a flag makes a write and its fsync one step. */
export const diskOf = (syncedWrites: boolean): Disk => ({
  // Sealed or not, these are nobody else's files: no rights for group and others.
  async open(path, flags) {
    const synced = syncedWrites && flags === 'r+'
    const handle = await open(path, synced ? SYNCED : flags, 0o600)
    const write = async (bytes: Uint8Array, position: number) =>
      (await writeTo(handle.fd, bytes, 0, bytes.length, position)).bytesWritten
    return {
      size: async () => (await handle.stat()).size,
      write,
      async writeThrough(bytes, position) {
        const taken = await write(bytes, position)
        if (!synced) await handle.sync()
        return taken
      },
      truncate: (length) => handle.truncate(length),
      sync: () => handle.sync(),
      close: () => handle.close(),
    }
  },
  async read(path) {
    const buffer = await readFile(path)
    return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  },
  list: (folder) => readdir(folder),
  makeFolder: async (path) => void (await mkdir(path, { recursive: true, mode: 0o700 })),
  rename,
  remove: (path) => rm(path, { recursive: true, force: true }),
})

export const realDisk: Disk = diskOf(process.platform === 'linux')

/** Writes all of `bytes`, however small the pieces that `write` takes. */
export const writeAll = async (
  write: DiskFile['write'],
  bytes: Uint8Array,
  position: number,
): Promise<void> => {
  for (let done = 0; done < bytes.length;) {
    const taken = await write(bytes.subarray(done), position + done)
    if (taken <= 0) throw new Error('the disk took no more bytes')
    done += taken
  }
}

/** A new file whose bytes are on the disk once this resolves; its name is only after `syncFolder`. */
export const writeFresh = async (disk: Disk, path: string, bytes: Uint8Array): Promise<void> => {
  const file = await disk.open(path, 'w')
  try {
    await writeAll((...part) => file.write(...part), bytes, 0)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Puts `bytes` in the place of the file at `path`; a crash leaves the old file
 * or the new one. Resolves to null when the new one is durable, or to the
 * fault of the last step: then the new file is in place, but a power cut may
 * yet bring the old one back. Throws when the old one is still in place.
 */
export const replaceFile = async (
  disk: Disk,
  path: string,
  bytes: Uint8Array,
): Promise<null | { readonly cause: unknown }> => {
  const fresh = freshName(path)
  try {
    await writeFresh(disk, fresh, bytes)
    await disk.rename(fresh, path)
  } catch (cause) {
    await removeLeftover(disk, fresh)
    throw cause
  }
  try {
    await syncFolder(disk, dirname(path))
    return null
  } catch (cause) {
    return { cause }
  }
}

const freshName = (path: string): string => `${path}.new`
/** True for a file that a crash kept from taking its place. */
export const isFresh = (name: string): boolean => name.endsWith('.new')

/** Makes the names in a folder durable. Windows neither allows this nor needs it. */
export const syncFolder = async (disk: Disk, folder: string): Promise<void> => {
  if (process.platform === 'win32') return
  const file = await disk.open(folder, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Best effort on the way out of an error: what stays behind is overwritten or removed later. */
export const removeLeftover = (disk: Disk, path: string): Promise<void> =>
  disk.remove(path).then(undefined, () => undefined)

/** The system's name of an error (ENOSPC, ENOENT…), or ''. */
export const errno = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : ''

/** Whether the system took nothing more: no room, or no file could be opened. */
export const tookNothing = (cause: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE'].includes(errno(cause))

/** A fault of the disk in the store's terms. A StoreError stays as it is. */
export const diskFault = (cause: unknown, doing: string): StoreError => {
  if (cause instanceof StoreError) return cause
  const name = errno(cause)
  const full = name === 'ENOSPC' || name === 'EDQUOT'
  const why = name === '' ? String(cause) : name
  return new StoreError(full ? 'store-full' : 'store-failed', `${doing}: ${why}`, { cause })
}

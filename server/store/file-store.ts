/**
 * The store in files, the embedded default: one folder a board, so that a
 * backup is a copy of the folder.
 *
 *   <root>/lock                 the process that uses this folder
 *   <root>/<board>/history      records, append-only, fsynced before they are acknowledged
 *   <root>/<board>/words.board  sealed updates, append-only
 *   <root>/<board>/words.mine-a the same for the drafts of seat a, once it came for them; mine-b of seat b
 *   <root>/<board>/board.json   the sidecar
 *
 * An id is checked before it becomes part of a path.
 */
import { join } from 'node:path'
import { isBoardId } from '../../shared/ids.ts'
import { BoardFiles, createBoard, hasFolder, isHalfMade, sidecarName } from './board-files.ts'
import { diskFault, realDisk } from './disk.ts'
import type { Disk } from './disk.ts'
import { lockFolder } from './lock.ts'
import { serial } from './serial.ts'
import { readSidecar } from './sidecar-file.ts'
import { StoreError } from './store.ts'
import type { Channel, Place, Sidecar, Store, StoredRecord, WordsEntry } from './store.ts'
import type { Later, WritePace } from './words-file.ts'

export interface FileStoreOptions {
  /** The data folder; made if it is not there. */
  readonly root: string
  readonly disk?: Disk
  /** When words are written; by default those of a second together, while there are any. */
  readonly pace?: Partial<WritePace>
  /** Told, in sentences for the log, of all that was cut, damaged or passed over. */
  readonly report?: (sentence: string) => void
}

/** Throws StoreError if another process uses this folder. */
export const openFileStore = async (options: FileStoreOptions): Promise<Store> => {
  const { root, disk = realDisk } = options
  try {
    await disk.makeFolder(root)
    const unlock = await lockFolder(root)
    await removeHalfMade(disk, root).catch(async (cause: unknown) => {
      await unlock()
      throw cause
    })
    return new FileStore(options, disk, unlock)
  } catch (cause) {
    throw diskFault(cause, `could not open the data folder ${root}`)
  }
}

const removeHalfMade = async (disk: Disk, root: string): Promise<void> => {
  for (const name of await disk.list(root))
    if (isHalfMade(name)) await disk.remove(join(root, name))
}

class FileStore implements Store {
  readonly #options: FileStoreOptions
  readonly #disk: Disk
  readonly #unlock: () => Promise<void>
  readonly #report: (sentence: string) => void
  readonly #pace: WritePace
  /** Boards in use. */
  readonly #boards = new Map<string, BoardFiles>()
  /** Boards that are being let go of: the next use waits. */
  readonly #closing = new Map<string, Promise<void>>()
  /** One at a time, so that two cannot make the same board. */
  readonly #createSerially = serial()
  /** See `HistoryOptions.owed`: one number for each board whose disk failed, for as long as it does. */
  readonly #owed = new Map<string, number>()
  #closed: Promise<void> | null = null

  constructor(options: FileStoreOptions, disk: Disk, unlock: () => Promise<void>) {
    this.#options = options
    this.#disk = disk
    this.#unlock = unlock
    this.#report = options.report ?? (() => undefined)
    this.#pace = { ...unhurried, ...options.pace }
  }

  async index() {
    this.#assertOpen()
    const { root } = this.#options
    const names = await this.#disk.list(root).catch((cause: unknown) => {
      throw diskFault(cause, `could not list ${root}`)
    })
    const boards = names.filter(isBoardId).sort()
    const found: { board: string; sidecar: Sidecar }[] = []
    // Some at a time: a data folder may hold more boards than a process may open files.
    for (let at = 0; at < boards.length; at += 64) {
      const some = boards.slice(at, at + 64).map((board) => this.#indexEntry(board))
      found.push(...(await Promise.all(some)).filter((entry) => entry !== null))
    }
    return found
  }

  async #indexEntry(board: string) {
    try {
      const path = join(this.#options.root, board, sidecarName)
      return { board, sidecar: await readSidecar(this.#disk, path) }
    } catch (cause) {
      // One board that cannot be read must not keep the others from being served.
      this.#report(diskFault(cause, `could not read the sidecar of ${board}`).message)
      return null
    }
  }

  async create(board: string, genesis: StoredRecord, sidecar: Sidecar) {
    this.#assertOpen()
    assertBoardId(board)
    return this.#createSerially(async () => {
      const { root } = this.#options
      if (await hasFolder(this.#disk, join(root, board))) return false
      await createBoard(this.#disk, root, board, genesis, sidecar)
      return true
    })
  }

  async history(board: string) {
    return this.#board(board).history.read()
  }

  async appendRecord(board: string, expected: Place, record: StoredRecord) {
    return this.#board(board).history.append(expected, record)
  }

  async sidecar(board: string) {
    return this.#board(board).sidecar.read()
  }

  async changeSidecar(board: string, change: (current: Sidecar) => Sidecar) {
    return this.#board(board).sidecar.change(change)
  }

  async words(board: string, channel: Channel) {
    return this.#board(board).words[channel].read()
  }

  /** Not async: the promise is the one of all that is written together. */
  appendWords(board: string, channel: Channel, entry: WordsEntry) {
    try {
      return this.#board(board).words[channel].append(entry)
    } catch (cause) {
      return Promise.reject(cause)
    }
  }

  async replaceWords(board: string, channel: Channel, count: number, entry: WordsEntry) {
    return this.#board(board).words[channel].replace(count, entry)
  }

  async release(board: string) {
    const files = this.#boards.get(board)
    if (files === undefined) return this.#closing.get(board)
    this.#boards.delete(board)
    const closed = files.close()
    const free = closed.then(({ owed }) => {
      if (owed === undefined) this.#owed.delete(board)
      else this.#owed.set(board, owed)
      if (this.#closing.get(board) === free) this.#closing.delete(board)
    })
    this.#closing.set(board, free)
    await free
    const { failed } = await closed
    if (failed !== null) throw failed
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#closeAll())
  }

  async #closeAll(): Promise<void> {
    const boards = [...this.#boards.keys()]
    const outcomes = await Promise.allSettled([
      ...boards.map((board) => this.release(board)),
      ...this.#closing.values(),
      this.#createSerially(async () => undefined),
    ])
    await this.#unlock()
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  /** Not async: whoever asks has its place in the board's queues before anyone can release it. */
  #board(board: string): BoardFiles {
    this.#assertOpen()
    assertBoardId(board)
    const known = this.#boards.get(board)
    if (known !== undefined) return known
    const { root } = this.#options
    const files = new BoardFiles({
      disk: this.#disk,
      folder: join(root, board),
      free: this.#closing.get(board) ?? Promise.resolve(),
      owed: () => this.#owed.get(board),
      pace: this.#pace,
      report: this.#report,
    })
    this.#boards.set(board, files)
    // An id that leads nowhere leaves nothing behind in memory.
    files.ready.catch(() => {
      if (this.#boards.get(board) === files) this.#boards.delete(board)
    })
    return files
  }

  #assertOpen(): void {
    if (this.#closed !== null) throw new StoreError('store-failed', 'the store is closed')
  }
}

const assertBoardId = (board: string): void => {
  if (!isBoardId(board)) throw new StoreError('no-board', 'this is no id of a board')
}

const afterMs: Later = (ms, job) => {
  const timer = setTimeout(job, ms)
  return () => clearTimeout(timer)
}

// An fsync costs more than all that a second's keystrokes cost otherwise.
const unhurried: WritePace = { later: afterMs, gatherMs: 8, restMs: 900 }

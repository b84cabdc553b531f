/** One board in use: its folder and the files in it. Opens each when it is first asked for. */
import { join } from 'node:path'
import { diskFault, errno, isFresh, removeLeftover, syncFolder, writeFresh } from './disk.ts'
import type { Disk } from './disk.ts'
import { HistoryFile, newHistory } from './history-file.ts'
import { SidecarFile, sidecarBytes } from './sidecar-file.ts'
import { CHANNELS, StoreError } from './store.ts'
import type { Channel, Sidecar, StoredRecord } from './store.ts'
import { newWords, WordsFile } from './words-file.ts'
import type { WritePace } from './words-file.ts'

export const sidecarName = 'board.json'
const historyName = 'history'
const wordsName = (channel: Channel) => `words.${channel}`

export interface BoardOptions {
  readonly disk: Disk
  readonly folder: string
  /** Settles when an earlier use of this folder has let go of it; never rejects. */
  readonly free: Promise<void>
  /** See `HistoryOptions.owed`. Asked once the folder is free. */
  readonly owed: () => number | undefined
  readonly pace: WritePace
  readonly report: (sentence: string) => void
}

export class BoardFiles {
  /** Rejects with StoreError if there is no such board. */
  readonly ready: Promise<void>
  readonly history: HistoryFile
  readonly words: Readonly<Record<Channel, WordsFile>>
  readonly sidecar: SidecarFile

  constructor(options: BoardOptions) {
    const { disk, folder, owed, pace, report } = options
    this.ready = options.free.then(() => assertFolder(disk, folder))
    const common = {
      disk,
      ready: this.ready,
      report,
      assertSound: () => this.history.assertSound(),
    }
    this.history = new HistoryFile({ ...common, path: join(folder, historyName), owed })
    const wordsOf = (channel: Channel) =>
      new WordsFile({ ...common, path: join(folder, wordsName(channel)), pace })
    this.words = {
      board: wordsOf('board'),
      'mine-a': wordsOf('mine-a'),
      'mine-b': wordsOf('mine-b'),
    }
    this.sidecar = new SidecarFile({ ...common, path: join(folder, sidecarName) })
  }

  /** Writes what is pending and lets go of all handles, whatever happens. */
  async close(): Promise<Closed> {
    const closings = await Promise.allSettled(
      CHANNELS.map((channel) => this.words[channel].close()),
    )
    const fault = closings.find((closing) => closing.status === 'rejected')
    const failed = fault ? diskFault(fault.reason, 'could not let go of all words') : null
    await this.sidecar.close()
    // Last: the others ask it whether they may write.
    return { owed: await this.history.close(), failed }
  }
}

export interface Closed {
  /** See `HistoryOptions.owed`. */
  readonly owed: number | undefined
  /** Why words that were refused may still lie in a file, or null. */
  readonly failed: StoreError | null
}

/** The names in a folder, or null if there is none. */
const namesIn = async (disk: Disk, folder: string): Promise<readonly string[] | null> => {
  try {
    return await disk.list(folder)
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes(errno(cause))) return null
    throw diskFault(cause, `could not open ${folder}`)
  }
}

export const hasFolder = async (disk: Disk, folder: string): Promise<boolean> =>
  (await namesIn(disk, folder)) !== null

const assertFolder = async (disk: Disk, folder: string): Promise<void> => {
  const names = await namesIn(disk, folder)
  if (names === null) throw new StoreError('no-board', 'there is no such board')
  // New files that a crash kept from taking their place.
  for (const name of names) if (isFresh(name)) await removeLeftover(disk, join(folder, name))
}

const temporary = /^\.new-[0-9a-f]{64}$/
/** A board that a crash kept from being made. Other dot folders in a data folder are not ours to remove. */
export const isHalfMade = (name: string): boolean => temporary.test(name)

/** Makes a board's folder in one step. The caller sees to it that there is none and that nobody else makes it. */
export const createBoard = async (
  disk: Disk,
  root: string,
  board: string,
  genesis: StoredRecord,
  sidecar: Sidecar,
): Promise<void> => {
  const half = join(root, `.new-${board}`)
  const folder = join(root, board)
  const files: [string, Uint8Array][] = [
    [historyName, newHistory(genesis)],
    [sidecarName, sidecarBytes(sidecar)],
    [wordsName('board'), newWords],
  ]
  try {
    await disk.makeFolder(half)
    for (const [name, bytes] of files) await writeFresh(disk, join(half, name), bytes)
    await syncFolder(disk, half)
    await disk.rename(half, folder)
    // If the name is not durable the board is not made: take it back, so that making it can be tried again.
    await syncFolder(disk, root).catch(async (cause: unknown) => {
      await disk.rename(folder, half)
      throw cause
    })
  } catch (cause) {
    await removeLeftover(disk, half)
    throw diskFault(cause, `could not make ${folder}`)
  }
}

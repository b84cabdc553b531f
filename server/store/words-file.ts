/**
 * The sealed words of one channel in one append-only file.
 *
 * Every write ends with an fsync, and after one the file rests: while somebody
 * types, the keystrokes of a second share both. An entry that cannot be read is
 * passed over and counted, and its bytes are carried along: nothing is ever
 * destroyed here.
 */
import { crc32 } from 'node:zlib'
import { dirname } from 'node:path'
import { diskFault, errno, replaceFile, syncFolder, writeFresh } from './disk.ts'
import type { Disk } from './disk.ts'
import { assertCount, readWords, writeWords } from './entries.ts'
import { frame, opening, scan } from './frames.ts'
import type { Scan } from './frames.ts'
import { LogFile } from './log-file.ts'
import { serial } from './serial.ts'
import { StoreError } from './store.ts'
import type { StoredWords, WordsEntry } from './store.ts'

/** Runs `job` in `ms` milliseconds unless the returned function is called before. */
export type Later = (ms: number, job: () => void) => () => void

/** When words are written. */
export interface WritePace {
  readonly later: Later
  /** How long the first words after a rest wait for others, in milliseconds. */
  readonly gatherMs: number
  /** How long nothing is written once a write began: what comes meanwhile is written at its end. */
  readonly restMs: number
}

/** The bytes of a log without entries. */
export const newWords: Uint8Array = opening

export interface WordsOptions {
  readonly disk: Disk
  readonly path: string
  /** Settles when the file may be read; rejects if there is no such board. */
  readonly ready: Promise<void>
  /** Throws if this board takes no writes. */
  readonly assertSound: () => Promise<void>
  readonly pace: WritePace
  readonly report: (sentence: string) => void
}

/** What is written together. */
interface Batch {
  readonly entries: Uint8Array[]
  readonly written: Promise<void>
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

interface Open {
  readonly log: LogFile
  /** 1 if the rest of the file was lost to damage and lies aside. */
  readonly aside: number
  /** False if a fault left the caller's count of entries in doubt, until it reads again. */
  counted: boolean
}

interface Loaded {
  readonly open: Open
  /** What was good in it. */
  readonly found: Scan
}

export class WordsFile {
  readonly #options: WordsOptions
  readonly #serially = serial()
  #waiting: Batch | null = null
  #cancelGathering: (() => void) | null = null
  #cancelRest: (() => void) | null = null
  #opened: Open | null = null

  constructor(options: WordsOptions) {
    this.#options = options
  }

  /** As `Store.words`. */
  read(): Promise<StoredWords> {
    void this.#flush()
    return this.#serially(async () => {
      const { open, found } = await this.#openAndScan()
      const { entries, skipped } = readable(found)
      open.counted = true
      return { entries: entries.map(({ entry }) => entry), skipped: skipped + open.aside }
    })
  }

  /** As `Store.appendWords`: what is written together gets one promise. */
  append(entry: WordsEntry): Promise<void> {
    const bytes = frame(writeWords(entry))
    const batch = (this.#waiting ??= newBatch())
    batch.entries.push(bytes)
    if (this.#cancelRest === null) this.#gather()
    return batch.written
  }

  /** As `Store.replaceWords`. What was appended before this call may be counted; what comes after it waits. */
  replace(count: number, entry: WordsEntry): Promise<void> {
    const first = frame(writeWords(entry))
    void this.#flush()
    return this.#serially(async () => {
      await this.#options.assertSound()
      const open = await this.#open()
      if (!open.counted) throw new StoreError('store-failed', 'read these words again first')
      const file = await open.log.read()
      const found = scan(file)
      const { entries } = readable(found)
      assertCount(count, entries.length)
      const gone = new Set(entries.slice(0, count).map(({ start }) => start))
      const kept = found.frames.filter(({ start }) => !gone.has(start))
      const rest = kept.map(({ start, end }) => file.subarray(start, end))
      const before = open.log.length
      const fresh = Buffer.concat([opening, first, ...rest])
      await open.log.replace(fresh).catch((cause: unknown) => {
        // The new file may be in place without being durable: then `count` means other entries by now.
        open.counted = open.log.length === before && fresh.length !== before
        throw cause
      })
    })
  }

  /** Writes what is pending, then lets go. Each append hears of its own fate; throws StoreError if what was refused could not be cut away. */
  close(): Promise<void> {
    void this.#flush()
    return this.#serially(async () => {
      this.#cancelRest?.()
      this.#cancelRest = null
      const log = this.#opened?.log
      this.#opened = null
      await log?.close()
    })
  }

  #gather(): void {
    const { later, gatherMs } = this.#options.pace
    this.#cancelGathering ??= later(gatherMs, () => void this.#flush())
  }

  #flush(): Promise<void> {
    this.#cancelGathering?.()
    this.#cancelGathering = null
    return this.#serially(() => this.#writeWaiting())
  }

  /** One write and one fsync for all that wait. Never throws: whoever appended hears of it. */
  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = null
    if (batch === null) return
    try {
      await this.#options.assertSound()
      const { log } = await this.#open()
      this.#rest()
      await log.append(Buffer.concat(batch.entries))
      batch.resolve()
    } catch (cause) {
      batch.reject(cause)
    }
  }

  /** What comes meanwhile is written at its end. */
  #rest(): void {
    const { later, restMs } = this.#options.pace
    this.#cancelRest ??= later(restMs, () => {
      this.#cancelRest = null
      if (this.#waiting !== null) void this.#flush()
    })
  }

  async #open(): Promise<Open> {
    return this.#opened ?? (await this.#openAndScan()).open
  }

  /** Whoever opens it has read it. */
  async #openAndScan(): Promise<Loaded> {
    if (this.#opened !== null) {
      const open = this.#opened
      return { open, found: scan(await open.log.read()) }
    }
    await this.#options.ready
    const loaded = await this.#load().catch((cause: unknown) => {
      throw diskFault(cause, `could not open ${this.#options.path}`)
    })
    this.#opened = loaded.open
    return loaded
  }

  async #load(): Promise<Loaded> {
    const { disk, path, report } = this.#options
    const file = await disk.read(path).catch((cause: unknown) => {
      if (errno(cause) === 'ENOENT') return new Uint8Array()
      throw cause
    })
    const found = scan(file)
    const { length, ending } = found
    if (ending === 'damaged') {
      const aside = `${path}.${crc32(file).toString(16)}.damaged`
      report(`${path} has changed on the disk after byte ${length}: all of it is kept as ${aside}`)
      // The copy first, so that a crash in between loses nothing; its name makes a second copy the same.
      await writeFresh(disk, aside, file)
      await syncFolder(disk, dirname(path))
    }
    const kept = length === 0 ? newWords : file.subarray(0, length)
    if (ending === 'damaged' || length === 0) {
      const late = await replaceFile(disk, path, kept)
      if (late !== null) throw late.cause
    }
    const log = new LogFile(disk, path, kept.length, ending === 'torn' && length > 0)
    await log.mend()
    return { open: { log, aside: ending === 'damaged' ? 1 : 0, counted: true }, found }
  }
}

const newBatch = (): Batch => {
  let [resolve, reject]: [() => void, (reason: unknown) => void] = [() => {}, () => {}]
  const written = new Promise<void>((...both) => ([resolve, reject] = both))
  return { entries: [], written, resolve, reject }
}

const readable = ({ frames }: Scan) => {
  const entries: { entry: WordsEntry; start: number }[] = []
  for (const { payload, start } of frames) {
    const entry = payload && readWords(payload)
    if (entry !== null) entries.push({ entry, start })
  }
  return { entries, skipped: frames.length - entries.length }
}

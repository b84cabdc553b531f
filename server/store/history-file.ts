/**
 * The history of one board in one append-only file, with compare-and-swap.
 *
 * Appends that arrive while the disk is busy share the next write and fsync.
 * A history that no longer checks out is left exactly as it is and only read.
 */
import { chainHash } from '../../shared/record.ts'
import { diskFault, errno } from './disk.ts'
import type { Disk } from './disk.ts'
import { readRecord, writeRecord } from './entries.ts'
import { frame, opening, scan } from './frames.ts'
import { LogFile } from './log-file.ts'
import { serial } from './serial.ts'
import { StoreError } from './store.ts'
import type { Place, StoredHistory, StoredRecord } from './store.ts'

/** The bytes of a history with one record. */
export const newHistory = (genesis: StoredRecord): Uint8Array =>
  Buffer.concat([opening, frame(writeRecord(genesis))])

interface Reading extends StoredHistory {
  /** Bytes up to the end of the last good record. */
  readonly length: number
  readonly torn: boolean
}

/** All good records and what is wrong after them. Pure. */
export const readHistory = (file: Uint8Array): Reading => {
  const { frames, length, ending } = scan(file)
  const records: StoredRecord[] = []
  const stop = (at: number, damage: string): Reading => ({
    records,
    damage,
    length: at,
    torn: false,
  })

  for (const { payload, start } of frames) {
    const record = payload && readRecord(payload)
    if (record === null) return stop(start, `record ${records.length} has changed on the disk`)
    records.push(record)
  }
  // A board is made with its first record, in one step: without it, what is missing was acknowledged.
  if (records.length === 0) return stop(0, 'the first record is missing')
  if (ending === 'damaged')
    return stop(length, `what follows record ${records.length - 1} has changed on the disk`)
  return { records, damage: null, length, torn: ending === 'torn' }
}

interface Waiting {
  readonly expected: Place
  readonly record: StoredRecord
  readonly bytes: Uint8Array
  readonly resolve: (won: boolean) => void
  readonly reject: (reason: unknown) => void
}

/** What is known of the file while the board is in use. */
interface Open {
  readonly log: LogFile
  readonly damage: string | null
  /** The place that the next record takes. */
  next: Place
}

interface Loaded {
  readonly open: Open
  readonly records: readonly StoredRecord[]
}

export interface HistoryOptions {
  readonly disk: Disk
  readonly path: string
  /** Settles when the file may be touched; rejects if there is no such board. */
  readonly ready: Promise<void>
  /** Where the good bytes end, if an earlier use of this board could not cut away what it refused. */
  readonly owed: () => number | undefined
  readonly report: (sentence: string) => void
}

export class HistoryFile {
  readonly #options: HistoryOptions
  readonly #serially = serial()
  #waiting: Waiting[] = []
  #opened: Open | null = null

  constructor(options: HistoryOptions) {
    this.#options = options
  }

  /** As `Store.history`. */
  read(): Promise<StoredHistory> {
    return this.#serially(async () => {
      const { open, records } = await this.#openAndRead()
      return { records, damage: open.damage }
    })
  }

  /** Resolves if the history can be written; throws `board-damaged` if not. */
  async assertSound(): Promise<void> {
    // Once it has been read this is known: words need not wait for the fsync of a record.
    const { damage } = this.#opened ?? (await this.#serially(() => this.#open()))
    refuseDamaged(damage)
  }

  /** As `Store.appendRecord`. */
  append(expected: Place, record: StoredRecord): Promise<boolean> {
    const bytes = frame(writeRecord(record))
    return new Promise((resolve, reject) => {
      const first = this.#waiting.push({ expected, record, bytes, resolve, reject }) === 1
      if (first) void this.#serially(() => this.#writeWaiting())
    })
  }

  /** What is pending is written first. Resolves to the length to cut back to later, if that was not possible now. */
  close(): Promise<number | undefined> {
    return this.#serially(async () => {
      const log = this.#opened?.log
      this.#opened = null
      if (log === undefined) return this.#options.owed()
      await log.close().catch((cause: unknown) => {
        this.#options.report(diskFault(cause, 'could not let go of a history').message)
      })
      return log.faulty ? log.length : undefined
    })
  }

  /** One write and one fsync for all that wait. Never throws: each append hears of its own fate. */
  async #writeWaiting(): Promise<void> {
    const batch = this.#waiting
    this.#waiting = []
    const won: Waiting[] = []
    const lost: Waiting[] = []
    try {
      const open = await this.#open()
      refuseDamaged(open.damage)
      let next = open.next
      for (const one of batch) {
        const fits = one.expected.seq === next.seq && one.expected.prev === next.prev
        ;(fits ? won : lost).push(one)
        if (fits) next = placeAfter(next.seq, one.record)
      }
      if (won.length > 0) await open.log.append(Buffer.concat(won.map(({ bytes }) => bytes)))
      open.next = next
    } catch (cause) {
      // The losers too: those that won over them did not make it either.
      for (const { reject } of batch) reject(cause)
      return
    }
    for (const { resolve } of won) resolve(true)
    for (const { resolve } of lost) resolve(false)
  }

  async #open(): Promise<Open> {
    return this.#opened ?? (await this.#load()).open
  }

  /** Whoever opens it has read it. */
  async #openAndRead(): Promise<Loaded> {
    if (this.#opened === null) return this.#load()
    const open = this.#opened
    return { open, records: readHistory(await open.log.read()).records }
  }

  async #load(): Promise<Loaded> {
    await this.#options.ready
    const { disk, path, owed, report } = this.#options
    const file = await disk.read(path).catch((cause: unknown) => {
      if (errno(cause) === 'ENOENT') return new Uint8Array()
      throw diskFault(cause, `could not read ${path}`)
    })
    const { records, damage, length, torn } = readHistory(file.subarray(0, owed()))
    const last = records.at(-1)
    const next = last ? placeAfter(records.length - 1, last) : { seq: 0, prev: '' }
    const cut = damage === null && (torn || length < file.length)
    const log = new LogFile(disk, path, length, cut)
    if (damage !== null) report(`${path} is read-only: ${damage}`)
    if (cut) {
      report(`${path}: cutting off ${file.length - length} bytes of a write that did not finish`)
      await log.mend()
    }
    const open = (this.#opened = { log, damage, next })
    return { open, records }
  }
}

const placeAfter = (seq: number, record: StoredRecord): Place => ({
  seq: seq + 1,
  prev: chainHash(record),
})

const refuseDamaged = (damage: string | null): void => {
  if (damage !== null) throw new StoreError('board-damaged', `this board is read-only: ${damage}`)
}

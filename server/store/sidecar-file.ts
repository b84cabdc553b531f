/**
 * `board.json`: the sidecar of one board, small and rewritten whole.
 *
 * lowdb's own file adapter writes without fsync, so a power cut could leave an
 * empty file: this one writes a new file, fsyncs, renames, fsyncs the folder.
 */
import { Low } from 'lowdb'
import type { Adapter } from 'lowdb'
import { diskFault, errno, replaceFile } from './disk.ts'
import type { Disk } from './disk.ts'
import { serial } from './serial.ts'
import { parseSidecar } from './sidecar.ts'
import { StoreError } from './store.ts'
import type { Sidecar } from './store.ts'

export const sidecarBytes = (sidecar: Sidecar): Uint8Array =>
  Buffer.from(`${JSON.stringify(parseSidecar(sidecar), null, 2)}\n`)

/** Reads and checks; throws StoreError: `board-damaged` for what is missing or no sidecar. */
export const readSidecar = async (disk: Disk, path: string): Promise<Sidecar> => {
  const bytes = await disk.read(path).catch((cause: unknown) => {
    if (errno(cause) === 'ENOENT') throw new StoreError('board-damaged', `${path} is missing`)
    throw diskFault(cause, `could not read ${path}`)
  })
  try {
    return parseSidecar(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (cause) {
    throw new StoreError('board-damaged', `${path} is not what was written there`, { cause })
  }
}

const sidecarAdapter = (disk: Disk, path: string): Adapter<Sidecar> => ({
  read: () => readSidecar(disk, path),
  async write(sidecar) {
    const doing = `could not write ${path}`
    const late = await replaceFile(disk, path, sidecarBytes(sidecar)).catch((cause: unknown) => {
      throw diskFault(cause, doing)
    })
    if (late !== null) throw diskFault(late.cause, doing)
  },
})

export interface SidecarOptions {
  readonly disk: Disk
  readonly path: string
  /** Settles when the file may be read; rejects if there is no such board. */
  readonly ready: Promise<void>
  /** Throws if this board takes no writes. */
  readonly assertSound: () => Promise<void>
}

export class SidecarFile {
  readonly #options: SidecarOptions
  readonly #serially = serial()
  readonly #low: Low<Sidecar>

  constructor(options: SidecarOptions) {
    this.#options = options
    this.#low = new Low(sidecarAdapter(options.disk, options.path), { invitations: {}, rings: {} })
  }

  /** As `Store.sidecar`. */
  read(): Promise<Sidecar> {
    return this.#serially(() => this.#load())
  }

  /** As `Store.changeSidecar`. */
  change(change: (current: Sidecar) => Sidecar): Promise<void> {
    return this.#serially(async () => {
      const current = await this.#load()
      await this.#options.assertSound()
      this.#low.data = parseSidecar(change(current))
      await this.#low.write()
    })
  }

  /** Resolves when all changes so far have been made. */
  close(): Promise<void> {
    return this.#serially(async () => undefined)
  }

  /** From the disk each time: nothing is kept that a failed write could have made untrue. */
  async #load(): Promise<Sidecar> {
    await this.#options.ready
    await this.#low.read()
    return this.#low.data
  }
}

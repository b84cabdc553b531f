/**
 * Keeps the glance (glance.ts) of one board on this device: a moment after
 * records came, so that not each of many costs a sealing, and as the page goes
 * out of sight or closes. What is missed then costs the next start its glance.
 */
import type { Random } from '../../shared/crypto.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import type { Refusal } from '../reading/patience.ts'
import { openGlance, type Glance } from './glance.ts'
import type { Records } from './records.ts'

const SOON_MS = 1000

export interface GlanceKeeperOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  /** Seals it on this device. */
  readonly key: Uint8Array
  readonly random: Random
  readonly records: Records
  readonly refusals: () => readonly Refusal[]
  /** Tells when the page comes into sight and when it goes. */
  readonly whileHere?: (tell: (here: boolean) => void) => () => void
}

export class GlanceKeeper {
  readonly #options: GlanceKeeperOptions
  readonly #undo: (() => void)[]
  /** Hash of the last record of what is kept. */
  #kept: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: GlanceKeeperOptions) {
    this.#options = options
    const { records, whileHere } = options
    this.#undo = [
      records.changed.on(() => {
        if (records.caughtUp) this.#timer ??= setTimeout(() => void this.#keep(), SOON_MS)
      }),
      whileHere?.((here) => void (here || this.#keep())) ?? (() => undefined),
    ]
  }

  close(): void {
    for (const undo of this.#undo) undo()
    void this.#keep()
  }

  /** Null where there is none, or none of where this device's pin is. */
  async open(): Promise<Glance | null> {
    const { vault, entry, key } = this.#options
    const box = await vault.glance(entry).catch(() => null)
    const glance = box && openGlance(key, entry, entry.pin, box)
    this.#kept = glance?.chain.hash ?? null
    return glance
  }

  /**
   * Where no second person is yet, nothing is: such a history is short, and what
   * its invitation needs of it is not in a glance.
   */
  async #keep(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { entry, vault, key, random, records, refusals } = this.#options
    const { chain, standing, vouchedAt: at, unreadable, trouble, caughtUp } = records
    if (!chain?.membership.b || !caughtUp || trouble || chain.hash === this.#kept) return
    this.#kept = chain.hash
    const glance = { chain, standing, refusals: refusals(), at, unreadable }
    try {
      const { sealGlance } = await import('./seal-glance.ts')
      await vault.keepGlance(entry, sealGlance(key, entry, glance, random))
    } catch {
      this.#kept = null // not fetched, or the browser's store is full: the next start does without
    }
  }
}

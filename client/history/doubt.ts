/**
 * Whether the history that this device verified can be relied on (P3, R11). It
 * is in doubt while the server has less than this device saw, and for good once
 * the server, or the partner's device, has another one. What to do then is
 * loaded when it happens (fork.ts).
 */
import type { Contradiction, SeatEntry, Vault } from '../entrances/vault.ts'
import type { Link } from '../wire/link.ts'
import type { Ours } from './fork.ts'

export interface DoubtOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly link: Pick<Link, 'request'>
  /** The history as this device has it now. */
  readonly ours: Ours
  readonly changed: () => void
  readonly isClosed: () => boolean
}

export class Doubt {
  readonly #options: DoubtOptions
  /**
   * `older`: the server has less than this device saw, and nothing here can
   * mend that; it passes when what is missing comes back. `broken`: what the
   * server has does not follow from what this device verified.
   */
  #fault: 'older' | 'broken' | null = null
  #contradiction: Contradiction | null

  constructor(options: DoubtOptions) {
    this.#options = options
    this.#contradiction = options.entry.contradiction ?? null
    if (this.#contradiction) this.#fault = 'broken'
  }

  get any(): boolean {
    return this.#fault !== null
  }
  get isBroken(): boolean {
    return this.#fault === 'broken'
  }
  /** What is held against this history, if anything. */
  get contradiction(): Contradiction | null {
    return this.#contradiction
  }

  /** What this device once showed must be in every history that it takes (P3). */
  checkPin(): void {
    const { ours } = this.#options
    if (this.deniesPin) this.#fault = 'broken'
    else if (this.#fault === 'older' && ours.next > this.#seen) this.#fault = null
  }

  get deniesPin(): boolean {
    const { entry, ours } = this.#options
    const { pin } = entry
    return pin !== null && ours.next > pin.seq && ours.hashAt(pin.seq) !== pin.hash
  }

  /** The server has less than the pin speaks of, and so do we: only another device can bring it back. */
  missSeen(met: number | null): void {
    if (met !== null && met < this.#seen && this.#options.ours.next <= this.#seen) {
      this.#fault ??= 'older'
    }
  }

  /** Number of the last record that this device is known to have seen. */
  get #seen(): number {
    const { entry, ours } = this.#options
    return Math.max(ours.next - 1, entry.pin?.seq ?? -1)
  }

  /**
   * The server went back to an earlier state of this very history, as after an
   * honest restore of a backup: sends what it lost, as it was signed. The
   * partner's device may be doing the same. False where it cannot be reached.
   */
  async restore(from: number): Promise<boolean> {
    const { restoreTo } = await import('./fork.ts')
    const { link, ours, isClosed, changed } = this.#options
    const ended = await restoreTo(link, ours, from, isClosed)
    if (ended === 'taken')
      await this.contradicted() // another record is at that place by now
    else if (ended === 'refused') this.#fault ??= 'older'
    changed()
    return ended !== 'unreachable'
  }

  /** The server's history does not follow from ours: says so, and keeps what it has beside ours. */
  async contradicted(): Promise<void> {
    this.#fault = 'broken'
    this.#options.changed()
    if (this.#contradiction?.records.length) return
    const { otherHistory } = await import('./fork.ts')
    const records = await otherHistory(this.#options.link, this.#options.ours)
    if (records.length > 0) await this.contradict({ records, heads: [] })
  }

  /** Keeps it for good: a history that forked stays so. */
  async contradict(found: Contradiction): Promise<void> {
    const { vault, entry, changed } = this.#options
    // Told once: whoever holds heads against ours looks again at every change.
    if (this.#fault !== 'broken') {
      this.#fault = 'broken'
      changed()
    }
    const { joined, saysMore } = await import('./fork.ts')
    if (!saysMore(found, this.#contradiction)) return
    this.#contradiction = joined(found, this.#contradiction)
    changed()
    await vault
      .changeSeat(entry, (kept) => ({ contradiction: joined(found, kept.contradiction ?? null) }))
      .catch(() => undefined) // a full browser store: this page still has it
  }
}

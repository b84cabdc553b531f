/** The refusals of a history, kept: the same list until a no is said, lifted, or answered with other words. */
import type { Line } from '../history/ledger.ts'
import { refusalsOf, type Refusal } from './patience.ts'

export class Refusals {
  #length = -1
  #all: readonly Refusal[] = []

  of(lines: readonly Line[]): readonly Refusal[] {
    if (this.#length === lines.length) return this.#all
    this.#length = lines.length
    const all = refusalsOf(lines)
    if (JSON.stringify(all) !== JSON.stringify(this.#all)) this.#all = all
    return this.#all
  }
}

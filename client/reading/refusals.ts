/** The refusals of a history as it grows: the same list until a no is said, lifted, or answered with other words. */
import type { Standing } from '../../shared/agreement.ts'
import type { Follower, Line } from '../history/ledger.ts'
import { RefusalFold, type Refusal } from './patience.ts'

export class Refusals implements Follower {
  #fold = new RefusalFold()
  #grew = false
  #all: readonly Refusal[] = []

  take(line: Line, before: Standing, after: Standing): void {
    if (line.seq === 0) this.#fold = new RefusalFold()
    this.#fold.take(line, before, after)
    this.#grew = true
  }

  get current(): readonly Refusal[] {
    const { refusals } = this.#fold
    if (this.#grew && JSON.stringify(refusals) !== JSON.stringify(this.#all)) {
      this.#all = [...refusals]
    }
    this.#grew = false
    return this.#all
  }
}

/** A clock that stands still until the test moves it. */
import type { Clock } from '../../server/clock.ts'

interface Job {
  readonly at: number
  readonly job: () => void
}

export class HandClock implements Clock {
  #now: number
  readonly #jobs = new Set<Job>()

  /** By default some time after the records that tests make. */
  constructor(now = 1_790_100_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, job: () => void): () => void {
    const entry = { at: this.#now + ms, job }
    this.#jobs.add(entry)
    return () => void this.#jobs.delete(entry)
  }

  /** How many jobs wait. */
  get waiting(): number {
    return this.#jobs.size
  }

  /** Moves on, running what comes due on the way, each at its own moment. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let due = this.#next(end); due; due = this.#next(end)) {
      this.#jobs.delete(due)
      this.#now = Math.max(this.#now, due.at)
      due.job()
    }
    this.#now = end
  }

  #next(end: number): Job | null {
    const due = [...this.#jobs].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
    return due[0] ?? null
  }
}

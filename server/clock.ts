/** Time and waiting, so that tests can move both by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `job` in `ms` milliseconds unless the returned function is called before. */
  after(ms: number, job: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, job) => {
    const timer = setTimeout(job, ms)
    return () => clearTimeout(timer)
  },
}

/** Runs `job` in `ms` milliseconds unless the returned function is called before. */
export type Later = (ms: number, job: () => void) => () => void
/** Runs `job` at the end of the present window unless the returned function is called before. */
export type Soon = (job: () => void) => () => void

/**
 * Jobs that fall into one window of `ms` milliseconds run together, at its end. Waking a thread for
 * a small write costs many times the write: where many boards are written to, they share the waking.
 */
export const windows = (later: Later, ms: number): Soon => {
  const jobs = new Set<() => void>()
  let cancel: (() => void) | null = null
  const end = () => {
    cancel = null
    const due = [...jobs]
    jobs.clear()
    for (const job of due) job()
  }
  return (job) => {
    jobs.add(job)
    cancel ??= later(ms, end)
    return () => {
      if (!jobs.delete(job) || jobs.size > 0) return
      cancel?.()
      cancel = null
    }
  }
}

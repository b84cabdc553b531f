/** One after the other: a job starts when the one before it has settled, well or badly. */
export type Serial = <T>(job: () => Promise<T>) => Promise<T>

export const serial = (): Serial => {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const next = last.then(job, job)
    last = next
    return next
  }
}

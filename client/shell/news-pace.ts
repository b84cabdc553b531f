/** What is told of one thing, at most once in a few seconds: of what comes too soon, the newest later. */
const QUIET_MS = 4000

export class NewsPace<T> {
  readonly #tell: (news: readonly T[]) => void
  /** What was told of lately, and what waits to be. */
  readonly #lately = new Map<string, { waiting: T | null; timer: ReturnType<typeof setTimeout> }>()

  constructor(tell: (news: readonly T[]) => void) {
    this.#tell = tell
  }

  /** Oldest first. */
  add(news: readonly T[], about: (each: T) => string): void {
    const now: T[] = []
    for (const [key, each] of new Map(news.map((each) => [about(each), each]))) {
      const lately = this.#lately.get(key)
      if (lately) lately.waiting = each
      else {
        now.push(each)
        this.#rest(key)
      }
    }
    if (now.length > 0) this.#tell(now)
  }

  close(): void {
    for (const { timer } of this.#lately.values()) clearTimeout(timer)
    this.#lately.clear()
  }

  #rest(key: string): void {
    const over = () => {
      const waiting = this.#lately.get(key)?.waiting ?? null
      this.#lately.delete(key)
      if (waiting === null) return
      this.#rest(key)
      this.#tell([waiting])
    }
    this.#lately.set(key, { waiting: null, timer: setTimeout(over, QUIET_MS) })
  }
}

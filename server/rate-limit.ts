/** Token buckets: so many at once, so many a second after that. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

export class TokenBucket {
  readonly #rate: Rate
  readonly #now: () => number
  #tokens: number
  #at: number

  constructor(rate: Rate, now: () => number) {
    this.#rate = rate
    this.#now = now
    this.#tokens = rate.burst
    this.#at = now()
  }

  /** Takes `count` tokens if that many are there. */
  take(count = 1): boolean {
    this.#refill()
    if (this.#tokens < count) return false
    this.#tokens -= count
    return true
  }

  /** Takes `count` tokens even where that leaves a debt, which must be paid back before the next. */
  charge(count: number): void {
    this.#refill()
    this.#tokens -= count
  }

  /** Milliseconds until there is a token to take. */
  wait(): number {
    this.#refill()
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate.perSecond) * 1000)
  }

  /** As good as new: nothing is lost by forgetting it. */
  get full(): boolean {
    this.#refill()
    return this.#tokens >= this.#rate.burst
  }

  #refill(): void {
    const now = this.#now()
    // A clock that was set back gives nothing and takes nothing.
    const seconds = Math.max(0, now - this.#at) / 1000
    this.#at = now
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#rate.perSecond)
  }
}

/** One bucket for each of many names, in bounded memory. */
export class KeyedLimits {
  readonly #rate: Rate
  readonly #now: () => number
  readonly #most: number
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(rate: Rate, now: () => number, most = 10_000) {
    this.#rate = rate
    this.#now = now
    this.#most = most
  }

  of(key: string): TokenBucket {
    const known = this.#buckets.get(key)
    if (known !== undefined) return known
    if (this.#buckets.size >= this.#most) this.#makeRoom()
    const bucket = new TokenBucket(this.#rate, this.#now)
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** Its holder is gone: what nothing would be lost by is forgotten. */
  letGo(key: string): void {
    if (this.#buckets.get(key)?.full) this.#buckets.delete(key)
  }

  #makeRoom(): void {
    for (const [key, bucket] of this.#buckets) if (bucket.full) this.#buckets.delete(key)
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size >= this.#most && oldest !== undefined) this.#buckets.delete(oldest)
  }
}

/** The key of a network address: one home has one IPv4 address, or a whole /64 of IPv6. */
export function networkOf(address: string): string {
  const ipv4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (ipv4 !== undefined) return ipv4
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  while (tail !== undefined && groups.length + rest.length < 8) groups.push('0')
  return [...groups, ...rest].slice(0, 4).join(':')
}

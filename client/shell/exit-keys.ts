/** Shift three times within two seconds, with no other key between: the keys of the quick exit. */
const TIMES = 3
const WITHIN_MS = 2000

export interface KeyDown {
  readonly key: string
  /** Held down, it repeats: that counts once. */
  readonly repeat: boolean
  /** Milliseconds, by any clock that goes on. */
  readonly at: number
}

/** Tells of each key that goes down whether it is the one to leave at. */
export function exitKeys(): (down: KeyDown) => boolean {
  let taps: number[] = []
  return ({ key, repeat, at }) => {
    if (key !== 'Shift') taps = []
    else if (!repeat) taps = [...taps, at].slice(-TIMES)
    const [first] = taps
    if (taps.length < TIMES || first === undefined || at - first > WITHIN_MS) return false
    taps = []
    return true
  }
}

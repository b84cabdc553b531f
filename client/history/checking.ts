/** One long check of a history: who verifies it, and how far it has come. What is short is not worth either. */
import type { Chain, Extended } from '../../shared/history.ts'
import type { Stamped } from '../../shared/wire.ts'
import type { Verifier } from './verifier.ts'

/** How far a long check has come. */
export interface Progress {
  readonly done: number
  readonly of: number
}

/** What is verified right where it is taken: a verifier is not worth its way. */
const FEW = 48
/** From here on it takes long enough to say so, in steps of this many. */
const LONG = 500

export class Checking {
  readonly #start: () => Promise<Verifier>
  #verifier: Promise<Verifier | null> | null = null
  #progress: Progress | null = null
  #closed = false

  /** `start` makes what verifies a long stretch; without it, that is done here, in slices. */
  constructor(start: () => Promise<Verifier> = inThePage) {
    this.#start = start
  }

  /** Null while nothing long is checked. */
  get progress(): Progress | null {
    return this.#progress
  }

  /** From `done` records on to `of`. Whether that is long. */
  begin(done: number, of: number): boolean {
    if (of - done < LONG) return false
    this.#progress = { done, of }
    return true
  }

  took(done: number): void {
    if (this.#progress === null || done % LONG !== 0) return
    this.#progress = { done, of: Math.max(done, this.#progress.of) }
  }

  /** Whether something long has come to its end. */
  end(): boolean {
    this.#endVerifier()
    const wasLong = this.#progress !== null
    this.#progress = null
    return wasLong
  }

  /** What `records` make of that chain, from the first on; none where they are few: then each is checked as it is taken. */
  async follow(
    chain: Chain | null,
    records: readonly Stamped[],
    known: boolean,
  ): Promise<readonly Extended[]> {
    if (records.length <= FEW || this.#closed) return []
    this.#verifier ??= this.#start().catch(() => null)
    const verifier = await this.#verifier
    return verifier ? verifier.follow(chain, records, known) : []
  }

  close(): void {
    this.#closed = true
    this.#endVerifier()
  }

  #endVerifier(): void {
    void this.#verifier?.then((verifier) => verifier?.close())
    this.#verifier = null
  }
}

const inThePage = async () => (await import('./verifier.ts')).verifierHere()

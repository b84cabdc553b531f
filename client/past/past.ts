/** Looking back on one board, from its records alone. Loaded when it is first asked for. */
import { everythingOf, type Everything } from '../../shared/everything.ts'
import { spansOf, type Span } from '../../shared/spans.ts'
import type { Stamped } from '../../shared/wire.ts'
import type { Line } from '../history/ledger.ts'
import { Timeline } from './timeline.ts'

export interface PastOptions {
  readonly board: string
  /** Opens the boxes of records. */
  readonly actsKey: Uint8Array
  /** The verified history, opened and as it was signed, oldest first. */
  readonly history: {
    readonly lines: readonly Line[]
    readonly records: readonly Stamped[]
  }
}

export class Past {
  readonly #options: PastOptions
  #spans: { readonly length: number; readonly spans: readonly Span[] } | null = null

  readonly #timeline = new Timeline()

  constructor(options: PastOptions) {
    this.#options = options
  }

  get lines(): readonly Line[] {
    return this.#options.history.lines
  }

  /** What was agreed when, in the order in which it came into force. */
  get spans(): readonly Span[] {
    const { length } = this.lines
    if (this.#spans?.length !== length) this.#spans = { length, spans: spansOf(this.lines) }
    return this.#spans.spans
  }

  /** Every boundary as it stood after every record. */
  get timeline(): Timeline {
    return this.#timeline.follow(this.lines)
  }

  /** The whole history as a file that proves itself, with what the caller lays beside it. */
  everything<Beside>(beside: Beside): Everything<Beside> {
    const { board, history, actsKey } = this.#options
    return everythingOf(board, history.records, actsKey, beside)
  }
}

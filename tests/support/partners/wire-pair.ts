/**
 * Two sealed documents and the wire between them, pumped by hand: what one
 * writes waits until the test delivers it, in any order, once or twice.
 */
import * as Y from 'yjs'
import { createSealer, SealedDoc, type Sealer } from '../../../shared/sealed-doc.ts'
import { seededRandom } from '../random.ts'

export const DRAFT_KEY = seededRandom(7)(32)

export const testSealer = (
  options: { key?: Uint8Array; board?: string; channel?: string } = {},
): Sealer =>
  createSealer({
    key: DRAFT_KEY,
    board: 'b',
    channel: 'board',
    random: seededRandom(8),
    ...options,
  })

export interface End {
  readonly outer: Y.Doc
  readonly sealed: SealedDoc
  readonly text: Y.Text
  /** Updates on their way to this end. */
  readonly inbox: Uint8Array[]
}

const WIRE = 'wire'

export function makeEnd(device: string): End {
  const outer = new Y.Doc()
  const sealed = new SealedDoc(outer, device, testSealer())
  return { outer, sealed, text: sealed.inner.getText('words'), inbox: [] }
}

export class WirePair {
  readonly ends: readonly [End, End] = [makeEnd('a0'), makeEnd('b0')]
  #up = true

  constructor() {
    this.ends.forEach((end, i) => {
      end.outer.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== WIRE && this.#up) this.ends[i === 0 ? 1 : 0].inbox.push(update)
      })
    })
  }

  get up(): boolean {
    return this.#up
  }

  /** What is on its way is lost. */
  cut(): void {
    this.#up = false
    for (const { inbox } of this.ends) inbox.length = 0
  }

  /** Both send what the other lacks, as the sync protocol does. */
  restore(): void {
    this.#up = true
    const [one, other] = this.ends
    const toOther = Y.encodeStateAsUpdate(one.outer, Y.encodeStateVector(other.outer))
    const toOne = Y.encodeStateAsUpdate(other.outer, Y.encodeStateVector(one.outer))
    other.inbox.push(toOther)
    one.inbox.push(toOne)
  }

  /** Delivers the update at `position` (modulo what waits); `repeat` leaves it to arrive again. */
  deliver(to: 0 | 1, position: number, repeat: boolean): void {
    const { inbox, outer } = this.ends[to]
    if (inbox.length === 0) return
    const at = position % inbox.length
    const update = inbox[at]
    if (!repeat) inbox.splice(at, 1)
    if (update) Y.applyUpdate(outer, update, WIRE)
  }

  async settle(): Promise<void> {
    if (!this.#up) this.restore()
    while (this.ends.some(({ inbox }) => inbox.length > 0)) {
      for (const to of [0, 1] as const) this.deliver(to, 0, false)
    }
    // Updates lost to reordering are asked for again.
    this.restore()
    for (const to of [0, 1] as const) this.deliver(to, 0, false)
    await Promise.all(this.ends.map(({ sealed }) => sealed.settled()))
  }

  destroy(): void {
    for (const { sealed, outer } of this.ends) {
      sealed.destroy()
      outer.destroy()
    }
  }
}

/** A device that opens the outer document from nothing. */
export async function openFresh(outer: Y.Doc): Promise<End> {
  const end = makeEnd('c0')
  Y.applyUpdate(end.outer, Y.encodeStateAsUpdate(outer), WIRE)
  await end.sealed.settled()
  return end
}

/** Editor bindings: the live texts of a boundary, the same for all its editors. */
import { textsOf } from '../../shared/board-doc.ts'
import type { Seat } from '../../shared/ids.ts'
import type { EditorBinding } from './editor-binding.ts'
import type { BoardWords } from '../sync/board-words.ts'

export class Editors {
  /** Origin of changes made by a verb (not by typing) that undo should take back too. */
  static readonly ORIGIN = 'verb'
  readonly #words: BoardWords
  readonly #seat: Seat
  readonly #nameOf: (seat: Seat) => string | null
  readonly #bindings = new Map<string, EditorBinding>()

  constructor(words: BoardWords, seat: Seat, nameOf: (seat: Seat) => string | null) {
    this.#words = words
    this.#seat = seat
    this.#nameOf = nameOf
  }

  /** The same binding until it is released. */
  of(id: string): EditorBinding | null {
    const texts = textsOf(this.#words.inner, id)
    if (!texts) return null
    const known = this.#bindings.get(id)
    if (known && known.texts.words === texts.words) return known
    this.release(id)
    const binding: EditorBinding = {
      texts,
      undo: null,
      awareness: this.#words.presence.inner,
      seat: this.#seat,
      initialOf: (seat) => [...(this.#nameOf(seat) ?? '')][0]?.toLocaleUpperCase() ?? '',
    }
    this.#bindings.set(id, binding)
    return binding
  }

  release(id: string): void {
    this.#bindings.get(id)?.undo?.destroy()
    this.#bindings.delete(id)
  }

  close(): void {
    for (const id of [...this.#bindings.keys()]) this.release(id)
  }
}

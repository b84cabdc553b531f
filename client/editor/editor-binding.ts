/** What the editor is given: live texts, the partner's carets, and an undo of one's own edits only. */
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { BoundaryTexts } from '../../shared/board-doc.ts'
import type { Seat } from '../../shared/ids.ts'

export interface EditorBinding {
  readonly texts: BoundaryTexts
  /** Made with the first editor. */
  undo: Y.UndoManager | null
  /** States: `{ seat: Seat, caret?: Caret }`. The name shown comes from the seat, never from the state. */
  readonly awareness: Awareness
  readonly seat: Seat
  /** The initial to show at a caret of that seat. */
  initialOf(seat: Seat): string
}

/** A place in one of the texts, as Yjs relative positions (JSON). */
export interface Caret {
  readonly field: keyof BoundaryTexts
  readonly anchor: unknown
  readonly head: unknown
}

/** *Keep the words as they are*, and bringing back what that took off the table. Loaded when first needed. */
import type * as Y from 'yjs'
import { plain, textsOf } from '../../shared/board-doc.ts'
import type { Seat } from '../../shared/ids.ts'
import { forgetKept, keptIn, noteKept, readKept } from '../../shared/kept-words.ts'
import { putWords } from '../../shared/put-words.ts'
import { sameTexts, type Wording } from '../../shared/wording.ts'
import { Editors } from './editors.ts'

interface Place {
  readonly doc: Y.Doc
  readonly seat: Seat
  readonly id: string
  readonly inForce: { readonly wording: Wording; readonly words: string }
}

export const keeping = {
  keep({ doc, seat, id, inForce: { wording, words } }: Place): void {
    const texts = textsOf(doc, id)
    if (!texts) return
    const removed = plain(texts)
    if (sameTexts(removed, wording)) return
    noteKept(doc, id, { by: seat, to: words, ...removed })
    putWords(doc, id, wording, Editors.ORIGIN)
  },

  bringBack({ doc, id, inForce: { words } }: Place): void {
    const kept = readKept(keptIn(doc, id), words)
    if (!kept) return
    forgetKept(doc, id)
    putWords(doc, id, kept, Editors.ORIGIN)
  },

  close: ({ doc, id }: Place): void => forgetKept(doc, id),
}

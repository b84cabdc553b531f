/** Puts words back on the table by a minimal difference (S1). Apart from board-doc.ts, so that the differ is loaded when it is needed. */
import { diffWordsWithSpace } from 'diff'
import type * as Y from 'yjs'
import { asText, FIELDS, type BoundaryTexts } from './board-doc.ts'
import type { Texts } from './wording.ts'

/**
 * Makes the texts read `target` by changing only what differs, word by word, so
 * that carets stay and a partner's concurrent edit elsewhere survives. Replacing
 * whole texts lost or doubled words when two devices did it at once.
 */
export function putWords(doc: Y.Doc, texts: BoundaryTexts, target: Texts, origin: unknown): void {
  doc.transact(() => {
    for (const field of FIELDS) putText(texts[field], target[field])
  }, origin)
}

function putText(text: Y.Text, target: string): void {
  let index = 0
  for (const { value, added, removed } of diffWordsWithSpace(asText(text), target)) {
    if (removed) text.delete(index, value.length)
    else {
      if (added) text.insert(index, value)
      index += value.length
    }
  }
}

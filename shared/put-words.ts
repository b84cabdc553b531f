/** Puts words back on the table by a minimal difference (S1). Apart from board-doc.ts, so that the differ is loaded when it is needed. */
import { diffWordsWithSpace } from 'diff'
import * as Y from 'yjs'
import { asText, FIELDS, textsOf, type BoundaryTexts } from './board-doc.ts'
import { hexHash, toHex } from './crypto.ts'
import type { Texts } from './wording.ts'

/**
 * Makes the texts of a boundary read `target` by changing only what differs,
 * word by word, so that carets stay and a partner's concurrent edit elsewhere
 * survives.
 *
 * Two devices that do it at once, to the same words, make the very same update:
 * its author is named after its content, so that it merges with itself. Written
 * by each in its own name, what both put back would stand there twice.
 */
export function putWords(doc: Y.Doc, id: string, target: Texts, origin: unknown): void {
  const state = Y.encodeStateAsUpdate(doc)
  const draft = updateBy(NOBODY, state, id, target)
  if (!draft) return
  const author = Number.parseInt(hexHash('put-words', id, toHex(draft)).slice(0, 8), 16)
  const update = updateBy(author, state, id, target)
  if (update) Y.applyUpdate(doc, update, origin)
}

const NOBODY = 0

/** The update that makes it so, as `author` would write it; null where nothing differs. */
function updateBy(author: number, state: Uint8Array, id: string, target: Texts): Uint8Array | null {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, state)
  copy.clientID = author
  const texts = textsOf(copy, id)
  if (!texts) return null
  let made: Uint8Array | null = null
  copy.on('update', (update: Uint8Array) => (made = update))
  putTexts(copy, texts, target)
  copy.destroy()
  return made
}

function putTexts(doc: Y.Doc, texts: BoundaryTexts, target: Texts): void {
  doc.transact(() => {
    for (const field of FIELDS) putText(texts[field], target[field])
  })
}

function putText(text: Y.Text, target: string): void {
  // Something in it is no text, and takes places that the words do not have.
  if (text.length !== asText(text).length) text.delete(0, text.length)
  let index = 0
  for (const { value, added, removed } of diffWordsWithSpace(asText(text), target)) {
    if (removed) text.delete(index, value.length)
    else {
      if (added) text.insert(index, value)
      index += value.length
    }
  }
}

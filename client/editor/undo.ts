/** An undo of one's own edits only, from the first editor of a boundary on. Loaded with it. */
import * as Y from 'yjs'
import type { EditorBinding } from './editor-binding.ts'
import { Editors } from './editors.ts'

/** The same until the binding is released. */
export function undoOf(binding: EditorBinding): Y.UndoManager {
  const { name, words, ifItSlips } = binding.texts
  return (binding.undo ??= new Y.UndoManager([name, words, ifItSlips], {
    trackedOrigins: new Set([Editors.ORIGIN]),
  }))
}

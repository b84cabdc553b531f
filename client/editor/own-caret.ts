/** Tells the partner where one's caret is: only while the editor has the focus, at most once a frame. */
import type { Extension } from '@codemirror/state'
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import * as Y from 'yjs'
import type { Caret, EditorBinding } from './editor-binding.ts'

export const ownCaret = ({ texts, awareness }: EditorBinding, field: Caret['field']): Extension =>
  ViewPlugin.fromClass(
    class {
      readonly #view: EditorView
      #frame = 0
      #told = ''

      constructor(view: EditorView) {
        this.#view = view
      }

      update({ selectionSet, docChanged, focusChanged }: ViewUpdate): void {
        if (!this.#frame && (selectionSet || docChanged || focusChanged))
          this.#frame = requestAnimationFrame(() => this.#tell())
      }

      destroy(): void {
        cancelAnimationFrame(this.#frame)
        this.#hide()
      }

      #tell(): void {
        this.#frame = 0
        if (!this.#view.hasFocus) return this.#hide()
        const { anchor, head } = this.#view.state.selection.main
        const caret: Caret = { field, anchor: this.#at(anchor), head: this.#at(head) }
        const json = JSON.stringify(caret)
        if (json === this.#told) return
        this.#told = json
        awareness.setLocalStateField('caret', caret)
      }

      #hide(): void {
        this.#told = ''
        const caret = awareness.getLocalState()?.caret as Caret | null | undefined
        if (caret?.field === field) awareness.setLocalStateField('caret', null)
      }

      #at(index: number): unknown {
        return Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(texts[field], index))
      }
    },
  )

/**
 * The editor bound to the shared text. As y-codemirror's own sync, but what
 * another device put into the text that is no text cannot put the two out of
 * step: it stands as one replacement character for each place that it takes, in
 * the editor only. Nobody agrees to it: words are read without it.
 */
import type { ChangeSpec, Extension } from '@codemirror/state'
import { ViewPlugin, type EditorView, type ViewUpdate } from '@codemirror/view'
import { yCollab, ySync, ySyncAnnotation, ySyncFacet } from 'y-codemirror.next'
import * as Y from 'yjs'

const NO_TEXT = '\ufffc'

/** The text as the editor shows it: as long as the shared one. */
export function spell(text: Y.Text): string {
  let spelled = ''
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { content } = item
    spelled += content instanceof Y.ContentString ? content.str : NO_TEXT.repeat(item.length)
  }
  return spelled
}

export function sharedText(text: Y.Text, undoManager: Y.UndoManager): Extension {
  // No awareness here: it would draw the partner's caret into the text.
  const plugins = yCollab(text, null, { undoManager }) as readonly Extension[]
  return plugins.map((plugin) => (plugin === ySync ? sync : plugin))
}

const sync = ViewPlugin.fromClass(
  class {
    readonly #view: EditorView
    readonly #conf
    readonly #text: Y.Text
    readonly #onText = ({ delta }: Y.YTextEvent, { origin }: Y.Transaction) => {
      if (origin === this.#conf) return
      const isText = this.#text.toJSON().length === this.#text.length
      const changes = isText ? changesOf(delta) : null
      if (changes) this.#show(changes)
      else this.#mend()
    }

    constructor(view: EditorView) {
      this.#view = view
      this.#conf = view.state.facet(ySyncFacet)
      this.#text = this.#conf.ytext as Y.Text
      this.#text.observe(this.#onText)
    }

    update({ docChanged, transactions, changes, state }: ViewUpdate): void {
      if (!docChanged || transactions[0]?.annotation(ySyncAnnotation) === this.#conf) return
      const text = this.#text
      text.doc?.transact(() => {
        let moved = 0
        changes.iterChanges((from, to, _from, _to, inserted) => {
          const insert = inserted.sliceString(0, inserted.length, '\n')
          if (from !== to) text.delete(from + moved, to - from)
          if (insert.length > 0) text.insert(from + moved, insert)
          moved += insert.length - (to - from)
        })
      }, this.#conf)
      // What is no text may be what cannot be deleted: then it is shown again.
      if (text.toJSON().length !== text.length && spell(text) !== state.doc.toString()) {
        queueMicrotask(() => this.#mend())
      }
    }

    destroy(): void {
      this.#text.unobserve(this.#onText)
    }

    #mend(): void {
      const [shown, spelled] = [this.#view.state.doc.toString(), spell(this.#text)]
      if (shown !== spelled) this.#show(stretchOf(shown, spelled))
    }

    #show(changes: ChangeSpec): void {
      this.#view.dispatch({ changes, annotations: [ySyncAnnotation.of(this.#conf)] })
    }
  },
)

/** A Yjs delta as changes of the editor, or null where it holds what is no text. */
function changesOf(delta: Y.YTextEvent['delta']): ChangeSpec[] | null {
  const changes: ChangeSpec[] = []
  let at = 0
  for (const { insert, delete: deleted, retain } of delta) {
    if (typeof insert === 'string') changes.push({ from: at, to: at, insert })
    else if (insert !== undefined) return null
    if (deleted !== undefined) changes.push({ from: at, to: at + deleted })
    at += (deleted ?? 0) + (retain ?? 0)
  }
  return changes
}

/** The one stretch in which two texts differ. */
export function stretchOf(before: string, after: string) {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let end = 0
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) }
}

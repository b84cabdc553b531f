/**
 * One live text in an editor: what is typed goes into the shared text and back,
 * with an undo of one's own edits only and the partner's caret drawn outside
 * the text. Loaded when a boundary is first opened for editing.
 */
import { standardKeymap } from '@codemirror/commands'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { yUndoManagerKeymap } from 'y-codemirror.next'
import type { EditorBinding } from './editor-binding.ts'
import { carets } from './carets.ts'
import { oneLine, plainLines } from './lines.ts'
import { ownCaret } from './own-caret.ts'
import { look } from './look.ts'
import { sharedText, spell } from './shared-text.ts'
import { undoOf } from './undo.ts'

export interface EditorOptions {
  readonly field: keyof EditorBinding['texts']
  /** The accessible name. */
  readonly label: string
  /** A name: line ends become spaces. */
  readonly single: boolean
}

export interface OpenEditor {
  focus(): void
  close(): void
}

export function openEditor(
  parent: HTMLElement,
  binding: EditorBinding,
  { field, label, single }: EditorOptions,
): OpenEditor {
  const text = binding.texts[field]
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: spell(text),
      extensions: [
        // Positions must count as the shared text does, whatever line ends came in.
        EditorState.lineSeparator.of('\n'),
        sharedText(text, undoOf(binding)),
        keymap.of([...yUndoManagerKeymap, ...standardKeymap]),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.scrollMargins.of(pageMargins),
        single ? oneLine : plainLines,
        attributes(label, single),
        carets(binding, field),
        ownCaret(binding, field),
        look,
      ],
    }),
  })
  return {
    focus: () => {
      view.focus()
      parent.scrollIntoView({ block: 'nearest' })
    },
    close: () => view.destroy(),
  }
}

/** What stands over the page at its top and bottom, as its style sheet says. */
function pageMargins() {
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(document.documentElement)
  return { top: parseFloat(scrollPaddingTop) || 0, bottom: parseFloat(scrollPaddingBottom) || 0 }
}

const attributes = (label: string, single: boolean): Extension =>
  EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-multiline': String(!single),
    spellcheck: 'true',
    autocorrect: 'on',
    autocapitalize: 'sentences',
  })

/** Line ends in what is typed and pasted: LF in texts, none in a name. What arrives from the shared text is left alone. */
import { EditorState, Prec, type Extension, type TransactionSpec } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { ySyncAnnotation } from 'y-codemirror.next'

export const plainLines: Extension = EditorView.clipboardInputFilter.of((text) =>
  text.replace(/\r\n?/g, '\n'),
)

const asOneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')

export const oneLine: Extension = [
  EditorView.clipboardInputFilter.of(asOneLine),
  Prec.highest(keymap.of([{ key: 'Enter', run: () => true, shift: () => true }])),
  // On-screen keyboards send no key for Enter, so the change itself is looked at too.
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(ySyncAnnotation)) return transaction
    const changes: { from: number; to: number; insert: string }[] = []
    let hasLines = false
    transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
      hasLines ||= inserted.lines > 1
      changes.push({ from, to, insert: asOneLine(inserted.sliceString(0)) })
    })
    const asLine: TransactionSpec = { changes, userEvent: 'input', scrollIntoView: true }
    return hasLines ? asLine : transaction
  }),
]

/** The editor looks like the page: its face and size come from around it. */
import { EditorView } from '@codemirror/view'

export const look = EditorView.theme({
  '&': { color: 'inherit', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit', overflow: 'visible' },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)', minHeight: '1.5em' },
  '.cm-line': { padding: '0 1px', unicodeBidi: 'plaintext' },
  '.carets': { pointerEvents: 'none' },
  '.caret': {
    forcedColorAdjust: 'none',
    width: '2px',
    marginLeft: '-1px',
    backgroundColor: 'var(--seat)',
  },
  '.caret.seat-a': { '--seat': 'var(--seat-a)' },
  '.caret.seat-b': { '--seat': 'var(--seat-b)' },
  '.caret span': {
    position: 'absolute',
    bottom: '100%',
    left: '0',
    minWidth: '1.25em',
    padding: '0 0.25em',
    font: '600 0.6875rem/1.3 var(--sans)',
    textAlign: 'center',
    color: 'var(--on-action)',
    backgroundColor: 'var(--seat)',
    borderRadius: '3px 3px 3px 0',
    whiteSpace: 'pre',
  },
})

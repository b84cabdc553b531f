/** S1: notes beside a boundary, in the inner document, read as if a stranger had written it. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  addNote,
  answerNote,
  deleteNote,
  NOTES_SHOWN,
  notesOf,
  readNotes,
} from '../../shared/notes.ts'

const boundary = '0f'.repeat(16)
const id = (n: number) => n.toString(16).padStart(32, '0')
const day = '2026-03-14'
const list = () => notesOf(new Y.Doc(), boundary)
const note = (n: number, text: string, by: 'a' | 'b' = 'a') => ({
  ...{ id: id(n), kind: 'note' as const, by, day, text },
})
const back = (n: number, text: string, by: 'a' | 'b' = 'a') => ({
  ...note(n, text, by),
  kind: 'said-back' as const,
})

test('S1: a note is kept cleaned, with its author and day', () => {
  const notes = list()
  expect(addNote(notes, note(1, '  On call \t this week. '))).toBe(true)
  expect(readNotes(notes)).toEqual([{ ...note(1, 'On call this week.'), answer: null }])
})

test.each([
  ['nothing', ' \n '],
  ['too much', 'é'.repeat(501)],
  ['what turns the direction of reading', 'a\u202eb'],
])('S1: %s is no note', (_, text) => {
  const notes = list()
  expect(addNote(notes, note(1, text))).toBe(false)
  expect(notes.length).toBe(0)
})

test('S1: only the author deletes a note, with the answers to it', () => {
  const notes = list()
  addNote(notes, back(1, 'You want quiet after ten.'))
  answerNote(notes, { id: id(2), by: 'b', day, to: id(1), right: true })
  addNote(notes, note(3, 'Stays.', 'b'))
  deleteNote(notes, id(1), 'b')
  expect(readNotes(notes)).toHaveLength(2)
  deleteNote(notes, id(1), 'a')
  expect(readNotes(notes).map(({ text }) => text)).toEqual(['Stays.'])
  expect(notes.length).toBe(1)
})

test('S1: the other answers what was said back, the latest answer holds; one’s own answer is none', () => {
  const notes = list()
  addNote(notes, back(1, 'You want quiet.'))
  addNote(notes, note(2, 'Not to be answered.'))
  answerNote(notes, { id: id(3), by: 'a', day, to: id(1), right: true })
  answerNote(notes, { id: id(4), by: 'b', day, to: id(2), right: true })
  expect(readNotes(notes).map(({ answer }) => answer)).toEqual([null, null])
  answerNote(notes, { id: id(5), by: 'b', day, to: id(1), right: false })
  answerNote(notes, { id: id(6), by: 'b', day, to: id(1), right: true })
  expect(readNotes(notes)[0]?.answer).toEqual({ right: true, day })
})

test('S1: two devices that write the first note at once both keep theirs', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  addNote(notesOf(one, boundary), note(1, 'One'))
  addNote(notesOf(other, boundary), note(2, 'Other', 'b'))
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  expect(readNotes(notesOf(one, boundary))).toHaveLength(2)
  expect(readNotes(notesOf(other, boundary))).toEqual(readNotes(notesOf(one, boundary)))
})

test('S1: what is no note is not shown, harms nothing, and the number shown is bounded', () => {
  const notes = list()
  const fit = note(1, 'Fit.')
  notes.push([
    ...[
      null,
      7,
      'text',
      [],
      {},
      { ...fit, by: 'c' },
      { ...fit, id: 'x' },
      { ...fit, day: '2026-02-30' },
    ],
    ...[
      { ...fit, text: 'x'.repeat(3000) },
      { ...fit, text: { toString: 1 } },
      { ...fit, kind: 'constructor' },
    ],
    ...[new Y.Map(), new Y.Text('text'), new Uint8Array(3)],
    ...[
      { ...fit, __proto__: { by: 'b' } },
      { ...fit, text: 'The same id again.' },
    ],
  ])
  expect(readNotes(notes).map(({ text }) => text)).toEqual(['Fit.'])
  for (let n = 2; n < NOTES_SHOWN + 50; n++) addNote(notes, note(n, `${n}`))
  expect(readNotes(notes)).toHaveLength(NOTES_SHOWN)
  expect(readNotes(notes).at(-1)?.text).toBe(`${NOTES_SHOWN + 49}`)
})

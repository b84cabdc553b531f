/**
 * Notes beside a boundary (S1): one list for each, in the inner document, and
 * not in the history. A note is no act: nothing signs it, it agrees to nothing,
 * and its author can delete it. What another device wrote here is not trusted
 * to have this shape: what has another is not shown.
 */
import * as v from 'valibot'
import type * as Y from 'yjs'
import { id16Schema, seatSchema, type Seat } from './ids.ts'
import { daySchema } from './act.ts'
import { cleanNote, isFitNote } from './wording.ts'

/** The newest so many are shown. */
export const NOTES_SHOWN = 100
/** No more of a list than this is looked at, from its end. */
const LOOKED_AT = 1000

const textSchema = v.pipe(v.string(), v.maxLength(2000), v.check(isFitNote))
const written = { id: id16Schema, by: seatSchema, day: daySchema }
const entrySchema = v.variant('kind', [
  v.object({ kind: v.literal('note'), ...written, text: textSchema }),
  /** What its author understood, in their own words, for the other to answer. */
  v.object({ kind: v.literal('said-back'), ...written, text: textSchema }),
  v.object({ kind: v.literal('answer'), ...written, to: id16Schema, right: v.boolean() }),
])
type Entry = v.InferOutput<typeof entrySchema>

export interface Note {
  readonly id: string
  readonly kind: 'note' | 'said-back'
  readonly by: Seat
  readonly day: string
  readonly text: string
  /** What the other answered to what was said back: “Yes, that's it”, or “Not quite”. */
  readonly answer: { readonly right: boolean; readonly day: string } | null
}

/** A list of its own at the root: two devices that write the first note at once make the same one. */
export const notesOf = (doc: Y.Doc, boundary: string): Y.Array<unknown> =>
  doc.getArray(`notes:${boundary}`)

/** The notes as they read now, oldest first. */
export function readNotes(list: Y.Array<unknown>): Note[] {
  const entries = list.slice(Math.max(0, list.length - LOOKED_AT)).flatMap(entryOf)
  const notes = new Map<string, Note>()
  for (const entry of entries) {
    if (entry.kind === 'answer' || notes.has(entry.id)) continue
    const { id, kind, by, day, text } = entry
    notes.set(id, { id, kind, by, day, text, answer: null })
  }
  for (const entry of entries) {
    const note = entry.kind === 'answer' ? notes.get(entry.to) : undefined
    if (entry.kind !== 'answer' || note?.kind !== 'said-back' || note.by === entry.by) continue
    notes.set(note.id, { ...note, answer: { right: entry.right, day: entry.day } })
  }
  return [...notes.values()].slice(-NOTES_SHOWN)
}

export interface NewNote {
  readonly id: string
  readonly kind: Note['kind']
  readonly by: Seat
  readonly day: string
  readonly text: string
}

/** Adds a note; false, and nothing is added, where the text is none that can be kept. */
export function addNote(list: Y.Array<unknown>, { text, ...note }: NewNote): boolean {
  const clean = cleanNote(text)
  if (clean === null || clean === '') return false
  list.push([{ ...note, text: clean } satisfies Entry])
  return true
}

/** Answers what the other said back. The latest answer holds. */
export function answerNote(
  list: Y.Array<unknown>,
  answer: Omit<Extract<Entry, { kind: 'answer' }>, 'kind'>,
): void {
  list.push([{ kind: 'answer', ...answer } satisfies Entry])
}

/** Deletes a note of that seat's own, with the answers to it. */
export function deleteNote(list: Y.Array<unknown>, id: string, by: Seat): void {
  if (!readNotes(list).some((note) => note.id === id && note.by === by)) return
  list.doc?.transact(() => {
    for (let at = list.length - 1; at >= Math.max(0, list.length - LOOKED_AT); at--) {
      const [entry] = entryOf(list.get(at))
      if (entry && (entry.kind === 'answer' ? entry.to : entry.id) === id) list.delete(at)
    }
  })
}

function entryOf(value: unknown): Entry[] {
  const parsed = v.safeParse(entrySchema, value)
  return parsed.success ? [parsed.output] : []
}

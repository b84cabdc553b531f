/** The notes of an open board, read once per change of their list. */
import type * as Y from 'yjs'
import { toHex, type Random } from '../../shared/crypto.ts'
import type { Seat } from '../../shared/ids.ts'
import {
  addNote,
  answerNote,
  deleteNote,
  notesOf,
  readNotes,
  type Note,
} from '../../shared/notes.ts'
import type { NotesView } from './board-view.ts'

export interface NotesOptions {
  readonly doc: Y.Doc
  readonly seat: Seat
  readonly random: Random
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly changed: (boundary: string) => void
}

export class Notes implements NotesView {
  readonly #options: NotesOptions
  readonly #read = new Map<string, readonly Note[] | null>()

  constructor(options: NotesOptions) {
    this.#options = options
  }

  /** The same list until it changes. */
  of(boundary: string): readonly Note[] {
    const list = this.#list(boundary)
    const known = this.#read.get(boundary)
    if (known) return known
    const notes = readNotes(list)
    this.#read.set(boundary, notes)
    return notes
  }

  add(boundary: string, kind: Note['kind'], text: string): boolean {
    return addNote(this.#list(boundary), { ...this.#signed(), kind, text })
  }

  answer(boundary: string, note: string, right: boolean): void {
    answerNote(this.#list(boundary), { ...this.#signed(), to: note, right })
  }

  remove(boundary: string, note: string): void {
    deleteNote(this.#list(boundary), note, this.#options.seat)
  }

  #signed(): { id: string; by: Seat; day: string } {
    const { random, seat, now } = this.#options
    return { id: toHex(random(16)), by: seat, day: localDay(now()) }
  }

  #list(boundary: string): Y.Array<unknown> {
    const list = notesOf(this.#options.doc, boundary)
    if (!this.#read.has(boundary)) {
      this.#read.set(boundary, null)
      // For as long as the document lives: it and this end together.
      list.observe(() => {
        this.#read.set(boundary, null)
        this.#options.changed(boundary)
      })
    }
    return list
  }
}

/** The day it is for whoever writes, `YYYY-MM-DD`. */
function localDay(ms: number): string {
  const date = new Date(ms)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

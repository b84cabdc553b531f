/**
 * *Keep the words as they are* takes words off the table that someone wrote. They
 * stay beside the boundary, as one plain value, so that either can bring them
 * back. Nothing of it is on record. Apart from board-doc.ts: loaded when needed.
 */
import * as Y from 'yjs'
import * as v from 'valibot'
import { seatSchema } from './ids.ts'

const text = v.pipe(v.string(), v.maxLength(100_000))
const keptSchema = v.object({
  by: seatSchema,
  /** Hash of the wording in force that was kept. */
  to: v.string(),
  name: text,
  words: text,
  ifItSlips: text,
})

export type Kept = v.InferOutput<typeof keptSchema>

/** What lies there, or null where it reads as nothing, or was about other words in force. */
export function readKept(value: unknown, to: string): Kept | null {
  const kept = v.safeParse(keptSchema, value)
  return kept.success && kept.output.to === to ? kept.output : null
}

/** As it lies there. */
export const keptIn = (doc: Y.Doc, id: string): unknown => boundaryIn(doc, id)?.get('kept')

export function noteKept(doc: Y.Doc, id: string, kept: Kept): void {
  boundaryIn(doc, id)?.set('kept', kept)
}

export function forgetKept(doc: Y.Doc, id: string): void {
  const boundary = boundaryIn(doc, id)
  if (boundary?.has('kept')) boundary.delete('kept')
}

function boundaryIn(doc: Y.Doc, id: string): Y.Map<unknown> | null {
  const found = doc.getMap('boundaries').get(id)
  return found instanceof Y.Map ? (found as Y.Map<unknown>) : null
}

/**
 * What a person says on record (A2): the sealed body of a record, as JSON. An
 * act carries everything needed to read it, so the history needs no document.
 */
import * as v from 'valibot'
import { parseJson, utf8 } from './bytes.ts'
import { hash32Schema, id16Schema } from './ids.ts'
import { BODY_MAX_BYTES } from './record.ts'
import { isFitNote, NAME_MAX, wordingSchema } from './wording.ts'

const boundary = id16Schema
const note = v.exactOptional(v.pipe(v.string(), v.check(isFitNote, 'an unfit note')))
/** `YYYY-MM-DD`, and in the calendar. */
export const daySchema = v.pipe(v.string(), v.isoDate(), v.check(isInCalendar, 'no such day'))
const day = daySchema

/** The date schema lets every month have 31 days. */
function isInCalendar(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const actSchema = v.variant('kind', [
  /** The person's own name; also the body of `found` and `claim`. */
  v.strictObject({ kind: v.literal('name'), name: v.pipe(v.string(), v.maxLength(NAME_MAX * 2)) }),
  /** The body of a record whose meaning is all in its head (`invite`, `cancel`). */
  v.strictObject({ kind: v.literal('membership') }),
  /** Yes to exactly this wording; `null` is a yes to letting it go. */
  v.strictObject({
    kind: v.literal('yes'),
    boundary,
    wording: v.nullable(wordingSchema),
    why: note,
  }),
  v.strictObject({ kind: v.literal('later'), boundary, until: day, note }),
  v.strictObject({ kind: v.literal('no'), boundary, words: hash32Schema, note }),
  v.strictObject({ kind: v.literal('take-back'), boundary }),
  v.strictObject({ kind: v.literal('step-back'), boundary, words: hash32Schema }),
  v.strictObject({ kind: v.literal('heard'), boundary, words: hash32Schema }),
  v.strictObject({ kind: v.literal('look-again'), boundary, on: day }),
])

export type Act = v.InferOutput<typeof actSchema>
export type BoundaryAct = Extract<Act, { boundary: string }>

/** An act of a kind that a later version knows: kept, and shown as that (A8). */
export interface UnknownAct {
  readonly kind: 'unknown'
}

const KINDS: ReadonlySet<string> = new Set(actSchema.options.map((o) => o.entries.kind.literal))
const someKindSchema = v.looseObject({ kind: v.pipe(v.string(), v.maxLength(64)) })

/** Throws where the act could not be read again: nobody signs what makes their own record unreadable. */
export function encodeAct(act: Act): Uint8Array {
  const body = utf8(JSON.stringify(act))
  if (readAct(body) === null) throw new Error('an act that cannot be read')
  return body
}

/** The act in a body; null where it is malformed, which makes its record unreadable (R10). */
export function readAct(body: Uint8Array): Act | UnknownAct | null {
  if (body.length > BODY_MAX_BYTES) return null
  const json = parseJson(body)
  const act = v.safeParse(actSchema, json)
  if (act.success) return act.output
  const other = v.safeParse(someKindSchema, json)
  return other.success && !KINDS.has(other.output.kind) ? { kind: 'unknown' } : null
}

/** The boundary an act is about, or null. */
export const boundaryOf = (act: Act | UnknownAct | null): string | null =>
  act && 'boundary' in act ? act.boundary : null

/**
 * *Everything*: a whole history as one JSON file that proves itself. Each
 * record carries what was in its box, with the salt of its commitment, so the
 * chain, every signature and every word can be checked without a key, a server
 * or a browser. No key is in it: it opens nothing that is said later.
 *
 * Notes and drafts may lie beside the records; nothing signs those.
 */
import * as v from 'valibot'
import { readAct } from './act.ts'
import { apply, emptyStanding, type Entry, type Standing } from './agreement.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import { fromHex, toHex } from './crypto.ts'
import { extend, shownAt, type Chain } from './history.ts'
import { boardIdSchema, hexOf, hexUpTo } from './ids.ts'
import {
  BODY_MAX_BYTES,
  commitsTo,
  HEAD_MAX_BYTES,
  openContent,
  readHead,
  RECORD_MAX_BYTES,
  SALT_BYTES,
  SIG_BYTES,
  type Content,
  type Open,
  type SignedRecord,
} from './record.ts'
import type { RefusalCode } from './refusal.ts'

const recordSchema = v.object({
  /** UTF-8 JSON, as it was signed. */
  head: v.pipe(v.string(), v.maxLength(HEAD_MAX_BYTES)),
  sig: hexOf(SIG_BYTES),
  box: hexUpTo(RECORD_MAX_BYTES),
  /** What the box holds; null where it could not be opened. */
  content: v.nullable(
    v.object({ salt: hexOf(SALT_BYTES), body: v.pipe(v.string(), v.maxLength(BODY_MAX_BYTES)) }),
  ),
  /** Milliseconds since the epoch, by the server's clock. Nothing signs this. */
  received: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
type ExportedRecord = v.InferOutput<typeof recordSchema>

const everythingSchema = v.object({
  hedgerow: v.literal(1),
  board: boardIdSchema,
  records: v.pipe(v.array(v.unknown()), v.minLength(1)),
})

/** The file, as JSON. What lies beside the records is the caller's. */
export interface Everything<Beside = unknown> {
  readonly hedgerow: 1
  readonly board: string
  readonly records: readonly ExportedRecord[]
  readonly beside: Beside
}

type Received = SignedRecord & { readonly received: number }

/** Opens every record for the file. `records` are a verified history, in order. */
export function everythingOf<Beside>(
  board: string,
  records: readonly Received[],
  actsKey: Uint8Array,
  beside: Beside,
): Everything<Beside> {
  return {
    ...{ hedgerow: 1, board },
    records: records.map(({ head, sig, box, received }) => {
      const read = readHead(head)
      const content = read.ok ? openContent(read.value, box, actsKey) : null
      const body = content && fromUtf8(content.body)
      return {
        ...{ head: fromUtf8(head) ?? '', sig: toHex(sig), box: toHex(box) },
        content: content && body !== null ? { salt: toHex(content.salt), body } : null,
        received,
      }
    }),
    beside,
  }
}

/** Why a file is not believed: the law, and the number of the record that breaks it (null: the file as a whole). */
export interface Broken {
  readonly seq: number | null
  readonly law: RefusalCode | 'file-malformed' | 'record-malformed' | 'commit-mismatch'
}

export interface Checked {
  readonly chain: Chain
  readonly entries: readonly (Entry & { readonly open: Open | null })[]
  readonly standing: Standing
}

/**
 * Checks a file from its first record to its last (R2–R5, R8, A1–A8). Throws
 * nothing: the outcome is what it proves, or the first record that breaks a law.
 */
export function checkEverything(
  file: unknown,
): { readonly ok: true; readonly checked: Checked } | { readonly ok: false; broken: Broken } {
  const parsed = v.safeParse(everythingSchema, file)
  if (!parsed.success) return { ok: false, broken: { seq: null, law: 'file-malformed' } }
  let chain: Chain | null = null
  let standing = emptyStanding
  const entries: (Entry & { open: Open | null })[] = []
  for (const [seq, raw] of parsed.output.records.entries()) {
    const broken = (law: Broken['law']) => ({ ok: false, broken: { seq, law } }) as const
    const read = v.safeParse(recordSchema, raw)
    if (!read.success) return broken('record-malformed')
    const { head, sig, box, content, received } = read.output
    const record = { head: utf8(head), sig: fromHex(sig), box: fromHex(box) }
    const extended = extend(chain, record)
    if (!extended.ok) return broken(extended.code)
    if (extended.value.chain.board !== parsed.output.board) return broken('wrong-board')
    const opened: Content | null = content && {
      salt: fromHex(content.salt),
      body: utf8(content.body),
    }
    if (opened && !commitsTo(extended.value.head, opened)) return broken('commit-mismatch')
    chain = extended.value.chain
    const { seat, open } = extended.value.head
    const at = shownAt(entries.at(-1)?.at ?? 0, extended.value.head, received)
    const entry = { seq, seat, open, at, act: opened && readAct(opened.body) }
    entries.push(entry)
    standing = apply(standing, entry)
  }
  if (!chain) return { ok: false, broken: { seq: null, law: 'file-malformed' } }
  return { ok: true, checked: { chain, entries, standing } }
}

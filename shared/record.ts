/**
 * One record: an act signed by its author's seat key, sealed, and placed in the
 * chain (R1–R6). Three byte strings, stored and relayed untouched:
 *
 *   head  UTF-8 JSON in a fixed field order, in the clear, at most 2 KiB
 *   sig   Ed25519 over the head
 *   box   the act itself, sealed with the board's acts key, padded to 1 KiB steps
 *
 * What a head may say given the records before it is in membership.ts; the
 * chain is in history.ts.
 */
import * as v from 'valibot'
import { concat, equalBytes, parseJson, readU32be, u32be, utf8 } from './bytes.ts'
import { hash, hexHash, open, seal, sign, type Random } from './crypto.ts'
import { hash32Schema, id16Schema, hexOf, seatSchema, type Seat } from './ids.ts'
import { ok, refuse, type Result } from './refusal.ts'

export interface SignedRecord {
  readonly head: Uint8Array
  readonly sig: Uint8Array
  readonly box: Uint8Array
}

export const HEAD_MAX_BYTES = 2 * 1024
export const SIG_BYTES = 64
export const RECORD_MAX_BYTES = 16 * 1024
export const BODY_MAX_BYTES = 12 * 1024
const PAD_STEP = 1024
export const SALT_BYTES = 32

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** Seconds since the epoch. Far enough for any clock, near enough that it is always a date (year 5138). */
const moment = v.pipe(count, v.maxValue(99_999_999_999))

/** Membership is in the clear, because the server must know whose signatures count (R8). */
export const openSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('found'), sign: hash32Schema, exchange: hash32Schema }),
  v.strictObject({
    kind: v.literal('invite'),
    id: id16Schema,
    prove: hash32Schema,
    days: v.pipe(count, v.minValue(1), v.maxValue(30)),
  }),
  v.strictObject({ kind: v.literal('cancel'), invite: id16Schema }),
  v.strictObject({
    kind: v.literal('claim'),
    invite: id16Schema,
    sign: hash32Schema,
    exchange: hash32Schema,
    proof: hexOf(SIG_BYTES),
  }),
])

const headSchema = v.strictObject({
  v: v.literal(1),
  board: v.union([v.literal(''), hash32Schema]),
  seq: count,
  prev: v.union([v.literal(''), hash32Schema]),
  seat: seatSchema,
  epoch: v.pipe(count, v.maxValue(0xffff)),
  commit: hash32Schema,
  box: hash32Schema,
  at: moment,
  open: v.nullable(openSchema),
})

export type Open = v.InferOutput<typeof openSchema>
export type Head = v.InferOutput<typeof headSchema>

/** The one way to write a head: fields in this order and no others. */
export function encodeHead(head: Head): Uint8Array {
  const { v, board, seq, prev, seat, epoch, commit, box, at } = head
  const open = head.open && inOrder(head.open)
  return utf8(JSON.stringify({ v, board, seq, prev, seat, epoch, commit, box, at, open }))
}

function inOrder(open: Open): Open {
  switch (open.kind) {
    case 'found':
      return { kind: open.kind, sign: open.sign, exchange: open.exchange }
    case 'invite':
      return { kind: open.kind, id: open.id, prove: open.prove, days: open.days }
    case 'cancel':
      return { kind: open.kind, invite: open.invite }
    case 'claim': {
      const { kind, invite, sign, exchange, proof } = open
      return { kind, invite, sign, exchange, proof }
    }
  }
}

/** Parses, checks against the strict schema, writes again and requires the same bytes (R2). */
export function readHead(bytes: Uint8Array): Result<Head> {
  if (bytes.length > HEAD_MAX_BYTES) return refuse('too-large')
  const parsed = v.safeParse(headSchema, parseJson(bytes))
  if (!parsed.success || !equalBytes(encodeHead(parsed.output), bytes)) {
    return refuse('head-malformed')
  }
  return ok(parsed.output)
}

/** The chain hash of a record, hex (R5). That of the first record is the board's id. */
export const chainHash = (record: { head: Uint8Array; sig: Uint8Array }): string =>
  hexHash('chain', record.head, record.sig)

export const boxHash = (box: Uint8Array): string => hexHash('box', box)

/** Where a record goes and who says it. `at` is the author's clock, in seconds since the epoch. */
export type Slot = Pick<Head, 'board' | 'seq' | 'prev' | 'seat' | 'epoch' | 'at' | 'open'>

/** Seals `body` (at most 12 KiB) and signs the head that commits to it (R3, R4). */
export function makeRecord(
  slot: Slot,
  body: Uint8Array,
  keys: { sign: Uint8Array; acts: Uint8Array },
  random: Random,
): SignedRecord {
  if (body.length > BODY_MAX_BYTES) throw new Error('a body is at most 12 KiB')
  const salt = random(SALT_BYTES)
  const commit = hexHash('commit', salt, body)
  const box = seal(keys.acts, boxContext({ ...slot, commit }), pad(salt, body), random)
  const head = encodeHead({ v: 1, ...slot, commit, box: boxHash(box) })
  return { head, sig: sign(keys.sign, 'record', head), box }
}

/**
 * The body a record commits to, or null where the box does not open with this
 * key, or holds anything but what the head committed to (R4).
 */
export const openBody = (head: Head, box: Uint8Array, actsKey: Uint8Array): Uint8Array | null =>
  openContent(head, box, actsKey)?.body ?? null

/** What a head commits to: with the salt anyone can check it, whatever key sealed it. */
export interface Content {
  readonly salt: Uint8Array
  readonly body: Uint8Array
}

/** As `openBody`, with the salt of the commitment. */
export function openContent(head: Head, box: Uint8Array, actsKey: Uint8Array): Content | null {
  const plain = open(actsKey, boxContext(head), box)
  const content = plain && unpad(plain)
  return content && commitsTo(head, content) ? content : null
}

export const commitsTo = (head: Head, { salt, body }: Content): boolean =>
  hexHash('commit', salt, body) === head.commit

const boxContext = (head: {
  board: string
  seq: number
  prev: string
  seat: Seat
  epoch: number
  commit: string
}): Uint8Array =>
  hash('aad', head.board, `${head.seq}`, head.prev, head.seat, `${head.epoch}`, head.commit)

/** `salt ‖ u32be(length) ‖ body ‖ zeros`, a multiple of 1 KiB. */
function pad(salt: Uint8Array, body: Uint8Array): Uint8Array {
  const content = concat(salt, u32be(body.length), body)
  return concat(content, new Uint8Array((PAD_STEP - (content.length % PAD_STEP)) % PAD_STEP))
}

function unpad(plain: Uint8Array): Content | null {
  const start = SALT_BYTES + 4
  if (plain.length < start || plain.length % PAD_STEP !== 0) return null
  const end = start + readU32be(plain, SALT_BYTES)
  if (end > plain.length || plain.subarray(end).some((byte) => byte !== 0)) return null
  return { salt: plain.subarray(0, SALT_BYTES), body: plain.subarray(start, end) }
}

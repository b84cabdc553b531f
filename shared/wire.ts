/**
 * The whole protocol between a client and its server. Requests are `noun:verb`
 * and are always answered, facts are `noun:past`. `words:send` alone is answered
 * by facts: one for all that a second's typing brought. Types here are hints;
 * every side parses what arrives with the schemas beside them.
 *
 *   server → client  hello:asked        { nonce }             on each connection
 *   client → server  hello:answer       who one is, signed     → the place the history has reached
 *                    record:append      one act               → when it was received
 *                    record:since       a number              → the records from there on
 *                    record:restore     acts that were here   → the place the history has reached
 *                    words:open         a channel             → then words:sent with step 1
 *                    words:send         frames                → words:written, or words:refused
 *                    words:part         a piece of one frame  → written, with the last piece
 *                    ring:keep          a seat's key ring     → kept
 *                    presence:join      a room                → joined
 *                    presence:leave
 *   server → client  record:appended    one act
 *                    words:sent         frames
 *                    words:parted       a piece of one frame
 *                    words:written      how many more frames of words:send are on the disk
 *                    words:refused      how many are not, and why
 *
 * A frame is a message of the y-websocket protocol over the outer document.
 */
import * as v from 'valibot'
import { boardIdSchema, hash32Schema, hexOf, hexUpTo, id16Schema } from './ids.ts'
import { RECORD_MAX_BYTES, SIG_BYTES } from './record.ts'
import type { Refusal, Result } from './refusal.ts'
import { BLOB_MAX_BYTES, RING_MAX_BYTES } from './sealed-json.ts'

/** A frame longer than this travels in parts. */
export const PART_BYTES = 48 * 1024
/** One packet holds at most this many bytes of frames. */
export const PACKET_BYTES = 192 * 1024
export const NONCE_BYTES = 32
/** One request restores at most so many records. */
export const RESTORE_RECORDS = 64

/** Bytes in a packet, whatever they arrive as, as a plain Uint8Array. */
export const bytesUpTo = (max: number) =>
  v.pipe(
    v.union([v.instance(Uint8Array), v.instance(ArrayBuffer)]),
    v.transform((raw): Uint8Array =>
      raw instanceof ArrayBuffer
        ? new Uint8Array(raw)
        : new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength),
    ),
    v.check((bytes) => bytes.length <= max, 'too many bytes'),
  )

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** `board`: the document of both seats. `mine`: the drafts of whoever asks, and of no one else (S9). */
const channelSchema = v.picklist(['board', 'mine'])
export type Channel = v.InferOutput<typeof channelSchema>

export const recordSchema = v.strictObject({
  head: bytesUpTo(RECORD_MAX_BYTES),
  sig: bytesUpTo(SIG_BYTES),
  box: bytesUpTo(RECORD_MAX_BYTES),
})
/** A record as the server hands it out: with its own stamp, in milliseconds since the epoch. */
export const stampedSchema = v.strictObject({ ...recordSchema.entries, received: number })
export type Stamped = v.InferOutput<typeof stampedSchema>

const framesSchema = v.strictObject({
  channel: channelSchema,
  frames: v.pipe(v.array(bytesUpTo(PACKET_BYTES)), v.minLength(1), v.maxLength(4096)),
})
const partSchema = v.strictObject({
  channel: channelSchema,
  /** Which frame of this connection the part belongs to. */
  frame: number,
  /** Part `part` of `of`, counted from 0. */
  part: number,
  of: v.pipe(number, v.minValue(2), v.maxValue(4096)),
  bytes: bytesUpTo(PART_BYTES),
})

/** What each request carries and what an `ok` answer to it holds. */
export const requests = {
  'hello:answer': {
    payload: v.strictObject({
      board: boardIdSchema,
      sign: hash32Schema,
      sig: bytesUpTo(SIG_BYTES),
    }),
    answer: v.strictObject({
      seq: number,
      /** The server has lost this seat's key ring, and asks for it. */
      lacksRing: v.exactOptional(v.literal(true)),
    }),
  },
  'record:append': {
    payload: v.strictObject({
      record: recordSchema,
      /** With an `invite`: what its link opens. */
      invitation: v.exactOptional(bytesUpTo(BLOB_MAX_BYTES)),
    }),
    answer: v.strictObject({ received: number }),
  },
  'record:since': {
    payload: v.strictObject({ seq: number }),
    answer: v.strictObject({ records: v.array(stampedSchema), more: v.boolean() }),
  },
  /** Sent by whoever has verified them to a server that went back to an earlier state. */
  'record:restore': {
    payload: v.strictObject({
      records: v.pipe(v.array(recordSchema), v.minLength(1), v.maxLength(RESTORE_RECORDS)),
    }),
    answer: v.strictObject({ seq: number }),
  },
  /** To a server that went back to before this seat was claimed: the ring came with the claim (K1). */
  'ring:keep': {
    payload: v.strictObject({ find: hash32Schema, box: bytesUpTo(RING_MAX_BYTES) }),
    answer: v.null(),
  },
  'words:open': { payload: v.strictObject({ channel: channelSchema }), answer: v.null() },
  'words:part': { payload: partSchema, answer: v.null() },
  'presence:join': { payload: v.strictObject({ room: id16Schema }), answer: v.null() },
  'presence:leave': { payload: v.strictObject({}), answer: v.null() },
} as const

/** What a client says without waiting for an answer. */
export const sends = { 'words:send': framesSchema } as const

export const facts = {
  'hello:asked': v.strictObject({ nonce: bytesUpTo(NONCE_BYTES) }),
  'record:appended': stampedSchema,
  'words:sent': framesSchema,
  'words:parted': partSchema,
  /** How many frames of the sync protocol; a refusal may overtake what waits for the disk. Those about presence are not counted. */
  'words:written': v.strictObject({ channel: channelSchema, frames: number }),
  'words:refused': v.strictObject({ channel: channelSchema, frames: number, code: v.string() }),
} as const

export type RequestName = keyof typeof requests
export type Payload<N extends RequestName> = v.InferOutput<(typeof requests)[N]['payload']>
export type Answer<N extends RequestName> = v.InferOutput<(typeof requests)[N]['answer']>
export type SendName = keyof typeof sends
export type Sent<N extends SendName> = v.InferOutput<(typeof sends)[N]>
export type FactName = keyof typeof facts
export type Fact<N extends FactName> = v.InferOutput<(typeof facts)[N]>
export type Ack<T> = (answer: Result<T>) => void
export type Part = v.InferOutput<typeof partSchema>

// ── HTTP: what is said before one holds a seat. Bytes are hex in JSON. ──

const hexRecordSchema = v.strictObject({
  head: hexUpTo(RECORD_MAX_BYTES),
  sig: hexOf(SIG_BYTES),
  box: hexUpTo(RECORD_MAX_BYTES),
})
const stampedHexSchema = v.strictObject({ ...hexRecordSchema.entries, received: number })
const ringSchema = v.strictObject({ find: hash32Schema, box: hexUpTo(RING_MAX_BYTES) })
const proofSchema = { id: id16Schema, nonce: hexOf(NONCE_BYTES), sig: hexOf(SIG_BYTES) }

export const posts = {
  /** The founding record, and the founder's key ring. */
  '/api/boards': {
    payload: v.strictObject({ record: hexRecordSchema, ring: ringSchema }),
    answer: v.strictObject({ received: number }),
  },
  /** Something fresh to sign. */
  '/api/nonces': {
    payload: v.strictObject({}),
    answer: v.strictObject({ nonce: hexOf(NONCE_BYTES) }),
  },
  /** Reads an invitation; spends nothing. */
  '/api/invitations/open': {
    payload: v.strictObject(proofSchema),
    answer: v.strictObject({
      blob: hexUpTo(BLOB_MAX_BYTES),
      records: v.array(stampedHexSchema),
      /** Milliseconds since the epoch. */
      expires: number,
    }),
  },
  /** Takes the second seat: the claim record, and its key ring. */
  '/api/invitations/claim': {
    payload: v.strictObject({ ...proofSchema, record: hexRecordSchema, ring: ringSchema }),
    answer: v.strictObject({ received: number }),
  },
  /** The key ring that twelve words lead to. */
  '/api/rings/open': {
    payload: v.strictObject({ find: hash32Schema }),
    answer: v.strictObject({ box: hexUpTo(RING_MAX_BYTES) }),
  },
} as const

export type PostPath = keyof typeof posts
export type PostPayload<P extends PostPath> = v.InferOutput<(typeof posts)[P]['payload']>
export type PostAnswer<P extends PostPath> = v.InferOutput<(typeof posts)[P]['answer']>
export type HexRecord = v.InferOutput<typeof hexRecordSchema>

/** GET /api/addresses: where else on the network this board can be opened (full origins). */
export const addressesSchema = v.strictObject({ origins: v.array(v.string()) })

/** Any answer: `{ ok: true, value }` by its schema, or a refusal by its code. */
export const refusalSchema = v.object({
  ok: v.literal(false),
  code: v.string(),
  when: v.exactOptional(v.number()),
})
export type { Refusal, Result }

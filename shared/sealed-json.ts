/**
 * Two small things that are sealed whole: the key ring that twelve words open
 * (K1) and the blob that an invitation link opens (K3).
 */
import * as v from 'valibot'
import { parseJson, utf8 } from './bytes.ts'
import { hash, open, seal, type Random } from './crypto.ts'
import { boardIdSchema, hash32Schema } from './ids.ts'
import type { InvitationSecrets, SeatSecrets } from './keys.ts'

const ringSchema = v.strictObject({
  v: v.literal(1),
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  board: boardIdSchema,
  /** The board key of each epoch, hex. */
  keys: v.strictObject({ 0: hash32Schema }),
})
/** Everything a seat needs besides its twelve words. */
export type Ring = v.InferOutput<typeof ringSchema>

const blobSchema = v.strictObject({
  v: v.literal(1),
  board: boardIdSchema,
  /** The board key, hex. */
  key: hash32Schema,
  /** The name of the person who invites. */
  name: v.string(),
  /** Place of the last record the inviter had seen: the history must contain it. */
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: hash32Schema,
})
export type InvitationBlob = v.InferOutput<typeof blobSchema>

export const RING_MAX_BYTES = 2048
export const BLOB_MAX_BYTES = 2048

const ringContext = (seat: SeatSecrets) => hash('ring', seat.find)
const blobContext = (invitation: InvitationSecrets) => hash('invitation', invitation.id)

const encode = (value: Ring | InvitationBlob) => utf8(JSON.stringify(value))

export const sealRing = (seat: SeatSecrets, ring: Ring, random: Random): Uint8Array =>
  seal(seat.wrap, ringContext(seat), encode(ring), random)

/** Null where the box is not this seat's, or not a ring. */
export function openRing(seat: SeatSecrets, box: Uint8Array): Ring | null {
  const plain = open(seat.wrap, ringContext(seat), box)
  const parsed = plain && v.safeParse(ringSchema, parseJson(plain))
  return parsed?.success ? parsed.output : null
}

export const sealBlob = (
  invitation: InvitationSecrets,
  blob: InvitationBlob,
  random: Random,
): Uint8Array => seal(invitation.wrap, blobContext(invitation), encode(blob), random)

/** Null where the blob was not made for this link, or is not one. */
export function openBlob(invitation: InvitationSecrets, sealed: Uint8Array): InvitationBlob | null {
  const plain = open(invitation.wrap, blobContext(invitation), sealed)
  const parsed = plain && v.safeParse(blobSchema, parseJson(plain))
  return parsed?.success ? parsed.output : null
}

/**
 * Names for the things that are counted: boards, boundaries, devices, seats,
 * hashes. Every id and hash is lower-case hex, so that one text has one id and
 * a case-blind disk cannot confuse two boards.
 */
import * as v from 'valibot'

export type Seat = 'a' | 'b'
export const seatSchema = v.picklist(['a', 'b'])
export const otherSeat = (seat: Seat): Seat => (seat === 'a' ? 'b' : 'a')

/** `bytes` bytes as lower-case hex. */
export const hexOf = (bytes: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`)))

/** Any whole number of bytes up to `max`, as lower-case hex. */
export const hexUpTo = (max: number) =>
  v.pipe(v.string(), v.maxLength(max * 2), v.regex(/^(?:[0-9a-f]{2})*$/))

/** 32 bytes: a hash, a public key or a board (the chain hash of its first record). */
export const hash32Schema = hexOf(32)
export const boardIdSchema = hash32Schema
/** 16 bytes: a boundary or an invitation. */
export const id16Schema = hexOf(16)
/** 8 bytes: one device (one browser profile) of one seat. */
export const deviceIdSchema = hexOf(8)

export const isBoardId = (text: string): boolean => v.is(boardIdSchema, text)
export const isBoundaryId = (text: string): boolean => v.is(id16Schema, text)

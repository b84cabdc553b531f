/**
 * What a device says it has verified: the chain hash at one place, signed with
 * the key of its seat. Two of them that differ at one place prove that two
 * histories were shown (P3).
 */
import * as v from 'valibot'
import { fromHex, hash, sign, toHex, verify } from './crypto.ts'
import { hash32Schema, hexOf, seatSchema, type Seat } from './ids.ts'
import type { Chain } from './history.ts'
import { SIG_BYTES } from './record.ts'

export const signedHeadSchema = v.strictObject({
  seat: seatSchema,
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: hash32Schema,
  sig: hexOf(SIG_BYTES),
})
export type SignedHead = v.InferOutput<typeof signedHeadSchema>

const content = (board: string, seat: Seat, seq: number, head: string): Uint8Array =>
  hash('head', board, seat, `${seq}`, head)

export function signHead(secret: Uint8Array, seat: Seat, chain: Chain): SignedHead {
  const { board, seq, hash: head } = chain
  const sig = toHex(sign(secret, 'head', content(board, seat, seq, head)))
  return { seat, seq, hash: head, sig }
}

/** Whether the holder of that seat signed it, by what this chain knows of seats. */
export function isSignedHead({ board, membership }: Chain, head: SignedHead): boolean {
  const key = membership[head.seat]?.sign
  return (
    key !== undefined &&
    verify(key, 'head', content(board, head.seat, head.seq, head.hash), fromHex(head.sig))
  )
}

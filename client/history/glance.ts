/**
 * What the list of a board needs of its history, kept sealed on this device: a
 * start shows it at once, and reads the history itself behind it. It is worth
 * what the pin is worth (R10): a glance of any other place is not shown, and
 * once the history is read nothing comes from here any more.
 */
import * as v from 'valibot'
import type { BoundaryStanding, Standing } from '../../shared/agreement.ts'
import { parseJson } from '../../shared/bytes.ts'
import { hash, open } from '../../shared/crypto.ts'
import type { Chain } from '../../shared/history.ts'
import { hash32Schema, id16Schema, seatSchema } from '../../shared/ids.ts'
import { kindSchema, wordingSchema } from '../../shared/wording.ts'
import type { Pin, SeatEntry } from '../entrances/vault.ts'
import type { Refusal } from '../reading/patience.ts'

export interface Glance {
  readonly chain: Chain
  readonly standing: Standing
  readonly refusals: readonly Refusal[]
  /** When the last record was made (seconds). */
  readonly at: number | null
  /** Records whose box could not be read. */
  readonly unreadable: number
}

type Address = Pick<SeatEntry, 'board' | 'seat'>

export const glanceContext = ({ board, seat }: Address): Uint8Array => hash('glance', board, seat)

/** Null where the box is not of this seat and this form, or is of another place than `pin`. */
export function openGlance(
  key: Uint8Array,
  address: Address,
  pin: Pin | null,
  box: Uint8Array,
): Glance | null {
  const plain = open(key, glanceContext(address), box)
  const read = v.safeParse(glanceSchema, plain && parseJson(plain))
  if (!read.success) return null
  const { chain, names, boundaries, ...rest } = read.output
  const isPinned = pin !== null && chain.seq === pin.seq && chain.hash === pin.hash
  if (!isPinned || chain.board !== address.board) return null
  return { ...rest, chain, standing: { names, boundaries: new Map(boundaries) } }
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const seconds = v.number()
const text = v.string()
const keys = v.strictObject({ sign: hash32Schema, exchange: hash32Schema })

const chainSchema = v.strictObject({
  board: hash32Schema,
  seq: count,
  hash: hash32Schema,
  membership: v.strictObject({
    a: keys,
    b: v.nullable(keys),
    invitations: v.array(
      v.strictObject({
        ...{ id: id16Schema, prove: hash32Schema, days: count, seq: count },
        state: v.picklist(['open', 'cancelled', 'used']),
      }),
    ),
  }),
})

const place = { seq: count, at: seconds }
const answer = v.nullable(
  v.variant('kind', [
    v.strictObject({
      ...{ kind: v.literal('yes'), ...place },
      ...{ words: hash32Schema, wording: v.nullable(wordingSchema), why: v.nullable(text) },
    }),
    v.strictObject({ kind: v.literal('later'), ...place, until: text, note: v.nullable(text) }),
    v.strictObject({
      kind: v.literal('no'),
      ...place,
      words: hash32Schema,
      note: v.nullable(text),
    }),
  ]),
)
const version = v.strictObject({
  ...{ wording: wordingSchema, words: hash32Schema, number: count, ...place },
})
const boundarySchema: v.GenericSchema<unknown, BoundaryStanding> = v.strictObject({
  kind: v.nullable(kindSchema),
  answers: v.strictObject({ a: answer, b: answer }),
  inForce: v.nullable(version),
  versions: count,
  previous: v.nullable(wordingSchema),
  ended: v.nullable(
    v.strictObject({ how: v.picklist(['let-go', 'stepped-back']), ...place, version }),
  ),
  heard: v.nullable(hash32Schema),
  lookAgain: v.nullable(text),
})
const refusalSchema: v.GenericSchema<unknown, Refusal> = v.strictObject({
  ...{ by: seatSchema, boundary: id16Schema, words: hash32Schema },
  ...{ sense: v.nullable(text), back: text, others: v.nullable(text) },
})

const glanceSchema = v.strictObject({
  chain: chainSchema,
  names: v.strictObject({ a: v.nullable(text), b: v.nullable(text) }),
  boundaries: v.array(v.tuple([id16Schema, boundarySchema])),
  refusals: v.array(refusalSchema),
  at: v.nullable(seconds),
  unreadable: count,
})

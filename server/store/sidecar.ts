/** The sidecar's shape, checked on every way in and out of every store. */
import * as v from 'valibot'
import { hexUpTo } from '../../shared/ids.ts'
import type { Sidecar } from './store.ts'

const idSchema = v.pipe(hexUpTo(32), v.minLength(2))
/** Far above any sealed blob: a bound against nonsense, not a limit of the board. */
const blobSchema = hexUpTo(64 * 1024)

const sidecarSchema = v.strictObject({
  invitations: v.record(idSchema, v.nullable(blobSchema)),
  rings: v.record(
    idSchema,
    v.strictObject({
      rev: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
      box: blobSchema,
    }),
  ),
})

/** A fresh copy of what is a sidecar; throws for what is none. */
export const parseSidecar = (input: unknown): Sidecar => v.parse(sidecarSchema, input)

/** What a server's answer may be, parsed once. */
import * as v from 'valibot'
import { refuse, type Refusal, type Result } from '../../shared/refusal.ts'
import { refusalSchema } from '../../shared/wire.ts'

/** An answer by its schema, a refusal by its code; anything else is the server's fault. */
export function parseAnswer<S extends v.GenericSchema>(
  schema: S,
  raw: unknown,
): Result<v.InferOutput<S>> {
  const good = v.safeParse(v.object({ ok: v.literal(true), value: schema }), raw)
  if (good.success) return { ok: true, value: good.output.value }
  const bad = v.safeParse(refusalSchema, raw)
  return bad.success ? (bad.output as Refusal) : refuse('internal')
}

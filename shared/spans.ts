/**
 * What was agreed when: each wording that was ever in force, from the record
 * that brought it into force to the one that ended it. A pure fold, as the
 * standing is; the picture of the whole time and the versions of a boundary are
 * drawn from it.
 */
import { apply, emptyStanding, standingOf, type Entry, type Version } from './agreement.ts'
import { boundaryOf } from './act.ts'
import type { Kind } from './wording.ts'

export interface Span {
  readonly boundary: string
  readonly kind: Kind
  readonly version: Version
  /** Null while it is in force. */
  readonly end: {
    readonly how: 'changed' | 'let-go' | 'stepped-back'
    readonly seq: number
    /** Seconds since the epoch. */
    readonly at: number
  } | null
}

/** In the order in which they came into force. */
export function spansOf(entries: readonly Entry[]): readonly Span[] {
  const spans: Span[] = []
  /** Where the span in force of a boundary is. */
  const open = new Map<string, number>()
  let standing = emptyStanding
  for (const entry of entries) {
    const before = standing
    standing = apply(before, entry)
    const boundary = boundaryOf(entry.act)
    if (boundary === null || standing === before) continue
    const [was, is] = [standingOf(before, boundary), standingOf(standing, boundary)]
    if (was.inForce === is.inForce) continue
    const { seq, at } = entry
    const last = open.get(boundary)
    const ended = last === undefined ? undefined : spans[last]
    if (last !== undefined && ended) {
      const how = is.inForce ? 'changed' : (is.ended?.how ?? 'stepped-back')
      spans[last] = { ...ended, end: { how, seq, at } }
      open.delete(boundary)
    }
    if (is.inForce) {
      open.set(boundary, spans.length)
      spans.push({ boundary, kind: is.kind ?? 'ours', version: is.inForce, end: null })
    }
  }
  return spans
}

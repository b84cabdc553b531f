/** The wordings of one boundary that were ever in force, and since when until when. */
import type { Span } from '../../shared/spans.ts'
import type { Wording } from '../../shared/wording.ts'

export interface VersionOf {
  /** Counts from 1. */
  readonly number: number
  readonly wording: Wording
  /** The record that brought it into force. */
  readonly seq: number
  /** Seconds since the epoch. */
  readonly from: number
  /** Null: it is in force. */
  readonly to: number | null
}

/** Newest first. */
export const versionsOf = (spans: readonly Span[], boundary: string): VersionOf[] =>
  spans
    .filter((span) => span.boundary === boundary)
    .map(({ version: { number, wording, seq, at }, end }) => ({
      ...{ number, wording, seq, from: at, to: end?.at ?? null },
    }))
    .reverse()

export interface ThenAndNow {
  /** Null: nothing is agreed now. */
  readonly now: VersionOf | null
  /** What held before that, else what held last. */
  readonly then: VersionOf
}

/** Null where nothing ever changed. */
export function thenAndNow(versions: readonly VersionOf[]): ThenAndNow | null {
  const [last, before] = versions
  if (!last) return null
  if (last.to !== null) return { now: null, then: last }
  return before ? { now: last, then: before } : null
}

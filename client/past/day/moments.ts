/** Going from one moment to the next, and to a day. Days are this device's own. */
import { dayAt } from '../../reading/day.ts'
import { indexAfter, type Moment } from '../timeline.ts'

export interface Around {
  readonly earlier: Moment | null
  /** The record looked at is this moment itself. */
  readonly here: Moment | null
  readonly later: Moment | null
}

export function around(moments: readonly Moment[], seq: number): Around {
  const next = indexAfter(moments, seq)
  const last = moments[next - 1] ?? null
  const here = last?.seq === seq ? last : null
  return {
    here,
    earlier: here ? (moments[next - 2] ?? null) : last,
    later: moments[next] ?? null,
  }
}

/** The last moment on or before a day (YYYY-MM-DD). */
export const momentOn = (moments: readonly Moment[], day: string): Moment | null =>
  moments.findLast(({ at }) => dayAt(at * 1000) <= day) ?? null

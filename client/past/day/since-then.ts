/** What is agreed now and was not then, or the other way round: what came and went between is not told. */
import type { Version } from '../../../shared/agreement.ts'
import type { Kind, Wording } from '../../../shared/wording.ts'
import type { Timeline } from '../timeline.ts'

export interface SinceThen {
  readonly boundary: string
  readonly name: string
  readonly kind: Kind
  readonly what: 'agreed' | 'changed' | 'let-go' | 'stepped-back'
  /** Seconds since the epoch: since when it is as it is now. */
  readonly at: number
  /** With `changed`. */
  readonly before: Wording | null
  readonly after: Wording | null
}

/** Newest first. `last`: the newest record. */
export function sinceThen(timeline: Timeline, seq: number, last: number): SinceThen[] {
  const then = timeline.on(seq)
  return [...timeline.on(last)]
    .flatMap(([boundary, { standing }]) => {
      const was = then.get(boundary)?.standing.inForce ?? null
      const is = standing.inForce
      if (was?.words === is?.words) return []
      const version = is ?? was
      if (!version) return []
      const { ended, kind } = standing
      const what = whatOf(was, is, ended?.how ?? 'stepped-back')
      const changed = what === 'changed'
      return [
        {
          ...{ boundary, what, name: version.wording.name, kind: kind ?? 'ours' },
          at: is?.at ?? ended?.at ?? 0,
          before: changed ? (was?.wording ?? null) : null,
          after: changed ? version.wording : null,
        },
      ]
    })
    .sort((one, other) => other.at - one.at)
}

const whatOf = (
  was: Version | null,
  is: Version | null,
  ended: 'let-go' | 'stepped-back',
): SinceThen['what'] => (!is ? ended : was ? 'changed' : 'agreed')

/** A year of two people on a few boundaries, from a seed: as lines, one or several on a day. */
import type { Act, UnknownAct } from '../../../shared/act.ts'
import { apply, emptyStanding, standingOf, type Standing } from '../../../shared/agreement.ts'
import { otherSeat, type Seat } from '../../../shared/ids.ts'
import type { Kind, Wording } from '../../../shared/wording.ts'
import type { Line } from '../../../client/history/ledger.ts'
import { seededRandom } from '../random.ts'
import { BEGIN, later, no, stepBack, takeBack, yes } from './tell-lines.ts'

export interface Year {
  readonly lines: readonly Line[]
  /** The standing after each line, as it passed. */
  readonly standings: readonly Standing[]
}

export interface YearOptions {
  readonly records: number
  readonly boundaries: number
}

const DAY = 86_400

export function simulateYear(seed: number, { records, boundaries }: YearOptions): Year {
  const random = seededRandom(seed)
  const below = (count: number): number => {
    const [high = 0, low = 0] = random(2)
    return (high * 256 + low) % count
  }
  const lines: Line[] = []
  const standings: Standing[] = []
  let standing = emptyStanding
  let at = BEGIN
  for (let seq = 0; seq < records; seq++) {
    at += below(4) === 0 ? 60 : Math.floor(((365 * DAY) / records) * (below(200) / 100))
    const seat: Seat = below(2) === 0 ? 'a' : 'b'
    const boundary = below(boundaries).toString(16).padStart(32, '0')
    const act = nextAct(standing, boundary, seat, below)
    const line = { seq, seat, act, at, open: null, received: at * 1000 }
    standing = apply(standing, line)
    lines.push(line)
    standings.push(standing)
  }
  return { lines, standings }
}

/** More often than not an answer to what the other said, as between two people. */
function nextAct(
  standing: Standing,
  boundary: string,
  seat: Seat,
  below: (count: number) => number,
): Act | UnknownAct | null {
  const { answers, inForce, kind } = standingOf(standing, boundary)
  const theirs = answers[otherSeat(seat)]
  const asked = theirs?.kind === 'yes' ? theirs.wording : undefined
  const words = wordingOf(kind ?? (below(8) === 0 ? seat : 'ours'), boundary, below(5))
  if (asked !== undefined && below(3) > 0)
    return below(4) > 0 ? yes(asked, boundary) : no(asked, boundary)
  switch (below(14)) {
    case 0:
      return null
    case 1:
      return { kind: 'unknown' }
    case 2:
      return later(boundary)
    case 3:
      return takeBack(boundary)
    case 4:
      return stepBack(inForce?.wording ?? words, boundary)
    case 5:
      return yes(null, boundary)
    case 6:
      return { kind: 'heard', boundary, words: inForce?.words ?? '00'.repeat(32) }
    default:
      return yes(words, boundary)
  }
}

const wordingOf = (kind: Kind, boundary: string, version: number): Wording => ({
  ...{ kind, name: `Boundary ${Number.parseInt(boundary, 16)}`, ifItSlips: '', until: null },
  words: `From ten our phones stay in place ${version}, and neither of us looks.`,
})

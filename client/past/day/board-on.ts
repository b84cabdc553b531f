/**
 * The board as it stood after one record: what was in force and what was
 * suggested. Nobody is asked anything by it, and what each had only written,
 * or had set aside, is not in it.
 */
import { otherSeat, type Seat } from '../../../shared/ids.ts'
import type { Wording } from '../../../shared/wording.ts'
import type { Card } from '../../board/board-view.ts'
import { dayAt } from '../../reading/day.ts'
import { groupOf, type Group } from '../../list/groups.ts'
import { cardOf } from '../../reading/status.ts'
import type { Line } from '../../history/ledger.ts'
import type { State, Timeline } from '../timeline.ts'

export interface CardOn extends Pick<Card, 'id' | 'name' | 'status' | 'words'> {
  readonly ifItSlips: string
  /** Other words than those, or an ending (null), that somebody had said yes to. */
  readonly suggested: readonly { readonly by: Seat; readonly wording: Wording | null }[]
}

export interface BoardOn {
  /** The record after which it stood so. */
  readonly seq: number
  /** Seconds since the epoch. */
  readonly at: number
  readonly groups: Readonly<
    Record<Extract<Group, 'agreed' | 'worded' | 'closed'>, readonly CardOn[]>
  >
}

/** Null where nothing is on record at all. */
export function boardOn(
  timeline: Timeline,
  lines: readonly Line[],
  seq: number,
  seat: Seat,
): BoardOn | null {
  const line = lines[Math.min(seq, lines.length - 1)]
  if (!line) return null
  const day = dayAt(line.at * 1000)
  const groups = { agreed: [] as CardOn[], worded: [] as CardOn[], closed: [] as CardOn[] }
  for (const [id, state] of [...timeline.on(line.seq)].reverse()) {
    const card = cardBy(id, state, seat, day)
    const group = groupOf({ ...card, forYou: null })
    if (group === 'agreed' || group === 'worded' || group === 'closed')
      groups[group].push(cardOn(card, state, seat))
  }
  return { seq: line.seq, at: line.at, groups }
}

/** What was said last lies in the place of the words on the table, which no record holds. */
function cardBy(id: string, { standing, said, seq }: State, seat: Seat, today: string): Card {
  const table = said && {
    ...{ name: said.name, words: said.words, ifItSlips: said.ifItSlips, kind: said.kind },
    ...{ id, by: seat, created: seq, category: null, aside: false, kept: undefined },
  }
  return cardOf(id, standing, table, seat, { today, refusals: [], intention: () => null })
}

function cardOn(card: Card, { standing, said }: State, seat: Seat): CardOn {
  const { id, status } = card
  const shown = standing.inForce?.wording ?? said
  const suggested = [seat, otherSeat(seat)].flatMap((by) => {
    const answer = standing.answers[by]
    return answer?.kind === 'yes' ? [{ by, wording: answer.wording }] : []
  })
  return {
    ...{ id, status, suggested },
    ...{ name: shown?.name ?? card.name, words: shown?.words ?? card.words },
    ifItSlips: shown?.ifItSlips ?? '',
  }
}

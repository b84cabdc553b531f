/**
 * The history as people read it: one item for each record that said something,
 * in order. Pure; sentences are made from it by the catalogue.
 */
import { apply, emptyStanding, standingOf, type Standing } from '../../shared/agreement.ts'
import { otherSeat } from '../../shared/ids.ts'
import type { Wording } from '../../shared/wording.ts'
import type { HistoryItem } from './board-view.ts'
import type { Line } from '../history/ledger.ts'

/** Items oldest first. A record that the laws make void is left out. */
export function chronicleOf(lines: readonly Line[]): HistoryItem[] {
  const items: HistoryItem[] = []
  let standing = emptyStanding
  for (const line of lines) {
    const after = apply(standing, line)
    const item = itemOf(line, standing, after)
    if (item) items.push(item)
    standing = after
  }
  return items
}

function itemOf(line: Line, before: Standing, after: Standing): HistoryItem | null {
  const { act, open, seat, seq, at } = line
  const bare = {
    seq,
    at,
    who: seat,
    boundary: null,
    name: '',
    suggested: null,
    before: null,
    after: null,
  }
  if (open) return { ...bare, name: after.names[seat] ?? '', what: MEMBERSHIP[open.kind] }
  if (act === null) return { ...bare, what: 'unreadable' }
  if (act.kind === 'unknown') return { ...bare, what: 'unknown' }
  if (act.kind === 'name') {
    return before === after ? null : { ...bare, what: 'renamed', name: after.names[seat] ?? '' }
  }
  if (!('boundary' in act) || before === after) return null
  return boundaryItem(line, act.boundary, before, after)
}

const MEMBERSHIP = {
  found: 'started-board',
  claim: 'joined',
  invite: 'invited',
  cancel: 'cancelled-invitation',
} as const

function boundaryItem(
  { act, seat, seq, at }: Line,
  boundary: string,
  standingBefore: Standing,
  standingAfter: Standing,
): HistoryItem {
  const was = standingOf(standingBefore, boundary)
  const is = standingOf(standingAfter, boundary)
  const previous = was.inForce?.wording ?? null
  const item = (
    what: HistoryItem['what'],
    wording: Wording | null,
    more: Partial<HistoryItem> = {},
  ): HistoryItem => ({
    seq,
    at,
    who: seat,
    boundary,
    name: wording?.name ?? '',
    what,
    suggested: null,
    before: null,
    after: wording,
    ...more,
  })
  const cameIntoForce = is.inForce !== null && is.inForce.seq === seq
  if (cameIntoForce && is.inForce) {
    const first = was.answers[otherSeat(seat)]
    return item(previous ? 'changed' : 'agreed', is.inForce.wording, {
      before: previous,
      suggested: first ? { by: otherSeat(seat), at: first.at } : { by: seat, at },
    })
  }
  if (previous && !is.inForce) {
    return item(is.ended?.how === 'let-go' ? 'let-go' : 'stepped-back', previous)
  }
  if (act?.kind === 'yes') return item('suggested', act.wording ?? previous, { before: previous })
  const mine = was.answers[seat]
  const said = mine?.kind === 'yes' ? mine.wording : null
  if (act?.kind === 'take-back') return item('took-back', said ?? previous)
  return item('other', previous ?? said)
}

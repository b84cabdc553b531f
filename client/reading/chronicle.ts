/**
 * The history as people read it: one item for each record that said something,
 * in order. Pure; sentences are made from it by the catalogue.
 */
import {
  apply,
  emptyStanding,
  standingOf,
  type Answer,
  type BoundaryStanding,
  type Standing,
} from '../../shared/agreement.ts'
import { otherSeat } from '../../shared/ids.ts'
import { sameTexts, type Wording } from '../../shared/wording.ts'
import type { HistoryItem } from './history-item.ts'
import { dayAt } from './day.ts'
import type { Follower, Line } from '../history/ledger.ts'

/** Items oldest first. A record that the laws make void is left out, and the same said and taken back again and again is told once. */
export function chronicleOf(lines: readonly Line[]): HistoryItem[] {
  const items: HistoryItem[] = []
  let standing = emptyStanding
  for (const line of lines) {
    const after = apply(standing, line)
    addItem(items, line, standing, after)
    standing = after
  }
  return items
}

function addItem(items: HistoryItem[], line: Line, before: Standing, after: Standing): void {
  const item = itemOf(line, before, after)
  if (item && !foldsInto(items, item)) items.push(item)
}

/** The items of a history as it grows, line by line: the same list until it did. */
export class Chronicle implements Follower {
  #items: HistoryItem[] = []
  #shown: readonly HistoryItem[] | null = null

  take(line: Line, before: Standing, after: Standing): void {
    if (line.seq === 0) this.#items = []
    addItem(this.#items, line, before, after)
    this.#shown = null
  }

  get current(): readonly HistoryItem[] {
    return (this.#shown ??= [...this.#items])
  }
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
    note: null,
    day: null,
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

/**
 * Whether `item` takes back a yes that the same person already gave to the same
 * words, and took back, on the same day, with nothing else said about the
 * boundary between: then the second time is left out, yes and all.
 */
function foldsInto(items: HistoryItem[], item: HistoryItem): boolean {
  if (item.what !== 'took-back') return false
  const about: number[] = []
  for (let i = items.length - 1; i >= 0 && about.length < 3; i--) {
    if (items[i]?.boundary === item.boundary) about.push(i)
  }
  const [yes, back, before] = about.map((i) => items[i])
  if (!yes || !before || back?.what !== 'took-back' || !isYes(yes)) return false
  if (yes.what !== before.what || yes.note !== before.note) return false
  if (![yes, back, before].every((each) => isLike(each, item))) return false
  items.splice(about[0] ?? 0, 1)
  return true
}

const isYes = ({ what }: HistoryItem): boolean =>
  what === 'suggested' || what === 'ending-suggested'

const isLike = (one: HistoryItem, other: HistoryItem): boolean =>
  one.who === other.who &&
  dayAt(one.at * 1000) === dayAt(other.at * 1000) &&
  (one.after && other.after ? sameTexts(one.after, other.after) : one.after === other.after)

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
    note: null,
    day: null,
    ...more,
  })
  const isLimit = is.kind === 'a' || is.kind === 'b'
  const cameIntoForce = is.inForce !== null && is.inForce.seq === seq
  if (cameIntoForce && is.inForce) {
    const first = was.answers[otherSeat(seat)]
    const note = whyOf(act, first)
    if (isLimit) {
      return item(previous ? 'limit-changed' : 'limit', is.inForce.wording, {
        ...{ before: previous, note },
      })
    }
    return item(previous ? 'changed' : 'agreed', is.inForce.wording, {
      ...{ before: previous, note },
      suggested: first ? { by: otherSeat(seat), at: first.at } : { by: seat, at },
    })
  }
  if (previous && !is.inForce) {
    const what = is.ended?.how === 'let-go' ? 'let-go' : 'stepped-back'
    return item(isLimit ? 'limit-ended' : what, previous)
  }
  if (act?.kind === 'yes') {
    const note = act.why ?? null
    return act.wording
      ? item('suggested', act.wording, { before: previous, note })
      : item('ending-suggested', previous, { note })
  }
  const mine = was.answers[seat]
  const said = mine?.kind === 'yes' ? mine.wording : null
  if (act?.kind === 'take-back') {
    const yes = mine?.kind === 'yes'
    return item(yes ? 'took-back' : 'took-back-answer', said ?? previous ?? named(is))
  }
  const theirs = was.answers[otherSeat(seat)]
  const about = previous ?? (theirs?.kind === 'yes' ? theirs.wording : null) ?? said ?? named(is)
  switch (act?.kind) {
    case 'later':
      return item('needs-time', about, { day: act.until, note: act.note ?? null })
    case 'no':
      return item('said-no', about, { note: act.note ?? null })
    case 'heard':
      return item('heard', previous)
    case 'look-again':
      return item('look-again', previous, { day: act.on })
    default:
      return item('other', about)
  }
}

/** The reason for what came into force: beside the yes that suggested it, else beside the last. */
function whyOf(act: Line['act'], first: Answer | null): string | null {
  if (first?.kind === 'yes' && first.why !== null) return first.why
  return act?.kind === 'yes' ? (act.why ?? null) : null
}

/** What a boundary was called when it last was in force. */
const named = ({ ended }: BoundaryStanding): Wording | null => ended?.version.wording ?? null

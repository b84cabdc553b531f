/**
 * The history as it is read: what was suggested and replaced before anybody
 * answered goes into the entry that came of it, with every reason that was
 * given. Nothing is left out: what went in is kept with the entry.
 */
import type { Seat } from '../../../shared/ids.ts'
import { sameTexts } from '../../../shared/wording.ts'
import type { HistoryItem } from '../../reading/history-item.ts'
import type { Line } from '../../history/ledger.ts'

export interface Reason {
  readonly who: Seat
  readonly text: string
}

export interface Entry extends HistoryItem {
  /** In the order in which they were given. */
  readonly reasons: readonly Reason[]
  /** Other words that were suggested on the way, oldest first. */
  readonly onTheWay: readonly HistoryItem[]
}

/** Items and entries oldest first; `lines` is the history that the items are made from. */
export function entriesOf(items: readonly HistoryItem[], lines: readonly Line[]): Entry[] {
  const entries: (Entry | null)[] = []
  /** Where the suggestion is that nobody has answered yet, of each boundary. */
  const open = new Map<string, number>()
  for (const item of items) {
    const key = item.boundary ?? ''
    const at = open.get(key)
    const folded = at !== undefined && (isSuggestion(item) || settles(item)) ? entries[at] : null
    if (folded && at !== undefined) entries[at] = null
    entries.push(entryOf(item, reasonIn(lines[item.seq]), folded ?? null))
    if (isSuggestion(item)) open.set(key, entries.length - 1)
    else if (!SAYS_NOTHING_OF_IT.has(item.what)) open.delete(key)
  }
  return entries.filter((entry) => entry !== null)
}

type What = HistoryItem['what']
const SAYS_NOTHING_OF_IT: ReadonlySet<What> = new Set<What>(['heard', 'look-again'])

const isSuggestion = ({ what }: HistoryItem): boolean =>
  what === 'suggested' || what === 'ending-suggested'

const settles = ({ what }: HistoryItem): boolean =>
  what === 'agreed' || what === 'changed' || what === 'let-go'

function entryOf(item: HistoryItem, said: string | null, folded: Entry | null): Entry {
  const { who, what, note } = item
  const own = said === null ? [] : [{ who, text: said }]
  const reasons = [...(folded?.reasons ?? []), ...own]
  // The suggestion was answered before, and stands as an entry of its own: the reason is told again.
  if (note !== null && !reasons.some(({ text }) => text === note))
    reasons.unshift({ who: item.suggested?.by ?? who, text: note })
  const suggested =
    what === 'let-go' && folded?.what === 'ending-suggested'
      ? { by: folded.who, at: folded.at }
      : item.suggested
  return { ...item, suggested, reasons, onTheWay: onTheWay(item, folded) }
}

function onTheWay(item: HistoryItem, folded: Entry | null): readonly HistoryItem[] {
  if (!folded) return []
  const all = [...folded.onTheWay, folded]
  return all.filter(
    (one, at) =>
      one.what === 'suggested' &&
      !isSame(one, item) &&
      all.findIndex((other) => isSame(one, other)) === at,
  )
}

const isSame = (one: HistoryItem, other: HistoryItem): boolean =>
  other.what !== 'ending-suggested' &&
  other.what !== 'let-go' &&
  one.after !== null &&
  other.after !== null &&
  sameTexts(one.after, other.after)

/** The line that somebody wrote beside what they said. */
function reasonIn(line: Line | undefined): string | null {
  const act = line?.act
  if (act?.kind === 'yes') return act.why ?? null
  return act?.kind === 'later' || act?.kind === 'no' ? (act.note ?? null) : null
}

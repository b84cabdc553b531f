/**
 * *Since you were last here*: what the partner did with each boundary, one
 * thing for each, and what matters most first. Pure. Days, never hours; no
 * order in time is told, and nothing is counted.
 */
import type { TableBoundary } from '../../shared/board-doc.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { cleanName } from '../../shared/wording.ts'
import type { Seen } from '../entrances/vault.ts'
import type { Told } from '../board/board-view.ts'
import type { HistoryItem } from './history-item.ts'

/** A name longer than this would fill a phone. */
const NAME_SHOWN = 40

export interface SinceWhat {
  readonly seen: Seen
  readonly history: readonly HistoryItem[]
  readonly table: readonly TableBoundary[]
  readonly seat: Seat
  /** YYYY-MM-DD */
  readonly today: string
}

/** What came into force or ended; told first, so that nothing else can bury it. */
const HOLDS = [
  ...(['stepped-back', 'let-go', 'limit-ended', 'limit-changed', 'limit'] as const),
  ...(['changed', 'agreed'] as const),
] as const
const ANSWERS = ['suggested', 'ending-suggested', 'needs-time', 'said-no', 'heard'] as const
const TAKEN_BACK = ['took-back', 'took-back-answer'] as const

type What = HistoryItem['what']
type Item<W extends What> = HistoryItem & { readonly what: W }
type Holds = Item<(typeof HOLDS)[number]>
type Answer = Item<(typeof ANSWERS)[number]>
type TakenBack = Item<(typeof TAKEN_BACK)[number]>

const isOne =
  <W extends What>(whats: readonly W[]) =>
  (item: HistoryItem): item is Item<W> =>
    whats.some((what) => what === item.what)
const isHolds = isOne(HOLDS)
const isAnswer = isOne(ANSWERS)
const isTakenBack = isOne(TAKEN_BACK)

export function sinceOf({ seen, history, table, seat, today }: SinceWhat): Told[] {
  const news = new Map<string, News>()
  for (const item of history) {
    const { boundary, seq } = item
    if (boundary === null || seq <= seen.seq) continue
    news.set(boundary, after(news.get(boundary) ?? NOTHING, item, seat))
  }
  const fresh = table
    .filter(({ id, by }) => by === otherSeat(seat) && !seen.shared.includes(id))
    .filter(({ id }) => !news.get(id)?.own)
    .sort((one, other) => other.created - one.created)
  const isFresh = new Set(fresh.map(({ id }) => id))
  const said = [...news.values()]
    .flatMap((each) => each.holds ?? each.answer ?? each.tookBack ?? [])
    .filter(({ day }) => day === null || today < day) // what is over by now is not told
    .sort((one, other) => other.seq - one.seq)
  const told = new Set(said.map(({ boundary }) => boundary))
  return [
    ...[...said.filter(isHolds), ...said.filter((item) => !isHolds(item))].map((item) =>
      toldOf(item, isFresh.has(item.boundary ?? '')),
    ),
    ...fresh
      .filter(({ id }) => !told.has(id))
      .map(({ id, name }): Told => ({
        ...{ boundary: id, name: shownName(name), what: 'shared', day: null },
      })),
  ]
}

/** What the partner did with one boundary that still stands. */
interface News {
  readonly holds: Holds | null
  readonly answer: Answer | null
  readonly tookBack: TakenBack | null
  /** One answered it oneself, on another device: what came before is known. */
  readonly own: boolean
}

const NOTHING: News = { holds: null, answer: null, tookBack: null, own: false }

function after(news: News, item: HistoryItem, seat: Seat): News {
  if (item.who === seat) return { ...NOTHING, own: true }
  if (isHolds(item)) return { ...NOTHING, own: news.own, holds: item }
  if (isAnswer(item)) return { ...news, answer: item }
  if (!isTakenBack(item)) return news
  // Said and taken back meanwhile: as it was, and nothing to tell.
  return news.answer ? { ...news, answer: null } : { ...news, tookBack: item }
}

function toldOf(item: Holds | Answer | TakenBack, fresh: boolean): Told {
  const { boundary, name, day, before } = item
  const common = { boundary: boundary ?? '', name: shownName(name), day }
  if (item.what !== 'suggested') return { ...common, what: item.what }
  return { ...common, what: fresh ? 'shared-and-agrees' : before ? 'change-suggested' : 'agrees' }
}

/** One short line of a name that the other person chose: what cannot be seen is not shown. */
function shownName(name: string): string {
  const letters = [...name.trim()]
  const clean = cleanName(letters.slice(0, NAME_SHOWN).join('')) ?? ''
  return letters.length > NAME_SHOWN && clean ? `${clean}…` : clean
}

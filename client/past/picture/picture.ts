/**
 * The picture of the whole time, laid out: one ribbon for each boundary that was
 * ever in force, on a row of months. Pure. Places are parts of the width, from 0
 * (the first day of the first month) to 1 (the end of today), so that one layout
 * serves a phone, a desk and a sheet of paper. Days, never hours; and how a thing
 * ended, never who ended it.
 */
import type { Span } from '../../../shared/spans.ts'
import type { Kind } from '../../../shared/wording.ts'
import { dayAt } from '../../reading/day.ts'

export interface Picture {
  /** The first day told of, and today. YYYY-MM-DD. */
  readonly from: string
  readonly until: string
  readonly months: readonly Month[]
  /** In the order in which they first came into force. */
  readonly rows: readonly Row[]
}

export interface Month {
  /** Its first day. */
  readonly day: string
  readonly x: number
  /** Whether there is room for its name: nowhere, on a desk, on a phone too. */
  readonly named: 'no' | 'wide' | 'always'
}

export interface Row {
  readonly boundary: string
  /** What it was called last. */
  readonly name: string
  readonly kind: Kind
  /** Where it was in force without a break: a gap between two is a gap in time. */
  readonly ribbons: readonly { readonly x: number; readonly width: number }[]
  readonly marks: readonly Mark[]
  /** The same as days, oldest first. */
  readonly told: readonly Told[]
}

export interface Mark {
  readonly what: Ending
  readonly x: number
}

type Ending = NonNullable<Span['end']>['how']

/** One wording, from the day it came into force to the day it ended; null while it is in force. */
export interface Told {
  readonly seq: number
  readonly from: string
  readonly until: string | null
  readonly how: Ending | null
}

/** So many names of months fit beside each other. */
const NAMES = { always: 6, wide: 12 }
/** Every so manieth month is named, where not all can be. Each goes into the next, so that a desk names all that a phone does. */
const STEPS = [1, 2, 6, 12, 24, 48, 96]
/** A name that begins further right than this (in parts of its room) is cut off. */
const ROOM = 0.65
/** What came and went in a day can still be seen. */
const LEAST_WIDTH = 0.008

/** `spans` in the order in which they came into force; null where there are none. `today`: YYYY-MM-DD. */
export function pictureOf(spans: readonly Span[], today: string): Picture | null {
  const [first] = spans
  if (!first) return null
  const from = dayAt(first.version.at * 1000)
  // A record may bear a day that this device has not come to yet.
  const until = spans.map(lastDayOf).reduce((last, day) => (day > last ? day : last), today)
  const place = placing(`${from.slice(0, 7)}-01`, until)
  return { from, until, months: monthsOf(from, until, place), rows: rowsOf(spans, place) }
}

/** Where a day begins; `after`: so many days later. */
type Place = (day: string, after?: number) => number

function placing(from: string, until: string): Place {
  const [start, end] = [dayNumber(from), dayNumber(until) + 1]
  return (day, after = 0) => Math.min(1, (dayNumber(day) + after - start) / (end - start))
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000

const lastDayOf = ({ version, end }: Span): string => dayAt((end ?? version).at * 1000)

function monthsOf(from: string, until: string, place: Place): Month[] {
  const days = firstDays(from, until)
  const isNamed = (limit: number) => {
    const step = STEPS.find((each) => days.length / each <= limit) ?? days.length
    return (at: number, x: number) => at % step === 0 && (at === 0 || 1 - x >= ROOM / limit)
  }
  const [always, wide] = [isNamed(NAMES.always), isNamed(NAMES.wide)]
  return days.map((day, at) => {
    const x = place(day)
    return { day, x, named: always(at, x) ? 'always' : wide(at, x) ? 'wide' : 'no' }
  })
}

function firstDays(from: string, until: string): string[] {
  const days: string[] = []
  let [year = 0, month = 0] = from.split('-').map(Number)
  for (;;) {
    const day = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`
    if (day > until) return days
    days.push(day)
    if (++month > 12) [year, month] = [year + 1, 1]
  }
}

function rowsOf(spans: readonly Span[], place: Place): Row[] {
  const rows = new Map<string, Span[]>()
  for (const span of spans) {
    const row = rows.get(span.boundary)
    if (row) row.push(span)
    else rows.set(span.boundary, [span])
  }
  return [...rows].map(([boundary, row]) => ({
    boundary,
    name: row.at(-1)?.version.wording.name ?? '',
    kind: row[0]?.kind ?? 'ours',
    ribbons: ribbonsOf(row, place),
    marks: marksOf(row, place),
    told: row.map(toldOf),
  }))
}

function ribbonsOf(row: readonly Span[], place: Place): { x: number; width: number }[] {
  const ribbons: { x: number; width: number }[] = []
  let start: number | null = null
  for (const { version, end } of row) {
    start ??= place(dayAt(version.at * 1000))
    if (end?.how === 'changed') continue
    const stop = end ? place(dayAt(end.at * 1000)) : 1
    const width = Math.max(stop - start, LEAST_WIDTH)
    ribbons.push({ x: Math.min(start, 1 - width), width })
    start = null
  }
  return ribbons
}

/** Each place once: two changes on one day are one notch. */
function marksOf(row: readonly Span[], place: Place): Mark[] {
  const marks: Mark[] = []
  for (const { end } of row) {
    if (!end) continue
    const mark: Mark = { what: end.how, x: place(dayAt(end.at * 1000)) }
    if (!marks.some(({ what, x }) => what === mark.what && x === mark.x)) marks.push(mark)
  }
  return marks
}

const toldOf = ({ version, end }: Span): Told => ({
  seq: version.seq,
  from: dayAt(version.at * 1000),
  until: end && dayAt(end.at * 1000),
  how: end?.how ?? null,
})

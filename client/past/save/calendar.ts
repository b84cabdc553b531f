/**
 * Days to look again, for a calendar (RFC 5545): one all-day event a day, with a
 * title that names nobody and holds no words, and no alarm. Two boundaries on one
 * day are one event: a calendar that others see counts nothing.
 */
import { utf8 } from '../../../shared/bytes.ts'
import { hexHash } from '../../../shared/crypto.ts'
import type { BoardView } from '../../board/board-view.ts'

/** The days to come, in order, each once. Days are YYYY-MM-DD. */
export function daysToLookAgain(board: Pick<BoardView, 'cards' | 'boundary' | 'today'>): string[] {
  const days = board.cards.flatMap(({ id }) => board.boundary(id)?.lookAgain ?? [])
  return [...new Set(days)].filter((day) => day >= board.today).sort()
}

export interface CalendarOptions {
  /** So that the same day of the same board is the same event, saved twice. */
  readonly board: string
  readonly today: string
  readonly title: string
}

export function calendarOf(
  days: readonly string[],
  { board, today, title }: CalendarOptions,
): string {
  const events = days.flatMap((day) => [
    'BEGIN:VEVENT',
    // 3.8.4.7: unique in the world, and it leads back to nothing.
    `UID:${hexHash('calendar', board, day).slice(0, 32)}`,
    // 3.8.7.2: a moment in UTC; the day is enough.
    `DTSTAMP:${basic(today)}T000000Z`,
    `DTSTART;VALUE=DATE:${basic(day)}`, // 3.6.1: without an end it is one day
    `SUMMARY:${escaped(title)}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT', // 3.8.2.7: nobody is busy
    'END:VEVENT',
  ])
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hedgerow//Hedgerow//EN']
  return [...head, ...events, 'END:VCALENDAR'].map((line) => `${folded(line)}\r\n`).join('')
}

const basic = (day: string): string => day.replaceAll('-', '')

/** 3.3.11 */
const escaped = (text: string): string =>
  text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n')

/** 3.1: no line has more than 75 octets; the next begins with a space, and no character is cut. */
function folded(line: string): string {
  let octets = 0
  let out = ''
  for (const char of line) {
    const size = utf8(char).length
    if (octets + size > 75) {
      out += '\r\n '
      octets = 1
    }
    out += char
    octets += size
  }
  return out
}

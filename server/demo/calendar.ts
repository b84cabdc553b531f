/** Where the days of a story lie: in this computer's own calendar, the last one on the day of `now`. */
export interface Calendar {
  /** The moment of the nth thing (from 0) that happens on a day: in the evening, and never after `now`. Seconds since the epoch. */
  moment(day: number, nth: number): number
  /** `YYYY-MM-DD` */
  date(day: number): string
}

const EVENING = 18
const MINUTES_APART = 4

/** `now`: milliseconds since the epoch. */
export function calendarEnding(now: number, lastDay: number): Calendar {
  const last = new Date(now)
  const at = (day: number, hour: number, minute = 0) => {
    const date = last.getDate() - (lastDay - day)
    return new Date(last.getFullYear(), last.getMonth(), date, hour, minute)
  }
  return {
    moment: (day, nth) =>
      Math.floor(Math.min(at(day, EVENING, MINUTES_APART * nth).getTime(), now) / 1000),
    date: (day) => {
      const noon = at(day, 12)
      const two = (part: number) => String(part).padStart(2, '0')
      return `${noon.getFullYear()}-${two(noon.getMonth() + 1)}-${two(noon.getDate())}`
    },
  }
}

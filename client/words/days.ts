/** Days as they are written: never hours, and the year only where it is not this one. */
const LOCALE = 'en-GB'
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long' })
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})
const monthYear = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric' })

/** “14 March”, or “14 March 2024” where `today` is in another year. Milliseconds. */
export function dayOf(ms: number, today = new Date()): string {
  const date = new Date(ms)
  return (date.getFullYear() === today.getFullYear() ? dayMonth : dayMonthYear).format(date)
}

/** “March 2025”. Milliseconds. */
export const monthOf = (ms: number): string => monthYear.format(new Date(ms))

const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'long' })
const WEEK_MS = 7 * 86_400_000

/** A day to come (`YYYY-MM-DD`): “Sunday” within the week, else “14 March”. */
export function dayNameOf(day: string, today = new Date()): string {
  const noon = new Date(`${day}T12:00:00`)
  const ahead = noon.getTime() - today.getTime()
  return ahead > 0 && ahead < WEEK_MS - 43_200_000
    ? weekday.format(noon)
    : dayOf(noon.getTime(), today)
}

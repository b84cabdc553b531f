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

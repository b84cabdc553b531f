/** The same day of a later month, or that month's last where it has none such. Days as `YYYY-MM-DD`. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const later = new Date(Date.UTC(year, month + months - 1, Math.min(date, last)))
  return later.toISOString().slice(0, 10)
}

/** Days as `YYYY-MM-DD` in this device's own calendar. Whose clock it is, the caller says. */

/** The day on which a moment falls here. Milliseconds since the epoch. */
export function dayAt(ms: number): string {
  const date = new Date(ms)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The coming Sunday: a week from now on a Sunday. */
export const nextSunday = (day: string): string =>
  addDays(day, 7 - new Date(`${day}T00:00:00Z`).getUTCDay())

/** A page left open notices a new day within this. */
const LOOK_MS = 30_000

/** Tells that it is another day than before; returns the undo. */
export function everyNewDay(today: () => string, tell: () => void): () => void {
  let day = today()
  const timer = setInterval(() => {
    if (today() === day) return
    day = today()
    tell()
  }, LOOK_MS)
  return () => clearInterval(timer)
}

import { it } from 'vitest'
import { HandClock } from '../support/clock.ts'
import { aLongTime } from '../support/long-time.ts'
import { LOOKS } from '../support/looks.ts'
import { browserPages } from '../support/pages.ts'
import { field, press, sees } from '../support/people.ts'
import { serveBoard } from '../support/served-board.ts'
const someone = browserPages()
it('x', async () => {
  const { origin } = await serveBoard()
  const clock = new HandClock(new Date(2025, 2, 3, 9).getTime())
  const { twelve } = await aLongTime(origin, clock, { boundaries: 3, days: 6 })
  const page = await someone(LOOKS.phoneLight)
  await page.clock.setFixedTime(clock.now())
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(twelve[0])
  await press(page, 'Open my board')
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('link', { name: 'A picture of the whole time' }).click()
  await sees(page, 'The same as a list')
  console.log(await page.evaluate(() => [...document.querySelectorAll('.row .time')].slice(0,1).map((e) => { const s = e.querySelector('svg')!; return [e.getBoundingClientRect().width, s.getBoundingClientRect().width, getComputedStyle(s).width, getComputedStyle(s).display, s.outerHTML.slice(0, 900)] })))
})

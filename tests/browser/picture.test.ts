/** The picture of the whole time, of twenty boundaries and of two hundred. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { HandClock } from '../support/clock.ts'
import { aLongTime } from '../support/history/long-time.ts'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import { field, press, sees } from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'

const someone = browserPages()
const BEGIN = new Date(2025, 2, 3, 9).getTime()

async function open(page: Page, origin: string, twelve: string, now: number): Promise<void> {
  await page.clock.setFixedTime(now)
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(twelve)
  await press(page, 'Open my board')
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('link', { name: 'A picture of the whole time' }).click()
  await sees(page, 'The same as a list')
}

describe('a picture of the whole time', () => {
  it('of twenty boundaries, in all four looks, in forced colours and on paper; the table says the same', async () => {
    const { origin } = await serveBoard()
    const clock = new HandClock(BEGIN)
    const { twelve } = await aLongTime(origin, clock, { boundaries: 20, days: 6 })
    const ana = await someone(LOOKS.phoneLight)
    await open(ana, origin, twelve[0], clock.now())
    const pages = ana.getByRole('navigation', { name: 'Pages' })
    expect(await pages.locator('[aria-current]').allInnerTexts()).toEqual(['History'])
    await isFine(ana, 'picture of twenty')
    await ana.emulateMedia({ forcedColors: 'active' })
    await isFine(ana, 'picture of twenty, forced colours')
    await ana.emulateMedia({ forcedColors: null })
    const ben = await someone()
    await open(ben, origin, twelve[1], clock.now())
    expect(await ben.getByRole('img').count()).toBe(1)
    if (process.env['PICTURES']) {
      await ben.pdf({
        path: `${process.env['PICTURES']}/picture.pdf`,
        format: 'A4',
        preferCSSPageSize: false,
      })
      await ben.screenshot({ path: `${process.env['PICTURES']}/picture-whole.png`, fullPage: true })
    }
    await ben.locator('tbody').nth(19).waitFor()
    const texts = await ben.locator('tbody').allInnerTexts()
    const groups = texts.map((text) => text.replace(/\s+/g, ' ').trim())
    expect(groups).toHaveLength(20)
    expect(groups[14]).toMatch(
      /^Boundary number 15 .* Changed to new words .* Not agreed any more$/,
    )
    expect(groups[3]).toMatch(/^Boundary number 4 Ana's limit .* Still holds$/)
    expect(await ben.locator('table').innerText()).not.toMatch(/Ben stepped|by Ben|\d:\d\d/)
  })

  it('of two hundred', async () => {
    const { origin } = await serveBoard()
    const clock = new HandClock(BEGIN)
    const { twelve } = await aLongTime(origin, clock, { boundaries: 200, days: 2 })
    const ana = await someone(LOOKS.phoneLight)
    await open(ana, origin, twelve[0], clock.now())
    await ana.locator('.picture .ribbon').nth(199).waitFor()
    await ana.evaluate(() => scrollTo(0, 2500))
    const { wide } = await ana.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return { wide: scrollWidth > clientWidth }
    })
    expect(wide).toBe(false)
  })
})

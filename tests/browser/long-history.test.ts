/**
 * A History of 3,000 entries: what is far from the screen is not in the page, and yet all of it
 * can be read with the keyboard. 10,000 are in the bench: making and verifying so many takes
 * longer than a test should.
 */
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { longHistory, type LongHistory } from '../support/history/long-history.ts'
import { tabTo } from '../support/browser/keyboard.ts'
import { LOOKS } from '../support/browser/looks.ts'
import { browserPages, type Someone } from '../support/browser/pages.ts'
import { field, press } from '../support/browser/people.ts'
import { runServer, type ServerProcess } from '../support/server/run-server.ts'
import { storeHistory } from '../support/server/serve-history.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const ENTRIES = 3000
/** The screen and one more above and below it, in blocks of 25, of which one more may be cut by either edge. */
const MOST_DRAWN = 150
const FIRST = 'You started this board.'
/** Two records for each limit that is set and heard, after three in which the two come together. */
const NEWEST = Math.ceil((ENTRIES - 3) / 2) - 1

const someone = browserPages()
let history: LongHistory
beforeAll(async () => {
  history = await longHistory(ENTRIES, { limits: true })
})

async function serve(): Promise<ServerProcess> {
  const root = temporaryFolder()
  await storeHistory(root, history)
  const server = await runServer(root)
  onTestFinished(() => server.kill())
  return server
}

async function openHistory(look?: Parameters<Someone>[0]): Promise<Page> {
  const { origin } = await serve()
  const page = await someone(look)
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(history.twelveWords)
  await press(page, 'Open my board')
  await page
    .getByRole('link', { name: /^Phones at night/ })
    .first()
    .waitFor({ timeout: 60_000 })
  await page.getByRole('link', { name: 'History' }).click()
  await page.getByRole('heading', { level: 1, name: 'History' }).waitFor()
  await entries(page).first().waitFor()
  return page
}

const entries = (page: Page) => page.getByRole('main').getByRole('listitem')
const howMany = (page: Page): Promise<number> => entries(page).count()

/** The entries that can be read on the screen now, from its top to its bottom. */
const onScreen = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main li')]
      .filter((entry) => {
        const { top, bottom } = entry.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      .map((entry) => entry.textContent),
  )

/** Their numbers, as the words give them; of those that change no words, none. */
const numbersIn = (texts: readonly string[]): number[] =>
  texts.flatMap((text) => /→\D*(\d+)th/.exec(text)?.[1] ?? []).map(Number)
const numbersOnScreen = async (page: Page) => numbersIn(await onScreen(page))

const scrolled = (page: Page): Promise<number> => page.evaluate(() => scrollY)

/** How far below the top of the screen a text ends, in screens. */
const screensTo = (page: Page, text: string): Promise<number> =>
  page.getByText(text).evaluate((element) => element.getBoundingClientRect().bottom / innerHeight)

/** Resolves once the page stands still where it was scrolled to, and what is there is drawn. */
async function settled(page: Page): Promise<void> {
  let before = NaN
  await expect
    .poll(async () => {
      const [last, now] = [before, await scrolled(page)]
      before = now
      return last === now && (await onScreen(page)).length > 0
    })
    .toBe(true)
}

/** Every number from the first to the last, each once. */
function expectNoGap(numbers: readonly number[]): void {
  const seen = [...new Set(numbers)]
  const [most = 0, least = 0] = [Math.max(...seen), Math.min(...seen)]
  expect(seen.toSorted((one, other) => other - one)).toEqual(
    Array.from({ length: most - least + 1 }, (_, i) => most - i),
  )
}

describe('a History of 3,000 entries', () => {
  it('at a desk: only what is near the screen is in the page, and the keyboard reads it all', async () => {
    const page = await openHistory(LOOKS.deskLight)
    await fromEndToEnd(page)
    await screenByScreen(page)
    await withTab(page)
  })

  it('on a phone: only what is near the screen is in the page', async () => {
    await fromEndToEnd(await openHistory(LOOKS.phoneLight))
  })
})

/** From the newest entry to the oldest, to the middle, and back. */
async function fromEndToEnd(page: Page): Promise<void> {
  const drawn = [await howMany(page)]
  await page.keyboard.press('End')
  await page.getByText(FIRST).waitFor()
  await settled(page)
  // Entries differ in height, and by how much is known once they are drawn.
  expect(await screensTo(page, FIRST)).toBeLessThan(2)
  await page.keyboard.press('End')
  await expect.poll(() => screensTo(page, FIRST)).toBeLessThanOrEqual(1)
  drawn.push(await howMany(page))
  const height = await scrolled(page)
  await page.evaluate((to) => scrollTo(0, to), height / 2)
  await settled(page)
  drawn.push(await howMany(page))
  const [middle = 0] = await numbersOnScreen(page)
  expect(middle).toBeGreaterThan(NEWEST * 0.3)
  expect(middle).toBeLessThan(NEWEST * 0.7)
  // What is drawn on the way may move it by a line or two: then one presses again.
  await expect
    .poll(async () => {
      await page.keyboard.press('Home')
      return scrolled(page)
    })
    .toBe(0)
  await settled(page)
  expect((await numbersOnScreen(page))[0]).toBe(NEWEST)
  drawn.push(await howMany(page))
  for (const count of drawn) {
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThanOrEqual(MOST_DRAWN)
  }
}

/** With Page Down: nothing is passed over. */
async function screenByScreen(page: Page): Promise<void> {
  const seen = await numbersOnScreen(page)
  for (let press = 0; press < 12; press++) {
    const before = await scrolled(page)
    await page.keyboard.press('PageDown')
    await expect.poll(() => scrolled(page)).toBeGreaterThan(before)
    await settled(page)
    seen.push(...(await numbersOnScreen(page)))
  }
  expect(new Set(seen).size).toBeGreaterThan(40)
  expectNoGap(seen)
  expect(await howMany(page)).toBeLessThanOrEqual(MOST_DRAWN)
  await page.keyboard.press('Home')
  await settled(page)
}

/** With Tab, entry by entry; what has the focus stays while one looks elsewhere. */
async function withTab(page: Page): Promise<void> {
  await tabTo(page, page.getByText('Before and after').first())
  const reached: number[] = []
  for (let at = 0; at < 100; at++) {
    reached.push(...(await focusedEntry(page)))
    await page.keyboard.press('Tab')
  }
  expectNoGap(reached)
  expect(new Set(reached).size).toBeGreaterThan(30)
  await page.keyboard.press('End')
  await page.getByText(FIRST).waitFor()
  await settled(page)
  expect(await howMany(page)).toBeLessThanOrEqual(MOST_DRAWN)
  await page.keyboard.press('Shift+Tab')
  await settled(page)
  expect(await numbersOnScreen(page)).toContain(reached.at(-1))
}

/** The number of the entry that the focus is in, where it has one. */
const focusedEntry = async (page: Page): Promise<number[]> => {
  const text = () => document.activeElement?.closest('main li')?.textContent ?? ''
  return numbersIn([await page.evaluate(text)])
}

/**
 * Takes the README's pictures of the demo's board, in a real browser; nothing is
 * drawn: `npx tsx tests/pictures/take.ts`, or with names, only those. To have one
 * more, add it to `pictures`.
 */
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildIfStale } from '../../server/prepare.mjs'
import { keepToLoopback, launchChromium } from '../support/browser/chromium.ts'
import { DESK, field, PHONE, press, sees } from '../support/browser/people.ts'
import { BUILT, runDemo, type WaysIn } from '../support/server/run-demo.ts'

interface Picture {
  readonly who: 'Robin' | 'Sam'
  readonly on: typeof DESK
  readonly look: 'light' | 'dark'
  /** From the board's list to what is to be seen. */
  readonly show?: (page: Page) => Promise<void>
  /** What the other person has open meanwhile. */
  readonly other?: (page: Page) => Promise<void>
}

const open = (name: string) => (page: Page) =>
  page.getByRole('link', { name: new RegExp(`^${name}, `) }).click()
const goTo = (name: string) => (page: Page) =>
  page.getByRole('link', { name, exact: true }).filter({ visible: true }).click()

const pictures: Readonly<Record<string, Picture>> = {
  board: { who: 'Robin', on: DESK, look: 'light' },
  phone: { who: 'Sam', on: PHONE, look: 'dark' },
  answers: {
    ...{ who: 'Robin', on: DESK, look: 'light' },
    show: async (page) => {
      await open('After a late shift')(page)
      await sees(page, 'Sam is here')
    },
    other: open('After a late shift'),
  },
  'not-yet': {
    ...{ who: 'Robin', on: PHONE, look: 'light' },
    show: async (page) => {
      await open('After a late shift')(page)
      await press(page, 'Not yet')
      await sees(page, 'Until when?')
    },
  },
  history: {
    ...{ who: 'Robin', on: DESK, look: 'light' },
    show: async (page) => {
      await goTo('History')(page)
      await sees(page, 'Bigger purchases')
    },
  },
  picture: {
    ...{ who: 'Robin', on: DESK, look: 'light' },
    show: async (page) => {
      await goTo('History')(page)
      await goTo('A picture of the whole time')(page)
      await sees(page, 'The same as a list')
    },
  },
}

const QUIET_MS = 2000
const MOST_BYTES = 150_000
const to = (name: string) => fileURLToPath(new URL(`${name}.png`, import.meta.url))

const asked = process.argv.slice(2)
await buildIfStale()
const demo = runDemo(BUILT)
const browser = await launchChromium()
try {
  const waysIn = await demo.waysIn
  for (const [name, picture] of Object.entries(pictures)) {
    if (asked.length === 0 || asked.includes(name)) await take(browser, waysIn, name, picture)
  }
} finally {
  await browser.close()
  demo.end('SIGTERM')
}

async function take(browser: Browser, waysIn: WaysIn, name: string, picture: Picture) {
  const { who, show, other } = picture
  const others = other && (await pageOf(browser, waysIn, { ...picture, who: otherThan(who) }))
  if (others) await other(others.page)
  const { page, close } = await pageOf(browser, waysIn, picture)
  await show?.(page)
  await page.mouse.move(0, 0)
  await page.waitForTimeout(QUIET_MS) // “Saved” comes, and fades
  await page.getByText('Saved', { exact: true }).waitFor({ state: 'hidden' })
  await page.screenshot({ path: to(name) })
  await close()
  await others?.close()
  const { size } = statSync(to(name))
  console.log(`${name}.png  ${Math.round(size / 1000)} KB`)
  if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES} bytes`)
}

function otherThan(who: Picture['who']): Picture['who'] {
  return who === 'Robin' ? 'Sam' : 'Robin'
}

/** A browser of that person's own, on the board's list. */
async function pageOf(
  browser: Browser,
  { origin, words }: WaysIn,
  { who, on, look }: Pick<Picture, 'who' | 'on' | 'look'>,
) {
  // Wide ones are shown smaller than they are.
  const deviceScaleFactor = on === DESK ? 1.2 : 2
  const options = { viewport: on, colorScheme: look, deviceScaleFactor }
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const check = await keepToLoopback(context)
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(words[who])
  await press(page, 'Open my board')
  await sees(page, 'Agreed')
  const close = async () => {
    await context.close()
    check()
  }
  return { page, close }
}

/**
 * Takes the README's pictures from the running board: `npx tsx tests/pictures/take.ts`.
 * Two people, a real server, a real browser; nothing is drawn.
 */
import type { Browser, Page } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../../server/prepare.mjs'
import { startServer } from '../bench/server.ts'
import { launchChromium } from '../support/chromium.ts'
import {
  agree,
  card,
  DESK,
  field,
  invite,
  join,
  PHONE,
  startBoard,
  writeAndShare,
} from '../support/people.ts'

const to = (name: string) => fileURLToPath(new URL(name, import.meta.url))

await buildIfStale()
const server = await startServer()
const browser = await launchChromium()
try {
  await takeAll(browser, server.origin)
} finally {
  await browser.close()
  server.close()
}

async function takeAll(browser: Browser, origin: string): Promise<void> {
  const ana = await pageOf(browser, DESK, 'light')
  const ben = await pageOf(browser, PHONE, 'dark')
  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await ana.getByRole('button', { name: 'Close' }).click()

  await agreedByBoth(ana, ben, {
    name: 'Coming home late',
    words:
      'If either of us will be more than half an hour later than we said, we send a message before that half hour is up.',
  })
  await agreedByBoth(ana, ben, {
    name: 'One evening',
    words:
      'Thursday evening is ours. Neither of us moves it without offering another one that week.',
  })
  const phones = {
    name: 'Phones at night',
    words: 'From ten at night our phones stay in the hall.',
  }
  await writeAndShare(ana, phones)
  await card(ben, phones.name, 'Being worded').click()
  await field(ben, 'The words').click()
  await ben.keyboard.press('Control+End')
  for (let i = 0; i < 12; i++) await ben.keyboard.press('Backspace')
  await ben.keyboard.type('on the kitchen table.', { delay: 20 })
  await ana.getByText('Ben is here').waitFor()
  await ana.getByRole('button', { name: 'Agree to these words' }).waitFor()
  await ana.screenshot({ path: to('board.png') })
  await ben.screenshot({ path: to('phone.png') })
}

async function agreedByBoth(
  ana: Page,
  ben: Page,
  written: { name: string; words: string },
): Promise<void> {
  await writeAndShare(ana, written)
  await agree(ana)
  await ben.getByRole('link', { name: new RegExp(`^${written.name}, `) }).click()
  await ben.getByText('Ana agrees to these words.').waitFor()
  await agree(ben)
  await ana.getByText(/You both agreed to this/).waitFor()
  for (const page of [ana, ben]) await page.goto(page.url().replace(/\/boundary\/.*/, ''))
}

async function pageOf(
  browser: Browser,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

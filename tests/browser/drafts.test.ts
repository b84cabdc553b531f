import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { keepToLoopback, launchChromium } from '../support/chromium.ts'
import {
  agree,
  card,
  DESK,
  field,
  invite,
  join,
  PHONE,
  press,
  startBoard,
} from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function someone(viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport })
  onTestFinished(() => context.close())
  onTestFinished(await keepToLoopback(context))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  onTestFinished(() => expect(problems).toEqual([]))
  return page
}

it('S9: kept private, written further, deleted and put back, shared with a yes; the other sees it only then', async () => {
  const { origin } = await startServerProcess()
  const ana = await someone(PHONE)
  const ben = await someone(DESK)
  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')

  await press(ana, 'Write a boundary')
  await press(ana, 'Keep private')
  await ana.getByText('There is nothing to keep yet.').waitFor()
  await field(ana, 'Name').fill('Phones at night')
  await press(ana, 'Keep private')
  await card(ana, 'Phones at night', 'Private').click()
  await press(ana, 'Share')
  await ana.getByText('A boundary needs a name and words.').waitFor()
  await field(ana, 'The words').fill('From ten our phones stay in the hall.')

  await ana.reload() // saved as it was typed
  expect(await field(ana, 'The words').inputValue()).toBe('From ten our phones stay in the hall.')
  await press(ana, 'Delete draft')
  await press(ana, 'Undo')
  await card(ana, 'Phones at night', 'Private').waitFor()
  await ben.getByText('Nothing here yet.').waitFor()
  expect(await ben.getByText('Phones at night').count()).toBe(0)

  await card(ana, 'Phones at night', 'Private').click()
  await press(ana, 'Share and say yes')
  await ana.getByText('You agree. Waiting for Ben.').first().waitFor()
  await card(ben, 'Phones at night', 'Being worded').click()
  await agree(ben)
  await ana.getByText(/You both agreed to this/).waitFor()
  await ana.getByRole('link', { name: 'Back' }).click()
  await card(ana, 'Phones at night', 'Agreed').waitFor()
  expect(await ana.getByRole('heading', { name: 'Private' }).count()).toBe(0)
})

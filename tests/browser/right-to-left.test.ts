import type { Browser, Locator, Page } from 'playwright-core'
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
  writeAndShare,
} from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'

const HEBREW = { name: 'טלפונים, בלילה.', words: 'מעשר בערב, הטלפונים במסדרון.' }
const ARABIC = 'من العاشرة: هواتفنا على الطاولة.'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function someone(viewport: typeof DESK): Promise<Page> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  onTestFinished(await keepToLoopback(context))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/right-to-left-${name}.png` })
}

/** The full stop at its end stands left of the first letter. */
const runsLeft = (text: Locator): Promise<boolean> =>
  text.evaluate((element) => {
    const leftOf = (node: Node, at: number) => {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      return range.getBoundingClientRect().left
    }
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const node = walk.nextNode()
    if (!node?.nodeValue) return false
    return leftOf(node, node.nodeValue.trimEnd().length - 1) < leftOf(node, 0)
  })

it('words in Arabic and Hebrew run from the right, in the form, the editor, the sheet, the list and before and after', async () => {
  const server = await startServerProcess()
  const ana = await someone(DESK)
  const ben = await someone(PHONE)
  await startBoard(ana, server.origin, 'דנה')
  await join(ben, await invite(ana), 'سامي')
  await writeAndShare(ana, HEBREW)
  const line = field(ana, 'The words').locator('.cm-line').first()
  expect(await runsLeft(line)).toBe(true)
  expect(await runsLeft(field(ana, 'Name').locator('.cm-line').first())).toBe(true)
  await press(ana, 'Agree to these words')
  expect(await runsLeft(ana.getByRole('dialog').locator('.words').first())).toBe(true)
  await press(ana, 'I agree to these words')
  await card(ben, HEBREW.name, 'Being worded').waitFor()
  expect(await runsLeft(ben.locator('article .text').first())).toBe(true)
  await card(ben, HEBREW.name, 'Being worded').click()
  await picture(ben, 'phone')
  await agree(ben)
  await ana.getByText(/^You both agreed to this/).waitFor()
  expect(await runsLeft(ana.locator('article .wording .words').first())).toBe(true)
  expect(await runsLeft(ana.locator('h1').first())).toBe(true)

  await press(ana, 'Suggest a change')
  await field(ana, 'The words').click()
  await ana.keyboard.press('Control+A')
  await ana.keyboard.type(ARABIC)
  await press(ben, 'Agree to these words')
  await picture(ben, 'sheet')
  await press(ben, 'I agree to these words')
  await field(ana, 'The words').click()
  await ana.keyboard.press('Control+End')
  await ana.keyboard.type(' (22:00)')
  await ana.locator('.compare .text').first().waitFor()
  expect(await runsLeft(ana.locator('.compare .text').first())).toBe(true)
  await picture(ana, 'desk')
})

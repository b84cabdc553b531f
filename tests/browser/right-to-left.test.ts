import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  PHONE,
  press,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const HEBREW = { name: 'טלפונים, בלילה.', words: 'מעשר בערב, הטלפונים במסדרון.' }
const ARABIC = 'من العاشرة: هواتفنا على الطاولة.'

const someone = browserPages()

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
  const ana = await someone()
  const ben = await someone({ viewport: PHONE })
  await startBoard(ana, server.origin, 'דנה')
  await join(ben, await invite(ana), 'سامي')
  await writeAndShare(ana, HEBREW)
  const line = field(ana, 'The words').locator('.cm-line').first()
  await expect.poll(() => runsLeft(line)).toBe(true)
  await expect.poll(() => runsLeft(field(ana, 'Name').locator('.cm-line').first())).toBe(true)
  await press(ana, 'Agree to these words')
  await expect.poll(() => runsLeft(ana.getByRole('dialog').locator('.words').first())).toBe(true)
  await press(ana, 'I agree to these words')
  await card(ben, HEBREW.name, 'Being worded').waitFor()
  await expect.poll(() => runsLeft(ben.locator('article .text').first())).toBe(true)
  await card(ben, HEBREW.name, 'Being worded').click()
  await picture(ben, 'phone')
  await agree(ben)
  await ana.getByText(/^You both agreed to this/).waitFor()
  await expect.poll(() => runsLeft(ana.locator('article .wording .words').first())).toBe(true)
  await expect.poll(() => runsLeft(ana.locator('h1').first())).toBe(true)

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
  await expect.poll(() => runsLeft(ana.locator('.compare .text').first())).toBe(true)
  await picture(ana, 'desk')
})

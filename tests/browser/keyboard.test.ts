/** Everything about one boundary with the keyboard alone: suggested, answered, changed, by both. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { buttonAt, isAt, pressKey, tabTo } from '../support/browser/keyboard.ts'
import { browserPages } from '../support/browser/pages.ts'
import { card, field, invite, join, PHONE, sees, startBoard } from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const AGREE = 'Agree to these words'
const SURE = 'I agree to these words'

const someone = browserPages()
const sheets = (page: Page) => page.getByRole('dialog')

it('suggested, answered and changed by keyboard; Esc closes every sheet and gives the focus back', async () => {
  const server = await startServerProcess()
  const ana = await someone()
  const ben = await someone({ viewport: PHONE })
  await startBoard(ana, server.origin, 'Ana')
  const link = await invite(ana)

  await write(ana)
  await overAnotherSheet(ana)
  await join(ben, link, 'Ben')
  await agreeOnce(ana)

  await tabTo(ben, card(ben, PHONES.name, 'Being worded'))
  await ben.keyboard.press('Enter')
  await sees(ben, 'Ana agrees to these words.')
  await otherAnswers(ben)
  await pressKey(ben, AGREE)
  await sure(ben)
  await sees(ana, /You both agreed to this/)

  await change(ben)
  await sees(ana, 'Ben agrees to these words.')
  await pressKey(ana, AGREE)
  await sure(ana)
  await sees(ben, `${PHONES.words} On weekdays.`)
  await sees(ben, /You both agreed to this/)
  await opensAndCloses(ana, 'Suggest ending it')
  await opensAndCloses(ana, "I can't agree to this any more")
})

async function write(page: Page): Promise<void> {
  await pressKey(page, 'Write a boundary')
  await isAt(page, page.getByRole('heading', { name: 'Write a boundary' }))
  await tabTo(page, field(page, 'Name'))
  await page.keyboard.type(PHONES.name)
  await tabTo(page, field(page, 'The words'))
  await page.keyboard.type(PHONES.words)
  await tabTo(page, field(page, 'Ours'))
  await page.keyboard.press('ArrowDown')
  await isAt(page, field(page, 'Mine'))
  await page.keyboard.press('ArrowUp')
  await tabTo(page, field(page, 'What it is about'))
  await page.keyboard.press('ArrowDown')
  await pressKey(page, 'Share', 'Space')
  await buttonAt(page, AGREE).waitFor()
}

/** The invitation, on a wide screen, opens beside a boundary that can be agreed to. */
async function overAnotherSheet(page: Page): Promise<void> {
  await tabTo(page, buttonAt(page, 'Invite your partner'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await field(page, 'Invitation link').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await sheets(page).waitFor({ state: 'detached' })
  await isAt(page, buttonAt(page, 'Invite your partner'))
}

/** Ctrl+Enter opens the sheet, and agrees to nothing: not on the way in, and not on its button. */
async function agreeOnce(page: Page): Promise<void> {
  const words = field(page, 'The words')
  await tabTo(page, words)
  await page.keyboard.press('Control+Enter')
  await sheets(page).waitFor()
  await isAt(page, sheets(page).getByRole('heading'))
  await page.keyboard.press('Escape')
  await sheets(page).waitFor({ state: 'detached' })
  await isAt(page, words)

  await page.keyboard.press('Control+Enter')
  await tabTo(page, buttonAt(page, SURE))
  await page.locator('dialog button:not([aria-disabled])', { hasText: SURE }).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')
  expect(await sheets(page).count()).toBe(1)
  expect(await page.getByText('Recording…').count()).toBe(0)
  expect(await page.getByText('You agree.').count()).toBe(0)
  await page.keyboard.press('Enter')
  await sees(page, 'You agree. Waiting for Ben.')
  await sheets(page).waitFor({ state: 'detached' })
  await isAt(page, words)
}

/** Agrees to what the open sheet shows. */
async function sure(page: Page): Promise<void> {
  await pressKey(page, SURE)
  await sheets(page).waitFor({ state: 'detached' })
}

async function opensAndCloses(page: Page, name: string): Promise<void> {
  await pressKey(page, name)
  await isAt(page, sheets(page).getByRole('heading'))
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Escape')
  await sheets(page).waitFor({ state: 'detached' })
  await isAt(page, buttonAt(page, name))
}

/** Not yet and no can be looked at and left; a day is chosen with the arrows. */
async function otherAnswers(page: Page): Promise<void> {
  await opensAndCloses(page, 'Not yet')
  await page.keyboard.press('Enter')
  await tabTo(page, field(page, 'Tomorrow evening'))
  for (const day of ['Sunday', 'In a week', 'Pick a day']) {
    await page.keyboard.press('ArrowDown')
    await isAt(page, field(page, day))
  }
  await tabTo(page, field(page, 'Day'))
  await page.keyboard.press('Escape')
  await opensAndCloses(page, 'No to this')
  await sees(page, 'Ana agrees to these words.')
}

async function change(page: Page): Promise<void> {
  await pressKey(page, 'Suggest a change')
  await isAt(page, field(page, 'The words'))
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' On weekdays.')
  await tabTo(page, field(page, "What's different now? (optional)"), 'Shift+Tab')
  await page.keyboard.type("I'm on call.")
  await buttonAt(page, AGREE).waitFor()
  await page.keyboard.press('Control+Enter')
  await sure(page)
  await sees(page, 'You agree. Waiting for Ana.')
}

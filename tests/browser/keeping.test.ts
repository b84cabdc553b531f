import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  liveWords,
  openPart,
  press,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

const WHY = "What's different now? (optional)"

const someone = browserPages()

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const sees = (page: Page, text: string) => page.getByText(text, { exact: true }).first().waitFor()
const reads = (page: Page, words: string) => expect.poll(() => liveWords(page)).toBe(words)

/** Both have the same boundary open, which both agreed to. */
async function agreed(): Promise<[Page, Page]> {
  const server = await startServerProcess()
  const ana = await someone()
  const ben = await someone()
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, PHONES)
  await agree(ana)
  await card(ben, PHONES.name, 'Being worded').click()
  await agree(ben)
  for (const page of [ana, ben]) await button(page, 'Suggest a change').waitFor()
  return [ana, ben]
}

describe('words in force, and a change being written', () => {
  it('keeping the words waits while the other writes, closes nobody’s editor, and can be undone', async () => {
    const [ana, ben] = await agreed()
    await press(ben, 'Suggest a change')
    await field(ben, 'The words').click()
    await ben.keyboard.press('Control+Home')
    await ben.keyboard.type('On weekdays: ')
    await reads(ana, `On weekdays: ${PHONES.words}`)
    expect(await button(ana, 'Keep the words as they are').count()).toBe(0)
    await button(ana, 'Ben is still writing…').first().waitFor()

    await press(ana, 'Keep the words as they are')
    await sees(ana, 'You kept the words as they are.')
    expect(await field(ana, 'The words').count()).toBe(0)
    await sees(ben, 'Ana kept the words as they are. This is what stood here.')
    await reads(ben, PHONES.words) // the editor is still open, and ben types on
    await ben.keyboard.type('Now: ')
    await reads(ana, `Now: ${PHONES.words}`)
    for (let i = 0; i < 5; i++) await ben.keyboard.press('Backspace')
    await reads(ana, PHONES.words)

    await press(ben, 'Bring back the other words')
    await reads(ana, `On weekdays: ${PHONES.words}`)
    await press(ana, 'Keep the words as they are')
    await sees(ana, 'You kept the words as they are.')
    await ana.keyboard.press('Control+z')
    await reads(ben, `On weekdays: ${PHONES.words}`)
    await reads(ana, `On weekdays: ${PHONES.words}`)
  })

  it('edited back to the words in force, the editor stays open for whoever did not ask for it', async () => {
    const [ana, ben] = await agreed()
    await press(ben, 'Suggest a change')
    await field(ben, 'The words').click()
    await ben.keyboard.press('Control+Home')
    await ben.keyboard.type('x')
    await reads(ana, `x${PHONES.words}`)
    await field(ana, 'The words').click()
    await ana.keyboard.press('Control+Home')
    await ana.keyboard.press('Delete')
    await reads(ben, PHONES.words)
    await ana.keyboard.type('y')
    await reads(ben, `y${PHONES.words}`)
    await reads(ana, `y${PHONES.words}`)
  })

  it('a reason is said once, with the yes that it was written for', async () => {
    const [ana, ben] = await agreed()
    const suggests = async (page: Page, text: string) => {
      await press(page, 'Suggest a change')
      await field(page, 'The words').click()
      await page.keyboard.press('Control+Home')
      await page.keyboard.type(text)
    }
    await suggests(ana, 'Mostly: ')
    await field(ana, WHY).fill("I'm on call.")
    await agree(ana)
    await sees(ben, 'Ana agrees to these words.')
    await agree(ben)
    for (const page of [ana, ben]) await button(page, 'Suggest a change').waitFor()

    await suggests(ben, 'Now: ')
    await reads(ana, `Now: Mostly: ${PHONES.words}`)
    expect(await field(ana, WHY).inputValue()).toBe('')
    await field(ana, WHY).fill('Never said.')
    await agree(ben)
    await sees(ana, 'Ben agrees to these words.')
    await agree(ana) // who answers gives no reason, nor the one begun before
    for (const page of [ana, ben]) await button(page, 'Suggest a change').waitFor()
    await openPart(ben, 'History')
    await sees(ben, "“I'm on call.”")
    expect(await ben.getByText("“I'm on call.”").count()).toBe(1)
    expect(await ben.getByText('Never said.').count()).toBe(0)
  })
})

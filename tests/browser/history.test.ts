/** Looking back: the history of the board and of one boundary, its versions, and the board of a day. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  openPart,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten at night our phones stay in the hall.' }
const EVENING = { name: 'One evening', words: 'Thursday evening is ours.' }
const WHY = "The hall is too far when I'm on call."

const someone = browserPages()
const boardOf = (page: Page) => page.url().replace(/\/(boundary|history|draft).*/, '')

it('of a board on which things changed', async () => {
  const server = await startServerProcess()
  const [ana, ben] = [await someone(LOOKS.phoneLight), await someone(LOOKS.deskLight)]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await ana.goto(`${boardOf(ana)}/history`)
  await sees(ana, 'Nothing was agreed yet.')
  await isFine(ana, `history, nothing agreed`)
  await ana.goto(boardOf(ana))

  for (const written of [EVENING, PHONES]) {
    await writeAndShare(ana, written)
    await agree(ana)
    await ben.goto(boardOf(ben))
    await ben.getByRole('link', { name: `${written.name}, ` }).click()
    await agree(ben)
    await sees(ana, 'You both agreed to this.')
    if (written === EVENING) await ana.goto(boardOf(ana))
  }
  await change(ana, ben)
  // What is only being written, and what is private, is in no history.
  await ana.goto(boardOf(ana))
  await writeAndShare(ana, { name: 'Not said yet', words: 'Only on the table.' })

  await ana.goto(`${boardOf(ana)}/history`)
  await sees(ana, /^Since .*: 2 agreed, 1 changed\.$/)
  await sees(ana, `“${WHY}”`)
  await isFine(ana, `history`)
  await ana.getByText('Before and after').first().click()
  await sees(ana, '“in the hall” became “on the kitchen table”.')
  await isFine(ana, `history, before and after`)
  await filters(ana)
  await oneBoundary(ana)
  await boardThen(ana)
})

async function change(ana: Page, ben: Page): Promise<void> {
  await press(ana, 'Suggest a change')
  await field(ana, "What's different now? (optional)").fill(WHY)
  await field(ana, 'The words').click()
  await ana.keyboard.press('Control+End')
  for (let i = 0; i < 'in the hall.'.length; i++) await ana.keyboard.press('Backspace')
  await ana.keyboard.type('on the kitchen table.')
  await agree(ana)
  await sees(ben, 'Ana agrees to these words.')
  // Who is asked does not give the other's reason, and sees what they would change.
  expect(await field(ben, "What's different now? (optional)").count()).toBe(0)
  await press(ben, 'Agree to these words')
  const sheet = ben.getByRole('dialog')
  await sheet.getByRole('heading', { name: 'What changes' }).waitFor()
  await sheet.locator('ins', { hasText: 'kitchen table' }).waitFor()
  await press(ben, 'I agree to these words')
  await sees(ana, 'You both agreed to this.')
}

async function filters(ana: Page): Promise<void> {
  const choice = (name: string) => ana.getByRole('radio', { name, exact: true })
  await choice('All').focus()
  await ana.keyboard.press('ArrowRight')
  await ana.keyboard.press('ArrowRight')
  expect(await choice('Changed').isChecked()).toBe(true)
  expect(await choice('Changed').evaluate((each) => each === document.activeElement)).toBe(true)
  expect(ana.url()).toMatch(/\/history\/changed$/)
  expect(await ana.getByRole('listitem').count()).toBe(1)
  await choice('Let go').check()
  await sees(ana, 'Nothing to show here.')
  await choice('All').check()
}

async function oneBoundary(ana: Page): Promise<void> {
  await ana.getByRole('link', { name: PHONES.name }).first().click()
  await ana.getByRole('heading', { level: 1, name: PHONES.name }).waitFor()
  const both = ana.getByRole('region', { name: 'Then and now' })
  await both.getByText('From ten at night our phones stay on the kitchen table.').waitFor()
  await both.getByText(PHONES.words).waitFor()
  await isFine(ana, `history of one`)
  await ana.getByText('Every version').click()
  await ana.getByLabel('Compare').waitFor()
  await isFine(ana, `versions`)
  await ana.getByLabel('Compare').selectOption('2')
  await sees(ana, 'These are the same words.')
  await ana.getByRole('link', { name: 'Open this boundary' }).click()
  await ana.getByRole('button', { name: 'Suggest a change' }).waitFor()
  await openPart(ana, 'History')
  await sees(ana, 'Then and now, and every version')
  await sees(ana, `“${WHY}”`)
  await isFine(ana, `history beside the words`)
}

async function boardThen(ana: Page): Promise<void> {
  await ana.goto(`${boardOf(ana)}/history`)
  await ana.getByRole('link', { name: 'The board on another day' }).click()
  await sees(ana, "You're looking at")
  await sees(ana, PHONES.words)
  await sees(ana, 'What has changed since then')
  await sees(ana, 'has other words since')
  expect(await ana.getByText('Only on the table.').count()).toBe(0)
  await isFine(ana, `the board on a day`)
  const later = ana.getByRole('button', { name: 'Later' })
  await later.click()
  await sees(ana, 'What is agreed now is what was agreed then.')
  await sees(ana, 'Nothing after this.')
  expect(await later.evaluate((each) => each === document.activeElement)).toBe(true)
  const earlier = ana.getByRole('button', { name: 'Earlier' })
  await earlier.click()
  await earlier.click()
  await sees(ana, 'Nothing before this.')
  await sees(ana, 'was agreed on')
  await isFine(ana, `the board on its first day`)
  await ana.getByRole('link', { name: 'Back to today' }).click()
  await card(ana, PHONES.name, 'Agreed').waitFor()
}

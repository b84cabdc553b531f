import { expect, it } from 'vitest'
import { dayOf } from '../../client/words/days.ts'
import { browserPages } from '../support/browser/pages.ts'
import { field, press, startBoard, writeAndShare } from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const someone = browserPages()

it('the invitation says until which day it works, and Ctrl+Enter opens nothing over it', async () => {
  const server = await startServerProcess()
  const page = await someone()
  await startBoard(page, server.origin, 'Ana')
  await writeAndShare(page, { name: 'Phones at night', words: 'In the hall.' })
  const dialogs = page.getByRole('dialog')

  await press(page, 'Invite your partner')
  await field(page, 'Invitation link').waitFor()
  const week = dayOf(Date.now() + 7 * 86_400_000)
  await page.getByText(`Works once. Stops working on ${week}.`).waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => dialogs.count()).toBe(1)
  expect(await page.getByRole('dialog', { name: 'Agree to these words' }).count()).toBe(0)
  await page.keyboard.press('Escape')

  await expect.poll(() => dialogs.count()).toBe(0)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog', { name: 'Agree to these words' }).waitFor()
})

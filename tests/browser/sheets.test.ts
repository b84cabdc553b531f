import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { dayOf } from '../../client/words/days.ts'
import { keepToLoopback, launchChromium } from '../support/chromium.ts'
import { DESK, field, press, startBoard, writeAndShare } from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

it('the invitation says until which day it works, and Ctrl+Enter opens nothing over it', async () => {
  const server = await startServerProcess()
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  onTestFinished(await keepToLoopback(context))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
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

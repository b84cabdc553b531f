/** What stands beside the words, on real pages: the quick exit, and who is here. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { keepToLoopback, launchChromium } from '../support/chromium.ts'
import {
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
import { runServer, type ServerProcess } from '../support/run-server.ts'
import { temporaryFolder } from '../support/store-folder.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

async function someone(viewport = DESK): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  onTestFinished(await keepToLoopback(context))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  onTestFinished(() => expect(problems).toEqual([]))
  return page
}

/** A neutral page of our own, so that nothing leaves this computer. */
async function neutralPage(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html').end('<title>Neutral</title><h1>Weather</h1>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

async function serverTo(exit: string): Promise<ServerProcess> {
  const server = await runServer(temporaryFolder(), { EXIT_URL: exit })
  onTestFinished(() => server.kill())
  return server
}

it('Quick exit: by button and by keys, from any page, past a form that is not saved; its entry is gone', async () => {
  const exit = await neutralPage()
  const server = await serverTo(exit)
  const ana = await someone(PHONE)
  const isAway = async () => {
    await ana.waitForURL(exit)
    await ana.getByText('Weather').waitFor()
  }

  await ana.goto(server.origin)
  await ana.getByText('Not a contract.').waitFor()
  await press(ana, 'Quick exit')
  await isAway()

  await startBoard(ana, server.origin, 'Ana')
  const board = ana.url()
  await ana.goto(`${board}/more`)
  await ana.getByText("It doesn't clear your browser history.").waitFor()
  await press(ana, 'Quick exit')
  await isAway()
  await ana.goBack()
  expect(ana.url()).not.toContain('/more')

  await ana.goto(`${board}/write`)
  await field(ana, 'The words').fill('Not for other eyes.')
  const asked: string[] = []
  ana.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.accept()
  })
  for (const key of ['Shift', 'Shift', 'x', 'Shift']) await ana.keyboard.press(key)
  expect(ana.url()).toBe(`${board}/write`)
  for (const key of ['Shift', 'Shift']) await ana.keyboard.press(key)
  await isAway()
  expect(asked).toEqual([])
})

it('Quick exit: the page is blank at once, whatever the neutral page does', async () => {
  const server = await serverTo('http://127.0.0.1:9/')
  const ana = await someone()
  await startBoard(ana, server.origin, 'Ana')
  await ana.evaluate(() => {
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === 'Quick exit',
    )
    button?.click()
    if (document.documentElement.textContent !== '') throw new Error('still something to read')
  })
})

it("Show when I'm here: switched off, neither sees the other; on again, both do", async () => {
  const server = await serverTo(await neutralPage())
  const [ana, ben] = [await someone(), await someone(PHONE)]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
  await card(ben, 'Phones at night', 'Being worded').click()
  await ben.getByText('Ana is here').waitFor()

  await ben.getByRole('link', { name: 'Back' }).click()
  await ben.getByRole('link', { name: 'People', exact: true }).click()
  await field(ben, "Show when I'm here").uncheck()
  await ben.getByRole('link', { name: 'Board', exact: true }).click()
  await card(ben, 'Phones at night', 'Being worded').click()
  await field(ben, 'The words').click()
  await ben.keyboard.type('So: ')
  await ana.getByText('Ben is still writing…').waitFor()
  expect(await ana.getByText('Ben is here').count()).toBe(0)
  expect(await ben.getByText('Ana is here').count()).toBe(0)

  // It is kept on this device.
  await ben.goto(ben.url().replace(/\/boundary\/.*/, '/people'))
  expect(await field(ben, "Show when I'm here").isChecked()).toBe(false)
  await field(ben, "Show when I'm here").check()
  await ben.getByRole('link', { name: 'Board', exact: true }).click()
  await card(ben, 'Phones at night', 'Being worded').click()
  await ben.getByText('Ana is here').waitFor()
  await ana.getByText('Ben is here').waitFor()
})

it('Notes and Say it back, between two pages', async () => {
  const server = await serverTo(await neutralPage())
  const [ana, ben] = [await someone(), await someone(PHONE)]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
  await card(ben, 'Phones at night', 'Being worded').click()

  await ben.getByRole('button', { name: 'Agree to these words' }).waitFor()

  await press(ana, 'Add a note')
  await field(ana, 'A note').fill('On call this week.')
  await press(ana, 'Save')
  await ben.getByText('On call this week.').waitFor()
  // A note moves no words: nobody is told to wait.
  expect(await ben.getByText('Ana is still writing…').count()).toBe(0)
  expect(await ben.getByRole('button', { name: 'Delete this note' }).count()).toBe(0)

  await press(ben, 'Say it back')
  await field(ben, 'What I understood').fill('You want quiet after ten.')
  await press(ben, 'Save')
  await ana.getByText('You want quiet after ten.').waitFor()
  expect(await ben.getByRole('button', { name: "Yes, that's it" }).count()).toBe(0)
  await press(ana, "Yes, that's it")
  await ben.getByText("Ana: Yes, that's it").waitFor()

  await press(ana, 'Delete this note')
  await ben.getByText('On call this week.').waitFor({ state: 'detached' })

  await ana.getByRole('button', { name: 'Agree to these words' }).click()
  await press(ana, 'I agree to these words')
  await ben.getByText('suggested by Ana.').first().waitFor()
  await press(ben, 'Agree to these words')
  await press(ben, 'I agree to these words')
  await field(ben, 'What it is about').selectOption('Privacy and phones')
  await ana.getByRole('heading', { name: 'Privacy and phones', exact: true }).waitFor()
})

/** What stands beside the words, on real pages: the quick exit, and who is here. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import {
  card,
  DESK,
  field,
  invite,
  join,
  PHONE,
  openPart,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { runServer, type ServerProcess } from '../support/server/run-server.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const someone = browserPages()

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
  const ana = await someone({ viewport: PHONE })
  const isAway = async () => {
    await ana.waitForURL(exit)
    await sees(ana, 'Weather')
  }

  await ana.goto(server.origin)
  await sees(ana, 'Not a contract.')
  await press(ana, 'Quick exit')
  await isAway()

  await startBoard(ana, server.origin, 'Ana')
  const board = ana.url()
  await press(ana, 'Invite your partner')
  await field(ana, 'Invitation link').waitFor()
  // Over a sheet, too: on a phone there are no keys.
  await ana.getByRole('dialog').getByRole('button', { name: 'Quick exit' }).click()
  await isAway()

  await ana.goto(`${board}/more`)
  await sees(ana, "It doesn't clear your browser history.")
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
  const [ana, ben] = [await someone(), await someone({ viewport: PHONE })]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
  await card(ben, 'Phones at night', 'Being worded').click()
  await sees(ben, 'Ana is here')

  await ben.getByRole('link', { name: 'Back' }).click()
  await ben.getByRole('link', { name: 'People', exact: true }).click()
  await field(ben, "Show when I'm here").uncheck()
  await ben.getByRole('link', { name: 'Board', exact: true }).click()
  await card(ben, 'Phones at night', 'Being worded').click()
  await field(ben, 'The words').click()
  await ben.keyboard.type('So: ')
  await sees(ana, 'Ben is still writing…')
  expect(await ana.getByText('Ben is here').count()).toBe(0)
  expect(await ben.getByText('Ana is here').count()).toBe(0)

  // It is kept on this device.
  await ben.goto(ben.url().replace(/\/boundary\/.*/, '/people'))
  expect(await field(ben, "Show when I'm here").isChecked()).toBe(false)
  await field(ben, "Show when I'm here").check()
  await ben.getByRole('link', { name: 'Board', exact: true }).click()
  await card(ben, 'Phones at night', 'Being worded').click()
  await sees(ben, 'Ana is here')
  await sees(ana, 'Ben is here')
})

it('Notes and Say it back, between two pages', async () => {
  const server = await serverTo(await neutralPage())
  const [ana, ben] = [await someone(), await someone({ viewport: PHONE })]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
  await card(ben, 'Phones at night', 'Being worded').click()

  await ben.getByRole('button', { name: 'Agree to these words' }).waitFor()

  await openPart(ana, 'Notes')
  await press(ana, 'Add a note')
  await field(ana, 'A note').fill('On call this week.')
  await press(ana, 'Save')
  await sees(ben, 'On call this week.')
  // A note moves no words: nobody is told to wait.
  expect(await ben.getByText('Ana is still writing…').count()).toBe(0)
  expect(await ben.getByRole('button', { name: 'Delete this note' }).count()).toBe(0)

  await press(ben, 'Say it back')
  await field(ben, 'What I understood').fill('You want quiet after ten.')
  await press(ben, 'Save')
  await sees(ana, 'You want quiet after ten.')
  expect(await ben.getByRole('button', { name: "Yes, that's it" }).count()).toBe(0)
  await press(ana, "Yes, that's it")
  await sees(ben, "Ana: Yes, that's it")

  await press(ana, 'Delete this note')
  await ben.getByText('On call this week.').waitFor({ state: 'detached' })

  await openPart(ana, 'Words')
  await ana.getByRole('button', { name: 'Agree to these words' }).click()
  await press(ana, 'I agree to these words')
  await sees(ben, 'suggested by Ana.')
  await press(ben, 'Agree to these words')
  await press(ben, 'I agree to these words')
  await field(ben, 'What it is about').selectOption('Privacy and phones')
  await ana.getByRole('heading', { name: 'Privacy and phones', exact: true }).waitFor()
})

it('Words, Notes and History are tabs beside the list: one stop, arrows, and nothing is lost', async () => {
  const server = await serverTo(await neutralPage())
  const ana = await someone()
  await startBoard(ana, server.origin, 'Ana')
  await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
  const tab = (name: string) => ana.getByRole('tab', { name, exact: true })
  const opened = async () => {
    const [selected, panels] = await Promise.all([
      ana.getByRole('tab', { selected: true }).allInnerTexts(),
      ana.getByRole('tabpanel').count(),
    ])
    expect(panels).toBe(1)
    return selected.join()
  }
  expect(await opened()).toBe('Words')
  await ana.getByRole('tabpanel', { name: 'Words' }).getByText('Being worded').waitFor()

  await tab('Words').focus()
  for (const [key, then] of [
    ['ArrowRight', 'Notes'],
    ['ArrowRight', 'History'],
    ['ArrowRight', 'Words'],
    ['ArrowLeft', 'History'],
    ['Home', 'Words'],
    ['End', 'History'],
  ] as const) {
    await ana.keyboard.press(key)
    expect(await opened()).toBe(then)
    expect(await tab(then).evaluate((element) => element === document.activeElement)).toBe(true)
  }
  await sees(ana, 'Nothing is on record here yet.')
  await ana.keyboard.press('Tab') // past the other tabs, into the panel
  expect(await ana.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('tabpanel')

  await openPart(ana, 'Notes')
  await press(ana, 'Add a note')
  await field(ana, 'A note').fill('On call this week.')
  // What lies behind is not agreed to from here.
  await ana.keyboard.press('Control+Enter')
  expect(await ana.getByRole('dialog').count()).toBe(0)
  // A narrower window has them one under another, as they were.
  await ana.setViewportSize(PHONE)
  await expect.poll(() => ana.getByRole('tab').count()).toBe(0)
  expect(await field(ana, 'A note').inputValue()).toBe('On call this week.')
  await ana.getByRole('button', { name: 'Agree to these words' }).waitFor()
  await ana.setViewportSize(DESK)
  await tab('Notes').waitFor()
  expect(await opened()).toBe('Notes')
  await openPart(ana, 'Words')
  await ana.keyboard.press('Control+Enter')
  await ana.getByRole('dialog').waitFor()
})

import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { keepToLoopback, launchChromium } from '../support/chromium.ts'
import {
  agree,
  card,
  DESK,
  field,
  invite,
  keepWords,
  PHONE,
  press,
  startBoard,
  writeAndShare,
} from '../support/people.ts'
import { startServerProcess } from '../support/server-process.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const looks = [
  { viewport: PHONE, colorScheme: 'light' },
  { viewport: PHONE, colorScheme: 'dark' },
  { viewport: DESK, colorScheme: 'light' },
  { viewport: DESK, colorScheme: 'dark' },
] as const

type Look = (typeof looks)[number]

async function someone(look: Look): Promise<Page> {
  const context = await browser.newContext({ ...look, reducedMotion: 'reduce' })
  onTestFinished(() => context.close())
  onTestFinished(await keepToLoopback(context))
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

/** axe's default rules find nothing, and nothing has to be scrolled sideways. */
async function isFine(page: Page, screen: string): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await run.run()
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth
    return {
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      wide,
    }
  })
  expect(found, screen).toEqual({ violations: [], wide: false })
}

describe('every screen and sheet, at both sizes, light and dark', () => {
  it.each(looks)('$colorScheme, $viewport.width wide', async (look) => {
    const server = await startServerProcess()
    const ana = await someone(look)
    const ben = await someone(look)
    await beforeTheBoard(ana, server.origin)
    await startBoard(ana, server.origin, 'Ana')
    await isFine(ana, 'empty board')
    await drafting(ana)
    await press(ana, 'Invite your partner')
    await field(ana, 'Invitation link').waitFor()
    await ana.getByRole('img').waitFor()
    await isFine(ana, 'invite sheet')
    await ana.keyboard.press('Escape')
    await joining(ben, await invite(ana))
    await ana.getByText('Ben joined.').waitFor()
    await isFine(ana, 'just joined')
    await ana
      .getByRole('link', { name: 'Write a boundary' })
      .or(ana.getByRole('button', { name: 'Write a boundary' }))
      .first()
      .click()
    await field(ana, 'Name').fill('Phones at night')
    await isFine(ana, 'write a boundary')
    await ana.goBack()
    await ana.getByRole('button', { name: 'Discard' }).waitFor()
    await isFine(ana, 'leaving an unshared form')
    await press(ana, 'Discard')
    await wording(ana, ben)
    await elsewhere(ana)
  })

  async function beforeTheBoard(page: Page, origin: string): Promise<void> {
    const until = (text: string) => page.getByText(text).first().waitFor()
    await page.goto(origin)
    await until('Not a contract.')
    await isFine(page, 'welcome')
    await page.goto(`${origin}/safety`)
    await until('In danger now')
    await isFine(page, 'safety')
    await page.goto(`${origin}/open`)
    await field(page, 'Twelve words').fill('one two')
    await press(page, 'Open my board')
    await until('There are twelve words.')
    await isFine(page, 'twelve words, refused')
    await page.goto(`${origin}/join`)
    await until("This link isn't complete.")
    await isFine(page, 'a link cut off')
    await page.goto(`${origin}/nowhere`)
    await until('There is no board at this address.')
    await isFine(page, 'nowhere')
    await page.goto(`${origin}/start`)
    await field(page, 'Your name').waitFor()
    await isFine(page, 'start')
  }

  async function drafting(ana: Page): Promise<void> {
    await press(ana, 'See examples')
    await ana.getByText('Time together').waitFor()
    await isFine(ana, 'examples')
    await press(ana, 'One evening')
    await ana.getByRole('button', { name: 'Delete draft' }).waitFor()
    await isFine(ana, 'a private draft')
    await press(ana, 'Keep private')
    await card(ana, 'One evening', 'Private').waitFor()
    await isFine(ana, 'the list with a private draft')
    await card(ana, 'One evening', 'Private').click()
    await field(ana, 'The words').fill('')
    await press(ana, 'Share')
    await ana.getByText('A boundary needs a name and words.').waitFor()
    await isFine(ana, 'a draft that cannot be shared yet')
    await press(ana, 'Delete draft')
    await ana.getByRole('button', { name: 'Undo' }).waitFor()
    await isFine(ana, 'a draft just deleted')
  }

  async function joining(ben: Page, link: string): Promise<void> {
    await ben.goto(link)
    await ben.getByRole('button', { name: 'Join' }).waitFor()
    await ben.getByText("What's this?").click()
    await isFine(ben, 'being invited')
    await press(ben, 'Join')
    await field(ben, 'Your name').fill('Ben')
    await isFine(ben, 'joining')
    await press(ben, 'Join')
    await ben.getByRole('button', { name: "I've kept them" }).waitFor()
    await isFine(ben, 'your way back in')
    await keepWords(ben)
  }

  async function wording(ana: Page, ben: Page): Promise<void> {
    await writeAndShare(ana, { name: 'Phones at night', words: 'From ten our phones stay here.' })
    await card(ben, 'Phones at night', 'Being worded').waitFor()
    await isFine(ben, 'the list')
    await card(ben, 'Phones at night', 'Being worded').click()
    await field(ben, 'The words').click()
    await ben.keyboard.type('So: ')
    await ana.getByText('Ben is here').first().waitFor()
    await isFine(ana, 'one boundary, live')
    await ana.getByRole('button', { name: 'Agree to these words' }).waitFor()
    await press(ana, 'Agree to these words')
    await isFine(ana, 'agree sheet')
    await ben.keyboard.type('and ')
    await ana.getByText('The words just changed').first().waitFor()
    await isFine(ana, 'the words just changed')
    await press(ana, 'Read again')
    await press(ana, 'I agree to these words')
    await ana.getByText('You agree. Waiting for Ben.').first().waitFor()
    await isFine(ana, 'waiting')
    await ben.getByText('Ana agrees to these words.').first().waitFor()
    await isFine(ben, 'asked')
    await ben.keyboard.type('well, ')
    await ana.getByText('Your yes is to the earlier words.').first().waitFor()
    await isFine(ana, 'my yes is to the earlier words')
    await isFine(ben, 'their yes is to the earlier words')
    await agree(ben)
    await ana.getByText('Ben agrees to these words.').first().waitFor()
    await press(ana, 'Agree to the new words')
    await press(ana, 'I agree to these words')
    await ana.getByText(/You both agreed to this/).waitFor()
    await isFine(ana, 'agreed')
    await press(ana, 'Suggest a change')
    await field(ana, 'The words').click()
    await ana.keyboard.type('At home, ')
    await ana.getByText('New words are being written').first().waitFor()
    await isFine(ana, 'suggesting a change')
    await press(ana, "I can't agree to this any more")
    await isFine(ana, 'step-back sheet')
    await press(ana, 'Step back now')
    await ana.getByText(/Not agreed any more, since/).waitFor()
    await isFine(ana, 'not agreed any more')
    await press(ana, 'Add a note')
    await field(ana, 'A note').fill('On call this week.')
    await isFine(ana, 'a note being written')
    await press(ana, 'Save')
    await press(ben, 'Say it back')
    await field(ben, 'What I understood').fill('You want quiet.')
    await press(ben, 'Save')
    await ana.getByRole('button', { name: "Yes, that's it" }).waitFor()
    await isFine(ana, 'notes, and what was said back')
  }

  async function elsewhere(ana: Page): Promise<void> {
    const board = ana.url().replace(/\/boundary\/.*/, '')
    await ana.goto(`${board}/history`)
    await ana.getByText('Ben joined').first().waitFor()
    await isFine(ana, 'history')
    await ana.goto(`${board}/people`)
    await press(ana, 'Show')
    await isFine(ana, 'people')
    await ana.goto(`${board}/more`)
    await ana.getByText("It doesn't clear your browser history.").waitFor()
    await isFine(ana, 'more')
    await ana.goto(`${board}/boundary/${'0'.repeat(32)}`)
    await ana.getByText('There is no boundary at this address.').first().waitFor()
    await isFine(ana, 'no such boundary')
  }
})

import type { Page } from 'playwright-core'
import { describe, it } from 'vitest'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  keepWords,
  openWriting,
  openPart,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const someone = browserPages()

describe('every screen and sheet, at both sizes, light and dark', () => {
  it('from the first page to the history', { timeout: 240_000 }, async () => {
    const server = await startServerProcess()
    const ana = await someone(LOOKS.deskLight)
    const ben = await someone(LOOKS.phoneDark)
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
    await sees(ana, 'Ben joined.')
    await isFine(ana, 'just joined')
    await openWriting(ana)
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
    await page.goto(origin)
    await sees(page, 'Not a contract.')
    await isFine(page, 'welcome')
    await page.goto(`${origin}/safety`)
    await sees(page, 'In danger now')
    await isFine(page, 'safety')
    await page.goto(`${origin}/open`)
    await field(page, 'Twelve words').fill('one two')
    await press(page, 'Open my board')
    await sees(page, 'There are twelve words.')
    await isFine(page, 'twelve words, refused')
    await page.goto(`${origin}/join`)
    await sees(page, "This link isn't complete.")
    await isFine(page, 'a link cut off')
    await page.goto(`${origin}/nowhere`)
    await sees(page, 'There is no board at this address.')
    await isFine(page, 'nowhere')
    await page.goto(`${origin}/start`)
    await field(page, 'Your name').waitFor()
    await isFine(page, 'start')
  }

  async function drafting(ana: Page): Promise<void> {
    await press(ana, 'See examples')
    await sees(ana, 'Time together')
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
    await sees(ana, 'A boundary needs a name and words.')
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
    await sees(ana, 'Ben is here')
    await isFine(ana, 'one boundary, live')
    await ana.getByRole('button', { name: 'Agree to these words' }).waitFor()
    await press(ana, 'Agree to these words')
    await isFine(ana, 'agree sheet')
    await ben.keyboard.type('and ')
    await sees(ana, 'The words just changed')
    await isFine(ana, 'the words just changed')
    await press(ana, 'Read again')
    await press(ana, 'I agree to these words')
    await sees(ana, 'You agree. Waiting for Ben.')
    await isFine(ana, 'waiting')
    await sees(ben, 'Ana agrees to these words.')
    await isFine(ben, 'asked')
    await ben.keyboard.type('well, ')
    await sees(ana, 'Your yes is to the earlier words.')
    await isFine(ana, 'my yes is to the earlier words')
    await isFine(ben, 'their yes is to the earlier words')
    await agree(ben)
    await sees(ana, 'Ben agrees to these words.')
    await press(ana, 'Agree to the new words')
    await press(ana, 'I agree to these words')
    await sees(ana, /You both agreed to this/)
    await isFine(ana, 'agreed')
    await press(ana, 'Suggest a change')
    await field(ana, 'The words').click()
    await ana.keyboard.type('At home, ')
    await sees(ana, 'New words are being written')
    await isFine(ana, 'suggesting a change')
    await press(ana, "I can't agree to this any more")
    await isFine(ana, 'step-back sheet')
    await press(ana, 'Step back now')
    await sees(ana, /Not agreed any more, since/)
    await isFine(ana, 'not agreed any more')
    await openPart(ana, 'History')
    await sees(ana, 'stepped back')
    await isFine(ana, 'the history of one boundary')
    await openPart(ana, 'Notes')
    await press(ana, 'Add a note')
    await field(ana, 'A note').fill('On call this week.')
    await isFine(ana, 'a note being written')
    await press(ana, 'Save')
    await openPart(ben, 'Notes')
    await press(ben, 'Say it back')
    await field(ben, 'What I understood').fill('You want quiet.')
    await press(ben, 'Save')
    await ana.getByRole('button', { name: "Yes, that's it" }).waitFor()
    await isFine(ana, 'notes, and what was said back')
  }

  async function elsewhere(ana: Page): Promise<void> {
    const board = ana.url().replace(/\/boundary\/.*/, '')
    await ana.goto(`${board}/history`)
    await sees(ana, 'Ben joined')
    await isFine(ana, 'history')
    await ana.goto(`${board}/people`)
    await press(ana, 'Show')
    await isFine(ana, 'people')
    await ana.goto(`${board}/more`)
    await sees(ana, "It doesn't clear your browser history.")
    await isFine(ana, 'more')
    await ana.goto(`${board}/boundary/${'0'.repeat(32)}`)
    await sees(ana, 'There is no boundary at this address.')
    await isFine(ana, 'no such boundary')
  }
})

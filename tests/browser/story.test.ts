import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { browserPages, newPage } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  liveWords,
  openWriting,
  PHONE,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import type { ServerProcess } from '../support/server/run-server.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const HOST = 'board.test'
const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

const someone = browserPages([HOST])

const open = (page: Page, name: string) =>
  page.getByRole('link', { name: new RegExp(`^${name}, `) }).click()

async function sameWords(
  pages: readonly Page[],
  holds: (text: string) => boolean,
): Promise<string> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const [first = '', ...others] = await Promise.all(pages.map(liveWords))
    if (holds(first) && others.every((other) => other === first)) return first
    if (Date.now() > deadline)
      throw new Error(`never the same: ${JSON.stringify([first, ...others])}`)
    await pages[0]?.waitForTimeout(20)
  }
}

describe('two people, two pages, one server', () => {
  it('start, invite, join, type at once, agree, take back, change, step back; reload; kill -9; twelve words', async () => {
    const server = await startServerProcess()
    const ana = await someone()
    const ben = await someone({ viewport: PHONE })
    await startBoard(ana, server.origin, 'Ana')
    await sees(
      ana,
      'Nothing here yet. Start with something small that would make this week easier.',
    )

    // Until Share, the words are nowhere but in the form.
    const bensWords = await join(ben, await invite(ana), 'Ben')
    await sees(ana, 'Read the four words to each other.')
    await writeAndShare(ana, PHONES)
    expect(ana.url()).toContain('/boundary/')
    await sees(ben, "Ana has shared 1. You don't have to answer anything today.")
    await card(ben, PHONES.name, 'Being worded').click()
    await sameWords([ana, ben], (text) => text === PHONES.words)

    await typeAtOnce(ana, ben)
    const agreed = await sameWords(
      [ana, ben],
      (text) => text.includes('(mine)') && text.includes('(yours)'),
    )

    await ana.getByRole('button', { name: 'Agree to these words', exact: true }).waitFor()
    await agree(ana)
    await sees(ana, 'You agree. Waiting for Ben.')
    await sees(ben, 'Ana agrees to these words.')
    await press(ana, 'Take back')
    await ana.getByRole('button', { name: 'Agree to these words', exact: true }).waitFor()
    await agree(ana)
    await sees(ben, 'Ana agrees to these words.')
    await agree(ben)
    await sees(ben, /You both agreed to this/)
    await sees(ana, /You both agreed to this/)
    expect(await field(ana, 'The words').count()).toBe(0)

    // A change: the old words hold until both agree to the new ones.
    await press(ben, 'Suggest a change')
    await field(ben, 'The words').click()
    await ben.keyboard.press('Control+End')
    await ben.keyboard.type(' On weekdays.')
    await sees(ben, /In force since/)
    await sees(ana, 'New words are being written')
    await agree(ben)
    await sees(ana, 'Ben agrees to these words.')
    await agree(ana)
    await sees(ben, /You both agreed to this/)
    await ben.getByRole('link', { name: 'Back' }).click()
    await card(ben, PHONES.name, 'Agreed').waitFor()

    // Everything is still there after a reload, and after the server was killed.
    await ana.reload()
    await sees(ana, `${agreed} On weekdays.`)
    await sees(ana, /You both agreed to this/)
    await server.kill()
    await sees(ana, /Offline\. You can keep writing/)
    await server.restart()
    await sees(ana, /Back online\. Everything's sent\./)

    await press(ana, "I can't agree to this any more")
    await press(ana, 'Step back now')
    await sees(ana, /Not agreed any more/)
    await card(ben, PHONES.name, 'Not agreed any more').waitFor()

    // Ben on another device, from nothing but his words.
    const other = await someone({ viewport: PHONE })
    await other.goto(server.origin)
    await press(other, 'I have my twelve words')
    await field(other, 'Twelve words').fill(`  ${bensWords.toUpperCase()} `)
    await press(other, 'Open my board')
    await card(other, PHONES.name, 'Not agreed any more').click()
    await sameWords([ana, other], (text) => text === `${agreed} On weekdays.`)
  })

  async function typeAtOnce(ana: Page, ben: Page): Promise<void> {
    await field(ana, 'The words').click()
    await ana.keyboard.press('Control+Home')
    await field(ben, 'The words').click()
    await ben.keyboard.press('Control+End')
    await sees(ana, 'Ben is here')
    await Promise.all([
      ana.keyboard.type('(mine) ', { delay: 30 }),
      ben.keyboard.type(' (yours)', { delay: 30 }),
    ])
    await sees(ana, /is still writing|Agree to these words/)
  }

  it('the sheet notices words that move under it, and signs nothing', async () => {
    const server = await startServerProcess()
    const ana = await someone({ viewport: PHONE })
    const ben = await someone()
    await startBoard(ana, server.origin, 'Ana')
    await join(ben, await invite(ana), 'Ben')
    await writeAndShare(ana, PHONES)
    await open(ben, PHONES.name)
    await sameWords([ana, ben], (text) => text === PHONES.words)
    await press(ana, 'Agree to these words')
    await field(ben, 'The words').click()
    await ben.keyboard.press('Control+End')
    await ben.keyboard.type(' Mostly.')
    await sees(ana, 'The words just changed')
    expect(await ana.getByRole('button', { name: 'I agree to these words' }).count()).toBe(0)
    await press(ana, 'Read again')
    await press(ana, 'I agree to these words')
    await sees(ben, 'Ana agrees to these words.')
    await sees(ana, 'You agree. Waiting for Ben.')
  })

  it('a double tap agrees to nothing, and takes nothing back', async () => {
    const server = await startServerProcess()
    const ana = await someone({ viewport: PHONE })
    await startBoard(ana, server.origin, 'Ana')
    await writeAndShare(ana, PHONES)
    await ana.waitForTimeout(700) // the answers have just come under the thumb
    const box = await ana.getByRole('button', { name: 'Agree to these words' }).boundingBox()
    const tapTwice = async (x: number, y: number) => {
      await ana.mouse.click(x, y)
      await ana.waitForTimeout(150)
      await ana.mouse.click(x, y)
    }
    if (!box) throw new Error('no button')
    await tapTwice(box.x + box.width / 4, box.y + box.height / 2)
    await ana.waitForTimeout(700)
    await ana.getByRole('button', { name: 'I agree to these words' }).waitFor()
    const yes = await ana.getByRole('button', { name: 'I agree to these words' }).boundingBox()
    if (!yes) throw new Error('no button')
    await tapTwice(yes.x + yes.width / 2, yes.y + yes.height / 2)
    await sees(ana, 'You agree. Waiting for your partner.')
    await ana.waitForTimeout(700)
    await sees(ana, 'You agree. Waiting for your partner.')
  })

  it('both seats in two windows of one browser, the invitation opened where a seat already is', async () => {
    const server = await startServerProcess()
    const ana = await someone()
    await startBoard(ana, server.origin, 'Ana')
    const link = await invite(ana)
    const ben = await newPage(ana.context())
    await ben.goto(link)
    await sees(ben, /This browser is already on this board as Ana/)
    expect(ben.url()).not.toContain('#')
    await press(ben, 'Join as the other person')
    await field(ben, 'Your name').fill('Ben')
    await press(ben, 'Join')
    await press(ben, "I've kept them")
    await writeAndShare(ben, PHONES)
    expect(await ben.getByText('has shared').count()).toBe(0) // Ana has shared nothing
    await card(ana, PHONES.name, 'Being worded').click()
    await agree(ana)
    await sees(ben, 'Ana agrees to these words.')
    await agree(ben)
    await sees(ana, /You both agreed to this/)
    await Promise.all([ana.reload(), ben.reload()])
    await sees(ana, /You both agreed to this/)
    await sees(ben, /You both agreed to this/)
    await ana.goto(server.origin)
    await ana.getByRole('link', { name: 'Your board, as Ana' }).waitFor()
    await ana.getByRole('link', { name: 'Your board, as Ben' }).waitFor()
  })

  it('over plain http under a name, where the platform has no crypto.subtle', async () => {
    const server = await startServerProcess()
    const origin = `http://${HOST}:${server.port}`
    const ana = await someone({ viewport: PHONE })
    const ben = await someone({ viewport: PHONE })
    await startBoard(ana, origin, 'Ana')
    expect(
      await ana.evaluate(() => [isSecureContext, typeof crypto.subtle, typeof navigator.clipboard]),
    ).toEqual([false, 'undefined', 'undefined'])
    await press(ana, 'Invite your partner')
    const link = await field(ana, 'Invitation link').inputValue()
    await press(ana, 'Copy')
    await ana.keyboard.press('Escape')
    await join(ben, link, 'Ben')
    await writeAndShare(ben, PHONES)
    await open(ana, PHONES.name)
    await agree(ana)
    await sees(ben, 'Ana agrees to these words.')
    await agree(ben)
    await sees(ana, /You both agreed to this/)
  })
})

describe('links, words and addresses that do not work say so', () => {
  let server: ServerProcess
  let ana: Page
  let link: string

  async function begin(): Promise<void> {
    server = await startServerProcess()
    ana = await someone({ viewport: PHONE })
    await startBoard(ana, server.origin, 'Ana')
    link = await invite(ana)
  }

  it('a used link, and a third person', async () => {
    await begin()
    const ben = await someone({ viewport: PHONE })
    await join(ben, link, 'Ben')
    const third = await someone({ viewport: PHONE })
    await third.goto(link)
    await sees(third, "This link has been used. If it wasn't you, tell your partner.")
    await sees(ana, 'Ben joined.')
  })

  it('a cancelled link, and the new one after it', async () => {
    await begin()
    await press(ana, 'Invite your partner')
    await press(ana, 'Cancel this link')
    const ben = await someone({ viewport: PHONE })
    await ben.goto(link)
    await sees(ben, 'This link was cancelled. Ask for a new one.')
  })

  it('a link cut off, a board that is not there, words that are wrong', async () => {
    await begin()
    const page = await someone({ viewport: PHONE })
    await page.goto(link.slice(0, -4))
    await sees(page, "This link isn't complete. Copy the whole of it.")
    await page.goto(`${server.origin}/b/${'0'.repeat(64)}/a`)
    await sees(page, 'There is no board at this address.')
    await page.goto(`${server.origin}/open`)
    const words =
      'abandon abandon abandon abandon abandon abandon abandn abandon abandon abandon abandon about'
    await field(page, 'Twelve words').fill(words)
    await press(page, 'Open my board')
    await sees(page, "These aren't twelve words we know. Check word 7.")
    await field(page, 'Twelve words').fill(words.replace('abandn', 'abandon'))
    await press(page, 'Open my board')
    await sees(page, 'The words are fine, but no board answers to them here.')
  })

  it('reading a link spends nothing: previews, reloads, and leaving it for later', async () => {
    await begin()
    const ben = await someone({ viewport: PHONE })
    for (let i = 0; i < 5; i++) expect((await fetch(link)).status).toBe(200)
    await ben.goto(link)
    await press(ben, 'Not now')
    await sees(ben, /Fine\. The link works until/)
    await ben.goto(link)
    await ben.reload()
    await press(ben, 'Join')
    await field(ben, 'Your name').fill('Ben')
    await press(ben, 'Join')
    await sees(ben, 'Your way back in')
  })

  it('text beyond the limits cannot be shared, and says so', async () => {
    await begin()
    await openWriting(ana)
    await field(ana, 'Name').fill('Long')
    await field(ana, 'The words').fill('x'.repeat(4001))
    await press(ana, 'Share')
    await sees(ana, "That's longer than a boundary can be (4,000 characters).")
    expect(ana.url()).toContain('/write')
  })
})

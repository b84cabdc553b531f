import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const SHOUTING = { name: 'No shouting', words: 'If voices are raised at me I leave the room.' }

const someone = browserPages()

describe('answers that can wait, between two people', () => {
  it('not yet, no, a limit heard, an ending agreed by both', async () => {
    const server = await startServerProcess()
    const ana = await someone(LOOKS.deskLight)
    const ben = await someone(LOOKS.phoneDark)
    await startBoard(ana, server.origin, 'Ana')
    await join(ben, await invite(ana), 'Ben')
    await writeAndShare(ana, PHONES)
    await agree(ana)
    await sees(ben, 'For you')
    await card(ben, PHONES.name, 'Being worded').click()
    await sees(ben, 'Ana agrees to these words.')
    await isFine(ben, 'three answers')
    await notYet(ana, ben)
    await no(ana, ben)
    await ending(ana, ben)
    await limit(ana, ben)
  })

  async function notYet(ana: Page, ben: Page): Promise<void> {
    await press(ben, 'Not yet')
    await isFine(ben, 'until when')
    await ben.getByLabel('In a week').check()
    await field(ben, 'One line (optional)').fill('After the trip.')
    await ben.getByRole('dialog').getByRole('button', { name: 'Not yet' }).click()
    await sees(ana, /^Ben needs until .+\.$/)
    await sees(ana, '“After the trip.”')
    await isFine(ana, 'partner needs until')
    await sees(ben, /^You need until /)
  }

  async function no(ana: Page, ben: Page): Promise<void> {
    await press(ben, 'No to this')
    await isFine(ben, 'no sheet')
    // Written under the open sheet: the no is to what was read.
    await field(ana, 'The words').click()
    await ana.keyboard.press('Control+End')
    await ana.keyboard.type(' Always.')
    await sees(ben, `${PHONES.words} Always.`)
    await press(ben, 'Just no')
    await sees(ana, 'Ben said no to the earlier words.')
    await press(ben, 'No to this')
    await press(ben, 'Just no')
    await sees(ana, 'Ben said no to these words.')
    await sees(ana, /^The same words can come back after /)
    await isFine(ana, 'no for now')
    const again = ana.getByRole('button', { name: 'Agree to these words' })
    expect(await again.getAttribute('aria-disabled')).toBe('true')
    await field(ana, 'The words').click()
    await ana.keyboard.press('Control+End')
    await ana.keyboard.type(' On weekdays.')
    await sees(ana, 'Ben said no to the earlier words.')
    await agree(ana)
    await sees(ben, 'Ana agrees to these words.')
    await agree(ben)
    await sees(ana, /You both agreed to this/)
    await sees(ana, 'Want to look at it again some day?')
    await isFine(ana, 'agreed, look again')
    await press(ana, 'In a month')
    await sees(ana, /^To look at again on /)
  }

  async function ending(ana: Page, ben: Page): Promise<void> {
    await press(ana, 'Suggest ending it')
    await isFine(ana, 'ending sheet')
    await ana.getByRole('dialog').getByRole('button', { name: 'Suggest ending it' }).click()
    await sees(ana, 'You suggest ending this. Waiting for Ben.')
    await sees(ben, 'Ana suggests ending this.')
    await isFine(ben, 'ending suggested')
    await press(ben, 'Agree to ending it')
    await ben.getByRole('dialog').getByRole('button', { name: 'Agree to ending it' }).click()
    for (const page of [ana, ben]) {
      await page.getByRole('link', { name: 'Back' }).click()
      await page.getByText('Set aside and let go').click()
      await card(page, PHONES.name, 'Let go').waitFor()
    }
    await isFine(ben, 'let go')
  }

  async function limit(ana: Page, ben: Page): Promise<void> {
    await press(ana, 'Write a boundary')
    await field(ana, 'Name').fill(SHOUTING.name)
    await field(ana, 'The words').fill(SHOUTING.words)
    await ana.getByLabel('Mine').check()
    await isFine(ana, 'mine')
    await press(ana, 'Share')
    await agree(ana)
    await card(ben, SHOUTING.name, "Ana's limit").click()
    expect(await field(ben, 'The words').count()).toBe(0)
    await isFine(ben, 'a limit not heard')
    await sees(ana, 'Not said as heard yet. It holds all the same.')
    await isFine(ana, 'own limit, not heard')
    await press(ben, "I've heard this")
    await sees(ben, "You've heard this.")
    await sees(ana, 'Ben has heard this.')
    await isFine(ana, 'own limit, heard')
    await ana.goto(ana.url().replace(/\/boundary\/.*/, '/history'))
    await sees(ana, /Ben heard this\./)
    await isFine(ana, 'history of answers')
  }
})

import type { Locator, Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { level } from '../support/partners/arrived.ts'
import { browserPages } from '../support/browser/pages.ts'
import { Partner } from '../support/partners/partner.ts'
import { agree as agreeTo } from '../support/partners/partner-words.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  PHONE,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const HEBREW = { name: 'טלפונים, בלילה.', words: 'מעשר בערב, הטלפונים במסדרון.' }
const ARABIC = 'من العاشرة: هواتفنا على الطاولة.'

const someone = browserPages()

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/right-to-left-${name}.png` })
}

/** The full stop at its end stands left of the first letter. */
const runsLeft = (text: Locator): Promise<boolean> =>
  text.evaluate((element) => {
    const leftOf = (node: Node, at: number) => {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      return range.getBoundingClientRect().left
    }
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const node = walk.nextNode()
    if (!node?.nodeValue) return false
    return leftOf(node, node.nodeValue.trimEnd().length - 1) < leftOf(node, 0)
  })

it('words in Arabic and Hebrew run from the right, in the form, the editor, the sheet, the list and before and after', async () => {
  const server = await startServerProcess()
  const ana = await someone()
  const ben = await someone({ viewport: PHONE })
  await startBoard(ana, server.origin, 'דנה')
  await join(ben, await invite(ana), 'سامي')
  await writeAndShare(ana, HEBREW)
  const line = field(ana, 'The words').locator('.cm-line').first()
  await expect.poll(() => runsLeft(line)).toBe(true)
  await expect.poll(() => runsLeft(field(ana, 'Name').locator('.cm-line').first())).toBe(true)
  await press(ana, 'Agree to these words')
  await expect.poll(() => runsLeft(ana.getByRole('dialog').locator('.words').first())).toBe(true)
  await press(ana, 'I agree to these words')
  await card(ben, HEBREW.name, 'Being worded').waitFor()
  await expect.poll(() => runsLeft(ben.locator('article .text').first())).toBe(true)
  await card(ben, HEBREW.name, 'Being worded').click()
  await picture(ben, 'phone')
  await agree(ben)
  await ana.getByText(/^You both agreed to this/).waitFor()
  await expect.poll(() => runsLeft(ana.locator('article .wording .words').first())).toBe(true)
  await expect.poll(() => runsLeft(ana.locator('h1').first())).toBe(true)

  await press(ana, 'Suggest a change')
  await field(ana, 'The words').click()
  await ana.keyboard.press('Control+A')
  await ana.keyboard.type(ARABIC)
  await press(ben, 'Agree to these words')
  await picture(ben, 'sheet')
  await press(ben, 'I agree to these words')
  await field(ana, 'The words').click()
  await ana.keyboard.press('Control+End')
  await ana.keyboard.type(' (22:00)')
  await ana.locator('.compare .text').first().waitFor()
  await expect.poll(() => runsLeft(ana.locator('.compare .text').first())).toBe(true)
  await picture(ana, 'desk')
})

/**
 * On the page: what an English line says out of order. Its Latin words and its names, each of them
 * one piece however many words it has, stand one after another from the left.
 */
function outOfOrder(): string[] {
  const isRightToLeft = (text: string) => /[\u0590-\u08ff]/.test(text)
  const found: string[] = []
  for (const block of document.querySelectorAll('h1, h2, p, li > a, label')) {
    if (!/[a-z]/i.test(block.textContent ?? '') || block.querySelector('input, p')) continue
    const pieces: DOMRect[] = []
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const words = /[\u0590-\u08ff]+(?:[\s.,:]+[\u0590-\u08ff]+)*|[\p{L}\p{N}]+/gu
      for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(words)) {
        const range = document.createRange()
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        pieces.push(range.getBoundingClientRect())
      }
    }
    const wrong = pieces.some((piece, at) => {
      const before = pieces[at - 1]
      if (!before || piece.width < 2 || before.width < 2) return false
      return Math.abs(piece.top - before.top) < 8 && piece.left < before.left
    })
    if (wrong && isRightToLeft(block.textContent ?? '')) found.push(block.textContent ?? '')
  }
  return found
}

it('names in Arabic and Hebrew leave English sentences in order, on the board, in notes and in the history', async () => {
  const { origin } = await serveBoard()
  const dana = await Partner.start('דנה', { origin })
  await dana.board.invite()
  const sami = await Partner.join('سامي', dana.board.invitation?.link ?? '', { origin })
  onTestFinished(() => [dana, sami].forEach((partner) => partner.close()))
  await dana.until(() => dana.board.joined)
  const made = dana.board.share({ ...HEBREW, ifItSlips: '', kind: 'ours' })
  if ('problem' in made) throw new Error(made.problem)
  await level(dana, sami)
  const notes = await sami.board.notes()
  notes.add(made.id, 'note', ARABIC)
  notes.add(made.id, 'said-back', ARABIC)
  await agreeTo(dana, made.id)
  await level(dana, sami)
  await sami.board.answers.notYet(made.id, '2099-12-01', ARABIC)
  await sami.board.answers.sayNo(made.id, ARABIC)
  await level(dana, sami)

  const page = await someone({ viewport: PHONE })
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(await dana.board.twelveWords())
  await press(page, 'Open my board')
  await sees(page, 'No for now')
  const board = page.url()
  const wrong: Record<string, string[]> = {}
  const isInOrder = async (where: string) => {
    wrong[where] = await page.evaluate(outOfOrder)
    await picture(page, where)
  }
  await isInOrder('board')
  await card(page, HEBREW.name, 'No for now').click()
  await sees(page, 'said it back')
  await sees(page, 'said no.')
  await isInOrder('boundary')
  for (const screen of ['history', 'history/picture', 'people']) {
    await page.goto(`${board}/${screen}`)
    await sees(page, screen === 'people' ? '(you)' : /said no\.|The whole time/)
    await isInOrder(screen.replace('/', '-'))
  }
  expect(Object.values(wrong).flat(), JSON.stringify(wrong)).toEqual([])
})

/** On a phone: what is wanted at once is in sight, and nothing that is being used is covered. */
import type { Locator, Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { level } from '../support/partners/arrived.ts'
import { browserPages } from '../support/browser/pages.ts'
import { makePair, type Partner } from '../support/partners/partner.ts'
import { agree } from '../support/partners/partner-words.ts'
import { card, field, openWriting, PHONE, press, sees } from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'

const someone = browserPages()

/** What is left of a phone above the keyboard, where the keyboard makes the page shorter. */
const ABOVE_KEYBOARD = { width: 360, height: 330 }
const SPENDING = {
  name: 'Bigger purchases',
  words: 'Above 150 from the shared account we talk before one of us buys, whatever it is for.',
  ifItSlips: 'We say so the same evening.',
}
const LATE = { name: 'After a late shift', words: 'Tea, and no talk about us.', ifItSlips: '' }

/** Ben's phone, on a board of twenty: Ana suggests a change of one, and agrees to the words of another. */
async function onBensPhone(): Promise<{ ben: Page; ana: Partner; spending: string }> {
  const { origin } = await serveBoard()
  const [ana, other] = await makePair({ origin })
  onTestFinished(() => [ana, other].forEach((partner) => partner.close()))
  const share = (texts: typeof LATE) => {
    const made = ana.board.share({ ...texts, kind: 'ours' })
    if ('problem' in made) throw new Error(made.problem)
    return made.id
  }
  const spending = share(SPENDING)
  const late = share(LATE)
  for (let at = 3; at <= 20; at++) share({ ...LATE, name: `Number ${at}` })
  await level(ana, other)
  await agree(ana, spending)
  await level(ana, other)
  await agree(other, spending)
  await level(ana, other)
  ana.board.answers.suggestChange(spending)
  ana.board.editor(spending)?.texts.words.insert(SPENDING.words.indexOf('150'), '250 or ')
  await agree(ana, spending)
  await agree(ana, late)
  await level(ana, other)
  const ben = await someone({ viewport: PHONE })
  await ben.goto(`${origin}/open`)
  await field(ben, 'Twelve words').fill(await other.board.twelveWords())
  await press(ben, 'Open my board')
  await sees(ben, 'For you')
  return { ben, ana, spending }
}

/** All of it is on the screen, and nothing lies over it. */
const inSight = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    const middle = (left + right) / 2
    return [top + 1, (top + bottom) / 2, bottom - 1].every((y) =>
      element.contains(document.elementFromPoint(middle, y)),
    )
  })

it('a new boundary can be begun at once, whatever stands on the board', async () => {
  const { ben } = await onBensPhone()
  const write = ben.getByRole('button', { name: 'Write a boundary' })
  expect(await inSight(write)).toBe(true)
  await openWriting(ben)
  await expect.poll(() => inSight(field(ben, 'If it slips (optional)'))).toBe(true)
  for (const screen of [PHONE, ABOVE_KEYBOARD]) {
    await ben.setViewportSize(screen)
    await ben.evaluate(() => scrollTo(0, 0))
    await field(ben, 'Name').focus()
    for (const name of ['The words', 'If it slips (optional)', 'Ours', 'What it is about']) {
      await ben.keyboard.press('Tab')
      const at = field(ben, name)
      await expect.poll(() => at.evaluate((each) => each === document.activeElement)).toBe(true)
      await expect.poll(() => inSight(at), { message: name }).toBe(true)
    }
  }
})

it('what is new in suggested words is in sight with the ones in force, and what is written in stands above the answers', async () => {
  const { ben } = await onBensPhone()
  expect(await ben.getByText('Ana agrees to these words.').count()).toBe(1) // not under those in force
  await card(ben, SPENDING.name, 'Agreed, change suggested').click()
  const answers = ben.locator('.answers')
  await answers.getByText('250 or').waitFor()
  expect(await inSight(answers.getByText('250 or'))).toBe(true)
  expect(await inSight(ben.getByText('In force since').first())).toBe(true)
  for (const name of ['Name', 'The words', 'If it slips (optional)']) {
    await field(ben, name).focus()
    await expect.poll(() => inSight(field(ben, name)), { message: name }).toBe(true)
  }
  await ben.keyboard.press('Control+End')
  for (let line = 0; line < 8; line++) await ben.keyboard.press('Enter')
  const last = field(ben, 'If it slips (optional)').locator('.cm-line').last()
  await expect.poll(() => inSight(last)).toBe(true)
})

/** Ben's finger is on what Ana then steps back from; resolves once his page knows. */
async function steppedBackUnderHisFinger(): Promise<Page> {
  const { ben, ana, spending } = await onBensPhone()
  const asked = card(ben, SPENDING.name, 'Agreed, change suggested')
  const { x = 0, y = 0, width = 0 } = (await asked.boundingBox()) ?? {}
  await ben.mouse.move(x + width / 2, y + 5)
  await ben.mouse.down()
  await ana.board.answers.stepBack(spending)
  await ben.getByRole('status').filter({ hasText: SPENDING.name }).waitFor({ state: 'attached' })
  expect(await asked.boundingBox()).toMatchObject({ x, y })
  return ben
}

it('a tap is not lost, whatever the other says in that moment', async () => {
  const ben = await steppedBackUnderHisFinger()
  await ben.mouse.up()
  await sees(ben, /^Not agreed any more, since/)
  await ben.getByRole('link', { name: 'Back', exact: true }).click()
  await card(ben, SPENDING.name, 'Not agreed any more').waitFor()
})

it('where a touch becomes no tap, the list goes on', async () => {
  const ben = await steppedBackUnderHisFinger()
  await ben.evaluate(() => dispatchEvent(new PointerEvent('pointercancel'))) // as scrolling does
  await card(ben, SPENDING.name, 'Not agreed any more').waitFor()
})

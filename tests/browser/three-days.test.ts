/** Two people over three days: the clock is moved on, and each opens the board again in the morning. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { dayOf } from '../../client/words/days.ts'
import { HandClock } from '../support/clock.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  openWriting,
  PHONE,
  press,
  sees,
  startBoard,
  type Written,
} from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'

const DAY_MS = 86_400_000
/** A Wednesday. */
const FIRST_DAY = new Date(2027, 2, 3, 9).getTime()

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const EVENING = { name: 'One evening', words: 'Thursday evening is ours.' }
const MONEY = { name: 'Money', words: 'Over 200, we talk first.' }
const TRIPS = { name: 'Work trips', words: 'One call a day.' }
const FAMILY = { name: 'Families', words: 'We tell them nothing.' }

const someone = browserPages()
const clock = new HandClock(FIRST_DAY)
const today = () => dayOf(clock.now(), new Date(clock.now()))

it('from a private draft to a change, an ending, a step-back, a not-yet that came due and a no with other words', async () => {
  const { origin } = await serveBoard({}, clock)
  const ana = await someone()
  const ben = await someone({ viewport: PHONE })
  const both = [ana, ben]
  const nextDay = async () => {
    clock.advance(DAY_MS)
    await tellTime(both)
    for (const page of both) await page.goto(page.url().replace(/\/boundary\/.*/, ''))
  }
  await tellTime(both)

  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await firstDay(ana, ben)
  const [first] = [today(), await nextDay()]
  await secondDay(ana, ben)
  const [second] = [today(), await nextDay()]
  await thirdDay(ana, ben)
  await atTheEnd(ana, ben, [first, second, today()])
})

async function tellTime(pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.clock.setFixedTime(clock.now())
}

const back = (page: Page) => page.getByRole('link', { name: 'Back', exact: true }).click()
const inSheet = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()

/** Types behind the live words. */
async function typeOn(page: Page, text: string): Promise<void> {
  await field(page, 'The words').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

/** Writes it and says yes to it; on the list again. */
async function suggest(page: Page, { name, words }: Written): Promise<void> {
  await openWriting(page)
  await field(page, 'Name').fill(name)
  await field(page, 'The words').fill(words)
  await press(page, 'Share and say yes')
  await sees(page, 'You agree. Waiting for Ben.')
  await back(page)
}

/** Opens what the partner asks, and answers. */
async function answer(page: Page, { name }: Written, say: () => Promise<void>): Promise<void> {
  await card(page, name, 'Being worded').click()
  await say()
  await back(page)
}

async function firstDay(ana: Page, ben: Page): Promise<void> {
  await openWriting(ana)
  await field(ana, 'Name').fill(PHONES.name)
  await press(ana, 'Keep private')
  await card(ana, PHONES.name, 'Private').click()
  await field(ana, 'The words').fill(PHONES.words)
  await press(ana, 'Share and say yes')
  await sees(ana, 'You agree. Waiting for Ben.')
  await back(ana)
  for (const each of [EVENING, MONEY, TRIPS, FAMILY]) await suggest(ana, each)

  for (const each of [PHONES, EVENING, MONEY]) {
    await answer(ben, each, async () => {
      await agree(ben)
      await sees(ben, /You both agreed to this/)
    })
  }
  await answer(ben, TRIPS, async () => {
    await press(ben, 'Not yet')
    await ben.getByLabel('Tomorrow evening').check()
    await inSheet(ben, 'Not yet')
    await sees(ben, 'You need until Thursday.')
  })
  await answer(ben, FAMILY, async () => {
    await press(ben, 'No to this')
    await press(ben, 'Suggest other words')
    await field(ben, 'The words').and(ben.locator(':focus')).waitFor()
    await typeOn(ben, ' But one friend each.')
    await agree(ben)
    await sees(ben, 'You agree. Waiting for Ana.')
  })
  await card(ana, TRIPS.name, 'Ben needs until Thursday').waitFor()
}

async function secondDay(ana: Page, ben: Page): Promise<void> {
  // The not-yet has come due, for the one who asked for it.
  await sees(ben, /^You wanted until today for/)
  await card(ana, TRIPS.name, 'Waiting for Ben').waitFor()
  expect(await ana.getByText('You wanted until today').count()).toBe(0)
  await press(ben, 'Answer')
  await agree(ben)
  await sees(ben, /You both agreed to this/)
  await back(ben)

  await answer(ana, FAMILY, async () => {
    await sees(ana, 'Ben agrees to these words.')
    await agree(ana)
    await sees(ana, /You both agreed to this/)
  })

  await card(ana, PHONES.name, 'Agreed').click()
  await press(ana, 'Suggest a change')
  await field(ana, "What's different now? (optional)").fill("I'm on call.")
  await typeOn(ana, ' On weekdays.')
  await agree(ana)
  await sees(ana, 'You agree. Waiting for Ben.')
  await card(ben, PHONES.name, 'Agreed, change suggested').click()
  await sees(ben, `“I'm on call.”`)
  await sees(ben, 'In force since 3 March')
  await agree(ben)
  await sees(ana, `You both agreed to this. ${today()}.`)
  await back(ben)
}

async function thirdDay(ana: Page, ben: Page): Promise<void> {
  await card(ana, EVENING.name, 'Agreed').click()
  await press(ana, 'Suggest ending it')
  await inSheet(ana, 'Suggest ending it')
  await card(ben, EVENING.name, 'Agreed, ending suggested').click()
  await press(ben, 'Agree to ending it')
  await inSheet(ben, 'Agree to ending it')
  await sees(ana, 'Let go')
  await back(ben)

  await card(ben, MONEY.name, 'Agreed').click()
  await press(ben, "I can't agree to this any more")
  await press(ben, 'Step back now')
  await sees(ben, `Not agreed any more, since ${today()}.`)
  await card(ana, MONEY.name, 'Not agreed any more').click()
  await sees(ana, `Not agreed any more, since ${today()}.`)
}

/** The groups of the list, each with its cards as they are named. */
async function listOf(page: Page): Promise<Record<string, string[]>> {
  await page.getByText('Set aside and let go').click()
  return page.evaluate(() => {
    const groups = [...document.querySelectorAll('main section, main details')]
    return Object.fromEntries(
      groups.map((group) => [
        group.querySelector('h2, summary')?.textContent ?? '',
        [...group.querySelectorAll('a')].map((card) => card.getAttribute('aria-label') ?? ''),
      ]),
    )
  })
}

/** The history, line by line, as somebody else would tell it. */
async function historyOf(page: Page, me: string): Promise<string[]> {
  await page.getByRole('link', { name: 'History', exact: true }).click()
  await sees(page, `${me === 'Ana' ? 'You' : 'Ana'} started this board.`)
  const lines = await page.locator('main li').allInnerTexts()
  return lines.map((line) =>
    line
      .replace(/\s+/g, ' ')
      .replace(/\byou need\b/g, `${me} needs`)
      .replace(/\byou\b/gi, me),
  )
}

async function atTheEnd(ana: Page, ben: Page, days: readonly string[]): Promise<void> {
  for (const page of [ana, ben]) {
    if (page.url().includes('/boundary/')) await back(page)
    await card(page, MONEY.name, 'Not agreed any more').waitFor()
  }
  const list = await listOf(ana)
  expect(await listOf(ben)).toEqual(list)
  const named = (name: string, status: string) => `${name}, ${status}`
  expect(Object.keys(list)).toEqual(['Being worded', 'Agreed', 'Set aside and let go'])
  expect(list['Being worded']).toEqual([named(MONEY.name, 'Not agreed any more')])
  expect(list['Agreed']?.toSorted()).toEqual(
    [FAMILY, PHONES, TRIPS].map(({ name }) => named(name, 'Agreed')).toSorted(),
  )
  expect(list['Set aside and let go']).toEqual([named(EVENING.name, 'Let go')])

  const past = await historyOf(ana, 'Ana')
  expect(await historyOf(ben, 'Ben')).toEqual(past)
  const [first, second, third] = days
  const told = past.join('\n')
  for (const line of [
    `${third} ${MONEY.name} not agreed any more · Ben stepped back.`,
    `${third} ${EVENING.name} let go · suggested by Ana on ${third}, both agreed ${third}.`,
    `${second} ${PHONES.name} changed · suggested by Ana on ${second}, both agreed ${second}. “I'm on call.”`,
    `${second} ${FAMILY.name} agreed · suggested by Ben on ${first}, both agreed ${second}.`,
    `${second} ${TRIPS.name} agreed · suggested by Ana on ${first}, both agreed ${second}.`,
    `${first} ${FAMILY.name} · Ben said no.`,
    `${first} ${TRIPS.name} · Ben needs until ${second}.`,
  ]) {
    expect(told).toContain(line)
  }
}

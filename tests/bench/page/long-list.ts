/** A full board opened from what this device keeps, while the server does not answer: until its list is on the screen. */
import type { BrowserContext, Page } from 'playwright-core'
import { field, press } from '../../support/browser/people.ts'
import { makePair, type Partner } from '../../support/partners/partner.ts'
import { agree, sharedWith } from '../../support/partners/partner-words.ts'
import { untilKept } from './kept.ts'
import { newContext, newPage, PATIENCE_MS, type Stage } from './stage.ts'
import { spread, type Row } from '../table.ts'

const ROUNDS = 15
const BOUNDARIES = 100
const RECORDS = 1000
const TARGET_MS = 500

/** One writes here in seconds what two people write in years. */
export const FAST = {
  LIMIT_EVENTS_PER_SECOND: '1000000',
  LIMIT_EVENTS_BURST: '1000000',
  LIMIT_RECORDS_PER_SECOND: '1000000',
  LIMIT_RECORDS_BURST: '1000000',
}

const WORDS =
  'From ten at night our phones stay on the kitchen table. Whoever is on call says so before dinner, and the other does not look.'

interface Opened {
  readonly painted: number
  readonly first: number
  readonly all: number
  readonly drawn: number
}

export async function measureLongList({ browser, origin }: Stage): Promise<Row[]> {
  const twelve = await fillBoard(origin)
  const context = await newContext(browser)
  const address = await keepOnDevice(context, origin, twelve)
  const opened: Opened[] = []
  for (let round = 0; round < ROUNDS; round++) opened.push(await openAlone(context, address))
  await context.close()
  const of = (what: keyof Opened) => opened.map((each) => each[what])
  return [
    spread('first contentful paint', of('painted')),
    spread('the first card in the page', of('first')),
    spread('all cards in the page', of('all')),
    spread('all cards in a painted frame', of('drawn'), { atMost: TARGET_MS }),
  ]
}

/** Two people without a browser fill a board; returns the twelve words of the first. */
async function fillBoard(origin: string): Promise<string> {
  // A page holds back what is said faster than people speak: here a second passes at every look.
  let time = Date.now() - 24 * 60 * 60_000
  const [ana, ben] = await makePair({ origin, now: () => (time += 1000) })
  try {
    const ids: string[] = []
    for (let n = 1; n <= BOUNDARIES; n++) {
      ids.push(await sharedWith(ana, ben, { name: `Boundary ${n}`, words: WORDS, ifItSlips: '' }))
    }
    await Promise.all([ana.saved(), ben.saved()])
    for (let n = 0; ana.board.records.next < RECORDS; n++) {
      const id = ids[n % ids.length] ?? ''
      await sayNext(ana, ben, id)
      await Promise.all([ana, ben].map((who) => inStep(who, ana, ben)))
    }
    return await ana.board.twelveWords()
  } finally {
    for (const partner of [ana, ben]) partner.close()
  }
}

/** Proposed, agreed to, stepped back from, and so on: every kind of card there is. */
async function sayNext(ana: Partner, ben: Partner, id: string): Promise<void> {
  const status = ben.board.boundary(id)?.status
  const theirs = ben.board.boundary(id)?.partnerYes
  const said =
    status === 'agreed'
      ? await ana.board.stepBack(id)
      : theirs === 'these-words'
        ? await agree(ben, id)
        : await agree(ana, id)
  if (said.kind !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(said)}`)
}

const inStep = (who: Partner, ...all: Partner[]) => {
  const next = Math.max(...all.map(({ board }) => board.records.next))
  return who.until(() => who.board.records.next >= next)
}

/** Opens the board once, online, until this browser holds all of it. */
async function keepOnDevice(
  context: BrowserContext,
  origin: string,
  twelve: string,
): Promise<string> {
  const page = await newPage(context)
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(twelve)
  await press(page, 'Open my board')
  await page.getByRole('link', { name: `Boundary ${BOUNDARIES},` }).waitFor()
  await untilKept(page, RECORDS)
  const address = page.url()
  await page.close()
  return address
}

async function openAlone(context: BrowserContext, address: string): Promise<Opened> {
  const page = await newPage(context)
  await page.addInitScript({ content: WITHOUT_ANSWER })
  await page.addInitScript(markCards, BOUNDARIES)
  await page.goto(address)
  await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0, null, {
    timeout: PATIENCE_MS,
    polling: 20, // by frames, it would ask for the very frames that are measured
  })
  const opened = await readMarks(page)
  await page.close()
  return opened
}

async function readMarks(page: Page): Promise<Opened> {
  const [painted = NaN, first = NaN, all = NaN, drawn = NaN] = await page.evaluate(() =>
    ['first-contentful-paint', 'first', 'all', 'drawn'].map(
      (name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN,
    ),
  )
  return { painted, first, all, drawn }
}

/** Runs in the page, before its own scripts: a connection that is never made, and never refused. */
const WITHOUT_ANSWER =
  'WebSocket = class extends EventTarget { readyState = 0; send() {} close() {} }'

/** Runs in the page, before its own scripts (again, see typing-watch.ts). */
function markCards(wanted: number): void {
  const timer = setInterval(() => {
    const cards = document.querySelectorAll('article a[aria-label^="Boundary "]').length
    if (cards > 0 && performance.getEntriesByName('first').length === 0) performance.mark('first')
    if (cards < wanted) return
    clearInterval(timer)
    performance.mark('all')
    // The frame after this one has been painted when the next begins.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('drawn')))
  }, 4)
}

/** From navigation to a screen that is painted and answers, with nothing in the cache. */
import type { Page } from 'playwright-core'
import { startBoard, writeAndShare } from '../../support/browser/people.ts'
import { newContext, newPage, newPageWithoutCache, PATIENCE_MS, type Stage } from './stage.ts'
import { spread, type Row } from '../table.ts'

const RUNS = 15
const TARGET_MS = 1000

const BOUNDARY = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

/** Names of two buttons or links: pressing the one makes the other appear. */
interface Exchange {
  readonly ask: string
  readonly answer: string
}
const WELCOME: Exchange = { ask: 'Start a board', answer: 'Start' }
const BOARD: Exchange = { ask: `${BOUNDARY.name}, Being worded`, answer: 'Agree to these words' }

interface Visit {
  readonly painted: number
  readonly there: number
  readonly answered: number
}

export async function measureFirstScreens({ browser, origin }: Stage): Promise<Row[]> {
  const welcome: Visit[] = []
  for (let run = 0; run < RUNS; run++) {
    const context = await newContext(browser)
    welcome.push(await visit(await newPage(context), origin, WELCOME))
    await context.close()
  }

  const context = await newContext(browser)
  const first = await newPage(context)
  await startBoard(first, origin, 'Ana')
  const { href: address } = new URL(first.url())
  await writeAndShare(first, BOUNDARY)
  await first.close()
  const board: Visit[] = []
  for (let run = 0; run < RUNS; run++) {
    const page = await newPageWithoutCache(context)
    board.push(await visit(page, address, BOARD))
    await page.close()
  }
  return [...rowsOf('Welcome', welcome), ...rowsOf('a board', board)]
}

function rowsOf(screen: string, visits: readonly Visit[]): Row[] {
  const of = (what: keyof Visit) => visits.map((each) => each[what])
  return [
    spread(`${screen}: first contentful paint`, of('painted'), { atMost: TARGET_MS }),
    spread(`${screen}: in the page`, of('there')),
    spread(`${screen}: painted, pressed, answered`, of('answered'), { atMost: TARGET_MS }),
  ]
}

async function visit(page: Page, address: string, exchange: Exchange): Promise<Visit> {
  await page.addInitScript(pressWhenPainted, exchange)
  await page.goto(address)
  await page.waitForFunction(() => performance.getEntriesByName('answered').length > 0, null, {
    timeout: PATIENCE_MS,
  })
  const [painted, there, answered] = await page.evaluate(() =>
    ['first-contentful-paint', 'there', 'answered'].map(
      (name) => performance.getEntriesByName(name)[0]?.startTime ?? NaN,
    ),
  )
  return { painted: painted ?? NaN, there: there ?? NaN, answered: answered ?? NaN }
}

/**
 * Runs in the page, before its own scripts (see typing-watch.ts for what that asks of it). Presses
 * as soon as a person could, that is once there is something to see, and again until it answers;
 * so `answered` is the time of the first press that led on.
 */
function pressWhenPainted({ ask, answer }: Exchange): void {
  const timer = setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>('a, button')) {
      const name = element.getAttribute('aria-label') ?? element.textContent.trim()
      if (name === answer) {
        performance.mark('answered')
        clearInterval(timer)
        return
      }
      if (name !== ask) continue
      if (performance.getEntriesByName('there').length === 0) performance.mark('there')
      if (performance.getEntriesByName('first-contentful-paint').length > 0) element.click()
    }
  }, 4)
}

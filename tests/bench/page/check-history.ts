/**
 * A long history, verified on a device that has nothing: from pressing *Open my board* with the
 * twelve words until the board is on the screen. Then the next starts, which verify only what is
 * new: what the history adds to one is told against a board that has hardly any. And how long the
 * page was ever busy in one go. And *History*, in which each record is an entry: how soon it can be
 * read, and how many entries are in the page.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { longHistory, type LongHistory } from '../../support/history/long-history.ts'
import { field, press } from '../../support/browser/people.ts'
import { runServer } from '../../support/server/run-server.ts'
import { storeHistory } from '../../support/server/serve-history.ts'
import { untilKept } from './kept.ts'
import { newContext, newPage, type Stage } from './stage.ts'
import { inUnit, MS, spread, type Row } from '../table.ts'

const SIZES = [
  { count: 1000, atMost: 2000, rounds: 3 },
  { count: 10_000, atMost: 4000, rounds: 1 },
]
/** What the starts with a long one are told against: the same list, each boundary agreed once. */
const HARDLY_ANY = 103
const STARTS = 25
/** What is kept of a history may add so much to a start. */
const ADDS_AT_MOST_MS = 100
/** As in tests/browser/long-history.test.ts. */
const MOST_DRAWN = 150
/** A name that is no secure context to a browser, as at home: without the platform's cryptography. */
const PLAIN = 'board.test'

interface First {
  readonly took: number
  readonly busy: number
}

export function measureChecking({ browser }: Stage): Promise<Row[]> {
  return withHistory(HARDLY_ANY, async (short) => {
    const bare = await newContext(browser)
    await fromNothing(bare, short)
    const rows: Row[] = []
    for (const { count, atMost, rounds } of SIZES) {
      await withHistory(count, async (served) => {
        const contexts: BrowserContext[] = []
        const firsts: First[] = []
        for (let round = 0; round < rounds; round++) {
          const context = await newContext(browser)
          firsts.push(await fromNothing(context, served))
          contexts.push(context)
        }
        const { next, adds } = await nextStarts(contexts[0]!, served, () => nextStart(bare, short))
        const plain = await newContext(browser)
        const slow = await fromNothing(plain, {
          ...served,
          origin: `http://${PLAIN}:${new URL(served.origin).port}`,
        })
        const of = (what: keyof First) => firsts.map((each) => each[what])
        rows.push(
          spread(`${count} from nothing`, of('took'), { atMost }),
          spread(`${count}: the longest the page was busy`, of('busy'), { atMost: 50 }),
          row(`${count} on plain http`, slow.took, count > 1000 ? 20_000 : 2000),
          row(`${count} on plain http: the longest it was busy`, slow.busy, 50),
          spread(`${count}: the next start, navigation to board`, next),
          spread(`${count}: what they add to the next start`, adds, { atMost: ADDS_AT_MOST_MS }),
          ...(await lookBack(contexts[0]!, served)),
        )
        for (const each of [...contexts, plain]) await each.close()
      })
    }
    return rows
  })
}

interface Served extends LongHistory {
  readonly origin: string
}

/** A server of its own that has this many records of one board. */
async function withHistory<T>(count: number, use: (served: Served) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hedgerow-bench-'))
  const history = await longHistory(count, { limits: true })
  await storeHistory(dataDir, history)
  const server = await runServer(dataDir)
  try {
    return await use({ ...history, origin: server.origin })
  } finally {
    await server.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const row = (what: string, took: number, atMost: number): Row => ({
  what,
  figure: inUnit(took, MS),
  samples: 1,
  target: `≤ ${atMost}${MS.name}`,
  met: took <= atMost,
})

async function fromNothing(
  context: BrowserContext,
  { origin, twelveWords, board, records }: Served,
): Promise<First> {
  const page = await newPage(context)
  page.setDefaultTimeout(60_000)
  await page.goto(`${origin}/open`)
  await field(page, 'Twelve words').fill(twelveWords)
  await page.evaluate(watchBusy)
  const from = await now(page)
  await press(page, 'Open my board')
  await page.waitForURL(`${origin}/b/${board}/a`)
  await page
    .getByRole('link', { name: /^Phones at night/ })
    .first()
    .waitFor()
  const took = (await now(page)) - from
  const busy = await page.evaluate(() => Number(document.body.dataset.busy ?? 0))
  await untilKept(page, records.length)
  await page.close()
  return { took, busy }
}

/** Runs in the page (see typing-watch.ts for what that asks of it). */
function watchBusy(): void {
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      const longest = Number(document.body.dataset.busy ?? 0)
      document.body.dataset.busy = String(Math.max(longest, duration))
    }
  }).observe({ entryTypes: ['longtask'] })
}

/**
 * Each beside a bare one, so that what slows the machine for a while slows both; which comes first
 * changes, for a page that was just closed slows the next.
 */
async function nextStarts(
  context: BrowserContext,
  served: Served,
  bare: () => Promise<number>,
): Promise<{ next: number[]; adds: number[] }> {
  const next: number[] = []
  const adds: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const before = start % 2 === 0 ? await bare() : null
    const took = await nextStart(context, served)
    next.push(took)
    adds.push(took - (before ?? (await bare())))
  }
  return { next, adds }
}

async function nextStart(context: BrowserContext, { origin, board }: Served): Promise<number> {
  const page = await newPage(context)
  await page.goto(`${origin}/b/${board}/a`)
  await page
    .getByRole('link', { name: /^Phones at night/ })
    .first()
    .waitFor()
  const took = await now(page)
  await page.close()
  return took
}

async function lookBack(
  context: BrowserContext,
  { origin, board, records }: Served,
): Promise<Row[]> {
  const page = await newPage(context)
  await page.goto(`${origin}/b/${board}/a`)
  const entries = page.getByRole('main').getByRole('listitem')
  const link = page.getByRole('link', { name: 'History' })
  await link.waitFor()
  const from = await now(page)
  await link.click()
  await page.getByRole('link', { name: 'Phones at night' }).nth(10).waitFor()
  const took = (await now(page)) - from
  await twoFrames(page)
  const drawn = [await entries.count()]
  await page.keyboard.press('End')
  await page.getByText('You started this board.').waitFor()
  await twoFrames(page)
  drawn.push(await entries.count())
  await page.close()
  const most = Math.max(...drawn)
  const of = `${records.length} entries`
  return [
    { what: `${of}: until the history can be read`, figure: inUnit(took, MS), samples: 1 },
    {
      what: `${of}: in the page at its top or its end, at most`,
      figure: String(most),
      ...{ samples: 2, target: `≤ ${MOST_DRAWN}`, met: most <= MOST_DRAWN },
    },
  ]
}

/** What has come near the screen is drawn by then. */
const twoFrames = (page: Page): Promise<unknown> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now())

/**
 * A long history, verified on a device that has nothing: from pressing *Open my board* with the
 * twelve words until the board is on the screen. Then the next starts, which verify only what is
 * new; and how long the page was ever busy in one go.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { longHistory, type LongHistory } from '../../support/history/long-history.ts'
import { field, press } from '../../support/browser/people.ts'
import { runServer } from '../../support/server/run-server.ts'
import { storeHistory } from '../../support/server/serve-history.ts'
import { newContext, newPage, type Stage } from './stage.ts'
import { inUnit, MS, spread, type Row } from '../table.ts'

const SIZES = [
  { count: 1000, atMost: 2000, rounds: 3 },
  { count: 10_000, atMost: 4000, rounds: 1 },
]
const STARTS = 5
/** A name that is no secure context to a browser, as at home: without the platform's cryptography. */
const PLAIN = 'board.test'

interface First {
  readonly took: number
  readonly busy: number
}

export async function measureChecking({ browser }: Stage): Promise<Row[]> {
  const rows: Row[] = []
  for (const { count, atMost, rounds } of SIZES) {
    const dataDir = mkdtempSync(join(tmpdir(), 'hedgerow-bench-'))
    const history = await longHistory(count)
    await storeHistory(dataDir, history)
    const server = await runServer(dataDir)
    try {
      const contexts: BrowserContext[] = []
      const firsts: First[] = []
      for (let round = 0; round < rounds; round++) {
        const context = await newContext(browser)
        firsts.push(await fromNothing(context, server.origin, history))
        contexts.push(context)
      }
      const context = contexts[0]!
      const next: number[] = []
      for (let start = 0; start < STARTS; start++) {
        next.push(await nextStart(context, server.origin, history))
      }
      const plain = await newContext(browser)
      const slow = await fromNothing(plain, `http://${PLAIN}:${server.port}`, history)
      const of = (what: keyof First) => firsts.map((each) => each[what])
      rows.push(
        spread(`${count} from nothing`, of('took'), { atMost }),
        spread(`${count}: the longest the page was busy`, of('busy'), { atMost: 50 }),
        row(`${count} on plain http`, slow.took, count > 1000 ? 20_000 : 2000),
        row(`${count} on plain http: the longest it was busy`, slow.busy, 50),
        spread(`${count}: the next start, navigation to board`, next),
      )
      for (const each of [...contexts, plain]) await each.close()
    } finally {
      await server.kill()
      rmSync(dataDir, { recursive: true, force: true })
    }
  }
  return rows
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
  origin: string,
  { twelveWords, board }: LongHistory,
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

async function nextStart(
  context: BrowserContext,
  origin: string,
  { board }: LongHistory,
): Promise<number> {
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

const now = (page: Page): Promise<number> => page.evaluate(() => performance.now())

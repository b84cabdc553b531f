/** From a keystroke on one page to the character on the partner's, both on one boundary. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  card,
  field,
  invite,
  join,
  startBoard,
  writeAndShare,
} from '../../support/browser/people.ts'
import { newContext, newPage, type Stage } from './stage.ts'
import { inUnit, MS, spread, type Row } from '../table.ts'
import { clockLead, watchTyping, type Typing } from './typing-watch.ts'

const WARM_UP = 16
const COUNTED = 200
const PER_SECOND = 8
const TARGET_MS = 50

const BOUNDARY = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const TYPED = ' and whoever forgets says so in the morning'

export async function measureKeystrokes({ browser, origin }: Stage): Promise<Row[]> {
  const ana = await newPage(await newContext(browser))
  const ben = await newPage(await newContext(browser))
  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, BOUNDARY)
  await card(ben, BOUNDARY.name, 'Being worded').click()
  for (const page of [ana, ben]) await field(page, 'The words').click()
  await ana.keyboard.press('Control+End')

  const [from, to] = await Promise.all([watchTyping(ana), watchTyping(ben)])
  const total = WARM_UP + COUNTED
  const start = performance.now()
  for (let n = 0; n < total; n++) {
    // A little unevenly, or every keystroke would meet the frames at the same two places.
    const due = start + (n * 1000) / PER_SECOND + ((n * 37) % 25)
    await sleep(Math.max(0, due - performance.now()))
    await ana.keyboard.press(TYPED.charAt(n % TYPED.length))
  }
  for (const [page, seen] of [[ana, from] as const, [ben, to] as const]) {
    const wanted = { seen, count: total }
    await page.waitForFunction(({ seen, count }) => seen.painted.length >= count, wanted)
  }
  return rowsOf(await from.jsonValue(), await to.jsonValue(), {
    apart: (await clockLead(ana)) - (await clockLead(ben)),
  })
}

function rowsOf(ana: Typing, ben: Typing, { apart }: { apart: number }): Row[] {
  if (ana.keys.length !== ana.shown.length) throw new Error('a keystroke was lost')
  const since = (times: readonly number[]) =>
    times.map((time, n) => time - (ana.keys[n] ?? NaN)).slice(WARM_UP)
  return [
    spread("to the partner's page", since(ben.shown), { atMost: TARGET_MS }),
    spread("to the partner's next painted frame", since(ben.painted)),
    spread("to one's own page", since(ana.shown)),
    spread("to one's own next painted frame", since(ana.painted)),
    { what: 'clocks of the two pages apart', figure: inUnit(Math.abs(apart), MS) },
  ]
}

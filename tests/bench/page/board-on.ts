/** The board of a day out of 10,000 records on 100 boundaries. */
import { chronicleOf } from '../../../client/reading/chronicle.ts'
import { boardOn } from '../../../client/past/day/board-on.ts'
import { entriesOf } from '../../../client/past/list/entries.ts'
import { sinceThen } from '../../../client/past/day/since-then.ts'
import { Timeline } from '../../../client/past/timeline.ts'
import { simulateYear } from '../../support/history/simulate-year.ts'
import { spread, type Row } from '../table.ts'

const RECORDS = 10_000
const BOUNDARIES = 100
const ROUNDS = 15
const TARGET_MS = 50

export function measureBoardOn(): Promise<Row[]> {
  const { lines } = simulateYear(1, { records: RECORDS, boundaries: BOUNDARIES })
  const told: number[] = []
  const folded: number[] = []
  const drawn: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    told.push(timed(() => entriesOf(chronicleOf(lines), lines)))
    const timeline = new Timeline()
    folded.push(timed(() => timeline.follow(lines)))
    const seq = Math.floor(((round + 1) / (ROUNDS + 1)) * RECORDS)
    drawn.push(
      timed(() => [boardOn(timeline, lines, seq, 'a'), sinceThen(timeline, seq, RECORDS - 1)]),
    )
  }
  return Promise.resolve([
    spread('the history as it is read, once a visit', told),
    spread('every standing, once a visit', folded),
    spread('the board of a moment, and what changed since', drawn, { atMost: TARGET_MS }),
  ])
}

function timed(work: () => unknown): number {
  const before = performance.now()
  work()
  return performance.now() - before
}

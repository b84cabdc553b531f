/** What is measured of ours alone, most of it in a browser. */
import type { Row } from '../table.ts'
import { measureBoardOn } from './board-on.ts'
import { measureCatchUp } from './catch-up.ts'
import { measureChecking } from './check-history.ts'
import { measureFirstScreens } from './first-screen.ts'
import { measureKeystrokes } from './keystroke.ts'
import { FAST, measureLongList } from './long-list.ts'
import { measureScripts } from './script-size.ts'
import { onStage } from './stage.ts'
import { measureTrace } from './trace-open.ts'

export interface PageStep {
  readonly title: string
  /** The limits add up to about nine minutes; together these take about half of that. */
  readonly seconds: number
  readonly measure: (signal: AbortSignal) => Promise<Row[]>
}

export const pages: readonly PageStep[] = [
  {
    title: 'A keystroke, browser to browser (8 a second)',
    seconds: 60,
    measure: onStage(measureKeystrokes),
  },
  {
    title: 'First screen, empty cache, loopback, since navigation',
    seconds: 40,
    measure: onStage(measureFirstScreens),
  },
  {
    title: 'A board of 100 boundaries and 1,000 records, from the device alone, since navigation',
    seconds: 70,
    measure: onStage(measureLongList, FAST),
  },
  {
    title: 'Catching up: 500 keystrokes written while cut off',
    seconds: 30,
    measure: measureCatchUp,
  },
  {
    title: 'A long history verified on a device that has nothing',
    seconds: 240,
    measure: onStage(measureChecking),
  },
  {
    title: 'Script, gzipped (KB = 1000 bytes; aim for a first load: 105 KB)',
    seconds: 25,
    measure: onStage(measureScripts),
  },
  {
    title: 'The board on a day, out of 10,000 records on 100 boundaries',
    seconds: 15,
    measure: measureBoardOn,
  },
  { title: 'Opening the two-author trace in Node', seconds: 40, measure: measureTrace },
]

/** What could not be measured, or not in its time, is said in the table and is no failure. */
export async function withinItsTime({ seconds, measure }: PageStep): Promise<Row[]> {
  const controller = new AbortController()
  const { signal } = controller
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const late = new Error(`took longer than ${seconds} s`)
      reject(late)
      controller.abort(late)
    }, seconds * 1000)
  })
  try {
    return await Promise.race([measure(signal), tooLate])
  } catch (error) {
    const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return [{ what: `not measured: ${why}` }]
  } finally {
    clearTimeout(timer)
  }
}

/** The made-up board, and the process that serves it and leaves nothing behind. */
import { readdirSync, watch } from 'node:fs'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { calendarEnding } from '../../server/demo/calendar.ts'
import { ROBIN, SAM, story } from '../../server/demo/story.ts'
import { found, share, takeBack, yes, type Story } from '../../server/demo/steps.ts'
import { tell } from '../../server/demo/tell.ts'
import { reportOn } from '../../server/verify.ts'
import { CATEGORIES } from '../../shared/categories.ts'
import { exampleCategories } from '../../client/words/en-examples.ts'
import { DEMO_NOW, everythingTold, tellDemo } from '../support/server/demo.ts'
import { Partner } from '../support/partners/partner.ts'
import { seededRandom } from '../support/random.ts'
import { runDemo, SOURCE, type DemoProcess } from '../support/server/run-demo.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

describe('the story', () => {
  const shared = story.flatMap(([, , step]) => (step.does === 'share' ? [step] : []))

  it('has twenty boundaries over all nine categories, and a draft of each person', () => {
    expect(shared).toHaveLength(20)
    expect(new Set(shared.map(({ category }) => category))).toEqual(new Set(CATEGORIES))
    const drafts = story.filter(([, , { does }]) => does === 'draft')
    expect(drafts.map(([, who]) => who).sort()).toEqual([ROBIN, SAM])
  })

  it('is told in its own words: none of the examples', () => {
    const examples = exampleCategories.flatMap(({ examples }) => examples.map(({ words }) => words))
    for (const { words } of shared) expect(examples).not.toContain(words)
  })

  it('begins half a year ago and ends today, by the clock that is given', async () => {
    const { entries, records } = await tellDemo()
    const dayOf = (seconds = 0) => new Date(seconds * 1000).toLocaleDateString('en-GB')
    expect(dayOf(entries[0]?.at)).toBe('18/11/2026')
    expect(dayOf(entries.at(-1)?.at)).toBe('20/05/2027')
    expect(records.every(({ received }) => received <= DEMO_NOW)).toBe(true)
    const moments = entries.map(({ at }) => at)
    expect([...moments].sort((one, other) => one - other)).toEqual(moments)
  })
})

describe('telling', () => {
  const telling = (lines: Story) =>
    tell(lines, { calendar: calendarEnding(DEMO_NOW, 3), random: seededRandom(1) })

  it('makes a history that proves itself', async () => {
    const { ok, lines } = await reportOn(JSON.stringify(everythingTold(await tellDemo())))
    expect({ ok, first: lines[1] }).toEqual({
      ok: true,
      first: 'Robin and Sam · 63 records, 18 November 2026 to 20 May 2027',
    })
    expect(lines.join('\n')).toMatch(/until 9 March 2027, then let go/)
  })

  it('makes the same bytes from the same seed, and others from another', async () => {
    const [one, again, other] = [await tellDemo(), await tellDemo(), await tellDemo(DEMO_NOW, 2)]
    expect(again).toEqual(one)
    expect(other.board).not.toBe(one.board)
  })

  it('takes no line that has no effect, and none that goes back in time', async () => {
    const lines: Story = [
      [1, ROBIN, found('Robin')],
      [2, ROBIN, share('walk', 'time', 'Walk', 'We walk.')],
      [2, ROBIN, yes('walk')],
    ]
    await telling(lines)
    await expect(telling([...lines, [1, ROBIN, yes('walk')]])).rejects.toThrow('comes after')
    const twice: Story = [
      [3, ROBIN, takeBack('walk')],
      [3, ROBIN, takeBack('walk')],
    ]
    await expect(telling([...lines, ...twice])).rejects.toThrow('void on day 3')
    await expect(telling([...lines, [3, SAM, yes('walk')]])).rejects.toThrow('seat-empty')
  })
})

/** Its folders lie in `TMPDIR`. */
const start = (TMPDIR: string, env: Readonly<Record<string, string>> = {}): DemoProcess => {
  const demo = runDemo(SOURCE, { TMPDIR, ...env })
  onTestFinished(() => demo.end('SIGKILL'))
  return demo
}

const foldersIn = (folder: string) =>
  readdirSync(folder).filter((name) => name.startsWith('hedgerow-demo-'))

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the demo prints two ways in that work, and %s leaves no folder behind',
  async (signal) => {
    const folder = temporaryFolder()
    const demo = start(folder)
    const { origin, words } = await demo.waysIn
    expect((await fetch(`${origin}/health`)).status).toBe(200)
    const robin = await Partner.restore(words.Robin, { origin })
    const sam = await Partner.restore(words.Sam, { origin })
    onTestFinished(() => [robin, sam].forEach((each) => each.close()))
    expect([robin.board.me, sam.board.me]).toEqual(['Robin', 'Sam'])
    expect(robin.board.id).toBe(sam.board.id)
    expect(foldersIn(folder)).toHaveLength(1)
    demo.end(signal)
    expect(await demo.ended).toBe(0)
    expect(foldersIn(folder)).toEqual([])
  },
)

test('a demo that is ended while it begins leaves no folder behind', async () => {
  const folder = temporaryFolder()
  const demo = start(folder)
  let began = false
  const watcher = watch(folder, () => {
    if (foldersIn(folder).length === 0) return
    began = true
    demo.end('SIGINT')
  })
  onTestFinished(() => watcher.close())
  await demo.ended
  expect([began, foldersIn(folder)]).toEqual([true, []])
})

test('a port in use is no success, and leaves no folder', async () => {
  const folder = temporaryFolder()
  const first = start(folder)
  const { port } = new URL((await first.waysIn).origin)
  expect(await start(folder, { PORT: port }).ended).toBe(1)
  expect(foldersIn(folder)).toHaveLength(1)
})

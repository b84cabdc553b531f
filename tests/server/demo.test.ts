/** The made-up board, and the process that serves it and leaves nothing behind. */
import { spawn } from 'node:child_process'
import { readdirSync, watch } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { calendarEnding } from '../../server/demo/calendar.ts'
import { ROBIN, SAM, story } from '../../server/demo/story.ts'
import { found, share, takeBack, yes, type Story } from '../../server/demo/steps.ts'
import { tell } from '../../server/demo/tell.ts'
import { reportOn } from '../../server/verify.ts'
import { CATEGORIES } from '../../shared/categories.ts'
import { exampleCategories } from '../../client/words/en-examples.ts'
import { DEMO_NOW, everythingTold, tellDemo } from '../support/demo.ts'
import { Partner } from '../support/partner.ts'
import { seededRandom } from '../support/random.ts'
import { temporaryFolder } from '../support/store-folder.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))

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

interface Started {
  readonly folders: () => string[]
  readonly output: Promise<string>
  readonly ended: Promise<number | null>
  end(signal: NodeJS.Signals): void
}

/** Resolves its output once both ways in are printed. */
function start(TMPDIR: string, env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/demo.ts'], {
    cwd: top,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', TMPDIR, ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    folders: () => readdirSync(TMPDIR).filter((name) => name.startsWith('hedgerow-demo-')),
    output: new Promise((resolve) => {
      let output = ''
      const heard = (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Ctrl+C')) resolve(output)
      }
      child.stdout.on('data', heard)
      child.stderr.on('data', heard)
    }),
    ended: new Promise((resolve) => child.on('exit', resolve)),
    end: (signal) => void child.kill(signal),
  }
}

const wayIn = (output: string, name: string) =>
  new RegExp(`${name}: +((?:[a-z]+ ?){12})\n`).exec(output)?.[1]?.trim() ?? ''

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the demo prints two ways in that work, and %s leaves no folder behind',
  async (signal) => {
    const demo = start(temporaryFolder())
    const output = await demo.output
    const origin = /http:\/\/127\.0\.0\.1:\d+(?=\/open)/.exec(output)?.[0] ?? ''
    expect((await fetch(`${origin}/health`)).status).toBe(200)
    const robin = await Partner.restore(wayIn(output, 'Robin'), { origin })
    const sam = await Partner.restore(wayIn(output, 'Sam'), { origin })
    onTestFinished(() => [robin, sam].forEach((each) => each.close()))
    expect([robin.board.me, sam.board.me]).toEqual(['Robin', 'Sam'])
    expect(robin.board.id).toBe(sam.board.id)
    expect(demo.folders()).toHaveLength(1)
    demo.end(signal)
    expect(await demo.ended).toBe(0)
    expect(demo.folders()).toEqual([])
  },
)

test('a demo that is ended while it begins leaves no folder behind', async () => {
  const folder = temporaryFolder()
  const demo = start(folder)
  const watcher = watch(folder, (_, name) => {
    if (name?.startsWith('hedgerow-demo-')) demo.end('SIGINT')
  })
  onTestFinished(() => watcher.close())
  await demo.ended
  expect(demo.folders()).toEqual([])
})

test('a port in use is one sentence, and no folder', async () => {
  const folder = temporaryFolder()
  const first = start(folder)
  const port = /:(\d+)\/open/.exec(await first.output)?.[1] ?? ''
  const second = start(folder, { PORT: port })
  expect(await second.ended).toBe(1)
  expect(first.folders()).toHaveLength(1)
  first.end('SIGTERM')
  await first.ended
})

/**
 * The other process: a server on a folder of its own that holds one made-up
 * board with half a year of history, and two ways in. Nothing of it stays: the
 * folder goes when the process does.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes, wordsOf } from '../shared/crypto.ts'
import { createApp } from './app.ts'
import { systemClock } from './clock.ts'
import { configOfProcess } from './config.ts'
import { calendarEnding } from './demo/calendar.ts'
import { LAST_DAY, story } from './demo/story.ts'
import { layDown, tell, type Told } from './demo/tell.ts'
import { createLogger } from './logger.ts'
import { client, fail, listen, originHere, print, sayWhere, stopOnSignal } from './serving.ts'
import { openFileStore } from './store/file-store.ts'

async function start(): Promise<void> {
  // A port that is free, and nothing between the two ways in and who reads them.
  const config = configOfProcess({ PORT: '0', LOG_LEVEL: 'warn' })
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of undo.splice(0).reverse()) await each()
  }
  stopOnSignal(stop, ['SIGTERM', 'SIGINT', 'SIGHUP'])
  const folder = mkdtempSync(join(tmpdir(), 'hedgerow-demo-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true })) // however it ends

  const logger = createLogger({
    level: config.logLevel,
    now: () => systemClock.now(),
    write: (line) => void process.stdout.write(line),
  })
  const store = await openFileStore({ root: folder, report: (sentence) => logger.warn(sentence) })
  undo.push(() => store.close())
  const calendar = calendarEnding(systemClock.now(), LAST_DAY)
  const told = await tell(story, { calendar, random: randomBytes })
  await layDown(store, told)
  const app = await createApp({ config, store, clock: systemClock, logger, client })
  undo.push(() => app.close())
  await listen(app, config)
  print('\n  Robin and Sam, half a year on one board. They are invented.\n')
  sayWhere(app, config)
  await sayWaysIn(told, config.publicOrigin ?? originHere(app, config))
}

async function sayWaysIn({ seeds }: Told, origin: string): Promise<void> {
  print(`
  Open ${origin}/open in two windows, and give one these twelve words and the other those:

  Robin:  ${await wordsOf(seeds.a)}
  Sam:    ${await wordsOf(seeds.b)}

  Ctrl+C ends it, and nothing of it stays on the server.
`)
}

start().catch(fail)

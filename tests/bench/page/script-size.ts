/**
 * What of the client's script a first visit loads, gzipped. The browser tells which files it asked
 * for until a screen was there and the wire quiet, so that what is loaded a moment later counts
 * too; they are compressed here, with gzip's usual effort, whatever the server sent.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { card, field, startBoard, writeAndShare } from '../../support/browser/people.ts'
import { newContext, newPage, newPageWithoutCache, type Stage } from './stage.ts'
import { size, type Row } from '../table.ts'

const TARGET_BYTES = 120_000
/** The largest of the first loads. */
export const FIRST_LOAD = "a board's list"

const CLIENT = fileURLToPath(new URL('../../../dist/client', import.meta.url))
const BOUNDARY = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

export async function measureScripts({ browser, origin }: Stage): Promise<Row[]> {
  const fresh = await newPage(await newContext(browser))
  const askedFresh = scriptsOf(fresh)
  await fresh.goto(origin)
  await fresh.getByRole('button', { name: 'Start a board' }).waitFor()
  await fresh.waitForLoadState('networkidle')

  const welcome = [...askedFresh]
  // The form shares parts with the board and must not load it for their sake.
  await fresh.getByRole('button', { name: 'Start a board' }).click()
  await field(fresh, 'Your name').waitFor()
  await fresh.waitForLoadState('networkidle')
  const start = [...askedFresh].filter((path) => !welcome.includes(path))

  const context = await newContext(browser)
  const first = await newPage(context)
  await startBoard(first, origin, 'Ana')
  const address = first.url()
  await writeAndShare(first, BOUNDARY)
  await first.close()

  const page = await newPageWithoutCache(context)
  const asked = scriptsOf(page)
  await page.goto(address)
  const link = card(page, BOUNDARY.name, 'Being worded')
  await link.waitFor()
  await page.waitForLoadState('networkidle')
  const list = [...asked]
  await link.click()
  await field(page, 'The words').waitFor()
  await page.waitForLoadState('networkidle')
  const boundary = [...asked].filter((path) => !list.includes(path))

  return [
    size('Welcome', total(welcome), { atMost: TARGET_BYTES }),
    size('starting a board adds', total(start)),
    size(FIRST_LOAD, total(list), { atMost: TARGET_BYTES }),
    size('opening a boundary adds', total(boundary)),
    ...chunkRows({ Welcome: welcome, start, board: list, boundary }),
  ]
}

/** Paths of the scripts that the page asks for from now on, each once, in order. */
function scriptsOf(page: Page): Set<string> {
  const paths = new Set<string>()
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.endsWith('.js')) paths.add(pathname)
  })
  return paths
}

const gzipped = (path: string): number => gzipSync(readFileSync(CLIENT + path)).length

const total = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipped(path), 0)

/** Each file once, with the screens that load it. */
function chunkRows(screens: Readonly<Record<string, readonly string[]>>): Row[] {
  const paths = new Set(Object.values(screens).flat())
  return [...paths].map((path) => {
    const on = Object.keys(screens).filter((screen) => screens[screen]?.includes(path))
    const name = path.replace(/^.*\//, '').replace(/-[\w-]{8}\.js$/, '')
    return size(`  ${name} (${on.join(', ')})`, gzipped(path))
  })
}

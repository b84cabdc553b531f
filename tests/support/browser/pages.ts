/**
 * The browser of a test file, and pages in it: for each person a context of
 * their own that reaches loopback only, and no page that fails quietly.
 */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { keepToLoopback, launchChromium } from './chromium.ts'
import { DESK } from './people.ts'

/** Opens the page of another person; what it is on by default is a desk. */
export type Someone = (look?: BrowserContextOptions) => Promise<Page>

/** One browser for the tests of a file; `hosts` are names that lead to loopback there. */
export function browserPages(hosts: readonly string[] = []): Someone {
  const rules = hosts.map((host) => `--host-resolver-rules=MAP ${host} 127.0.0.1`)
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium({ args: rules })
  })
  afterAll(() => browser.close())
  return async (look) => {
    const context = await browser.newContext({ viewport: DESK, ...look })
    onTestFinished(() => context.close())
    onTestFinished(await keepToLoopback(context, hosts))
    return newPage(context)
  }
}

/** What a page logs by itself when a server is down, which is part of some stories. */
const UNREACHED = /ERR_|WebSocket|Failed to load/

/** One more page of the same person. Whatever goes wrong on it fails the test. */
export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    const text = message.text()
    if (message.type() === 'error' && !UNREACHED.test(text)) problems.push(text)
  })
  onTestFinished(() => expect(problems).toEqual([]))
  return page
}

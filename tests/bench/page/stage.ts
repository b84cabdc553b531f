/** What a measurement in browsers stands on: a server, a Chromium, and an end to both. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../support/browser/chromium.ts'
import { DESK } from '../../support/browser/people.ts'
import { startServer } from './server.ts'
import type { Row } from '../table.ts'

export interface Stage {
  readonly browser: Browser
  readonly origin: string
}

export const PATIENCE_MS = 10_000

/**
 * Nothing but loopback resolves. The guard of the browser tests stops each request on its way to
 * ask a second process about it and wraps every WebSocket: here that would be measured too.
 */
const LOOPBACK_ONLY =
  '--host-resolver-rules=MAP board.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1'

/** Runs `measure` between opening and closing; `signal` closes early, which ends it. `env`: the server's settings. */
export function onStage(
  measure: (stage: Stage) => Promise<Row[]>,
  env: Readonly<Record<string, string>> = {},
) {
  return async (signal: AbortSignal): Promise<Row[]> => {
    const server = await startServer(env)
    let browser: Browser | undefined
    const close = () => void browser?.close().catch(() => undefined)
    try {
      browser = await launchChromium({ args: [LOOPBACK_ONLY] })
      signal.addEventListener('abort', close)
      signal.throwIfAborted()
      return await measure({ browser, origin: server.origin })
    } finally {
      signal.removeEventListener('abort', close)
      await browser?.close().catch(() => undefined)
      server.close()
    }
  }
}

/** A new context has an empty cache and no storage. */
export const newContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: DESK })

export async function newPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return page
}

/** A page of a context that keeps its storage, but may use nothing that it fetched before. */
export async function newPageWithoutCache(context: BrowserContext): Promise<Page> {
  const page = await newPage(context)
  const session = await context.newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return page
}

/**
 * The browser under test: a headless Chromium that calls no one by itself, and a guard that
 * notices when one of our pages does.
 */
import { chromium, type Browser, type BrowserContext, type LaunchOptions } from 'playwright-core'
import { findChromium, isRoot } from './find-chromium.mjs'

const quiet = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** `args` come on top of ours, such as `--host-resolver-rules=MAP board.test 127.0.0.1`. */
export async function launchChromium({
  args = [],
  ...options
}: LaunchOptions = {}): Promise<Browser> {
  const executablePath = await findChromium()
  if (!executablePath) throw new Error('No Chromium found: set CHROMIUM_PATH to its executable.')
  return chromium.launch({
    executablePath,
    chromiumSandbox: !isRoot,
    args: [...quiet, ...args],
    ...options,
  })
}

/**
 * Lets the pages of a context reach loopback only, and `hosts` where a resolver rule maps names
 * there; anything else is cut off and remembered. Returns the check to make when the test is over,
 * which throws and names what was asked for:
 *
 *     onTestFinished(await keepToLoopback(context))
 */
export async function keepToLoopback(
  context: BrowserContext,
  hosts: readonly string[] = [],
): Promise<() => void> {
  const outside: string[] = []
  const isOutside = (url: URL) => !isLoopback(url) && !hosts.includes(url.hostname)

  await context.route(isOutside, (route) => {
    outside.push(route.request().url())
    return route.abort()
  })
  await context.routeWebSocket(isOutside, (socket) => {
    outside.push(socket.url())
    return socket.close()
  })

  return () => {
    if (outside.length > 0) throw new Error(`Asked for another host: ${outside.join(', ')}`)
  }
}

function isLoopback({ protocol, hostname }: URL): boolean {
  if (!/^(https?|wss?):$/.test(protocol)) return true
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

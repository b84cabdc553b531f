/**
 * The real server on a port of its own, over a store in memory unless told.
 * Nothing here is faked but the clock, where a test moves it.
 */
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { systemClock, type Clock } from '../../../server/clock.ts'
import { readConfig, type Config } from '../../../server/config.ts'
import { createLogger, type Logger } from '../../../server/logger.ts'
import { createMemoryStore } from '../../../server/store/memory-store.ts'
import type { Store } from '../../../server/store/store.ts'

export interface AppForTestOptions {
  /** Stays open when the app closes; by default a new one in memory. */
  readonly store?: Store
  readonly clock?: Clock
  /** Settings as in the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** The folder of the built client. */
  readonly client?: string
  /** Told of every line of the log, from `debug` on. */
  readonly log?: (line: string) => void
}

export interface AppForTest {
  readonly origin: string
  readonly port: number
  readonly store: Store
  readonly config: Config
  close(): Promise<void>
}

const built = fileURLToPath(new URL('../../../dist/client', import.meta.url))

/** Close it yourself, or use `appForTest`. */
export async function openApp(options: AppForTestOptions = {}): Promise<AppForTest> {
  const { store = createMemoryStore(), clock = systemClock, client = built, log } = options
  const config = readConfig({ ...options.env })
  const logger: Logger = createLogger({
    level: log ? 'debug' : 'silent',
    now: () => clock.now(),
    write: (line) => log?.(line),
  })
  const app = await createApp({ config, store, clock, logger, client })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, port, store, config, close: () => app.close() }
}

/** Closed when the test is over, however it went. */
export async function appForTest(options: AppForTestOptions = {}): Promise<AppForTest> {
  const app = await openApp(options)
  onTestFinished(() => app.close())
  return app
}

/**
 * The process: reads the settings, opens the store, listens, says where, and
 * stops cleanly. The only file that names a concrete store.
 */
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { networkOrigins, originAt } from './addresses.ts'
import { createApp } from './app.ts'
import { systemClock } from './clock.ts'
import { ConfigError, configOfProcess, type Config } from './config.ts'
import { createLogger } from './logger.ts'
import { openFileStore } from './store/file-store.ts'
import { StoreError } from './store/store.ts'

const print = (sentence: string) => void process.stdout.write(`${sentence}\n`)

/** This file is dist/server/main.js once built, and server/main.ts before. */
const client = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/client' : '../client', import.meta.url),
)

async function start(): Promise<void> {
  const config = configOfProcess()
  const logger = createLogger({
    level: config.logLevel,
    now: () => systemClock.now(),
    write: (line) => void process.stdout.write(line),
  })
  const store = await openFileStore({
    root: config.dataDir,
    report: (sentence) => logger.warn(sentence),
  })
  const app = await createApp({ config, store, clock: systemClock, logger, client })
  const stop = async () => {
    await app.close()
    await store.close()
  }
  try {
    await listen(app, config)
  } catch (cause) {
    await stop()
    throw cause
  }
  stopOnSignal(stop)
  sayWhere(app, config)
}

/** On every address of this computer, unless told which. */
async function listen(app: FastifyInstance, { port, host }: Config): Promise<void> {
  if (host !== null) return void (await app.listen({ port, host }))
  try {
    await app.listen({ port, host: '::' })
  } catch (cause) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(cause))) throw cause
    await app.listen({ port, host: '0.0.0.0' }) // a computer without IPv6
  }
}

function sayWhere(app: FastifyInstance, { host, publicOrigin }: Config): void {
  const bound = app.server.address()
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0
  print('')
  if (publicOrigin !== null) print(`  Hedgerow is open at ${publicOrigin}`)
  if (host === null || isEverywhere(host)) {
    print(`  On this computer:    http://localhost:${port}`)
    for (const origin of networkOrigins(port)) print(`  On your network:     ${origin}`)
  } else print(`  Hedgerow listens at  ${originAt(host, port)}`)
  print('')
}

const isEverywhere = (host: string): boolean => ['::', '0.0.0.0'].includes(host)

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      (cause: unknown) => fail(cause),
    )
  }
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal) // for as long as the process lives
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''

/** One sentence where the fault is a known one, the whole of it where not. */
function fail(cause: unknown): never {
  process.stderr.write(`${sentenceOf(cause)}\n`)
  process.exit(1)
}

function sentenceOf(cause: unknown): string {
  if (cause instanceof ConfigError || cause instanceof StoreError) return cause.message
  const port = cause instanceof Error && 'port' in cause ? String(cause.port) : ''
  switch (codeOf(cause)) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop it, or choose another port: PORT=3001.`
    case 'EACCES':
      return `This user may not listen on port ${port}. Choose a port above 1023: PORT=3000.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'HOST is not an address of this computer.'
    default:
      return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  }
}

start().catch(fail)

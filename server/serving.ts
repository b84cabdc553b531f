/**
 * What a process that serves does around the app, whichever it is (main.ts,
 * demo.ts): listens, says where, stops on a signal, and fails in one sentence.
 */
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { networkOrigins, originAt } from './http/addresses.ts'
import { ConfigError, type Config } from './config.ts'
import { StoreError } from './store/store.ts'

export const print = (sentence: string) => void process.stdout.write(`${sentence}\n`)

/** This code is in dist/server/ once built, and in server/ before. */
export const client = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../dist/client' : '../client', import.meta.url),
)

/** On every address of this computer, unless told which. */
export async function listen(app: FastifyInstance, { port, host }: Config): Promise<void> {
  if (host !== null) return void (await app.listen({ port, host }))
  try {
    await app.listen({ port, host: '::' })
  } catch (cause) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(codeOf(cause))) throw cause
    await app.listen({ port, host: '0.0.0.0' }) // a computer without IPv6
  }
}

/** One line for each address. */
export function sayWhere(app: FastifyInstance, config: Config): void {
  const { host, publicOrigin } = config
  const port = portOf(app)
  if (publicOrigin !== null) print(`  Hedgerow is open at ${publicOrigin}`)
  if (host === null || isEverywhere(host)) {
    print(`  On this computer:    ${originHere(app, config)}`)
    for (const origin of networkOrigins(port)) print(`  On your network:     ${origin}`)
  } else print(`  Hedgerow listens at  ${originHere(app, config)}`)
}

/** Where a browser on this computer finds it. */
export const originHere = (app: FastifyInstance, { host }: Config): string =>
  originAt(host === null || isEverywhere(host) ? 'localhost' : host, portOf(app))

function portOf(app: FastifyInstance): number {
  const bound = app.server.address()
  return bound !== null && typeof bound === 'object' ? bound.port : 0
}

const isEverywhere = (host: string): boolean => ['::', '0.0.0.0'].includes(host)

/** SIGTERM and SIGINT, unless told. */
export function stopOnSignal(
  stop: () => Promise<void>,
  signals: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'],
): void {
  let stopping = false
  const onSignal = () => {
    if (stopping) return
    stopping = true
    stop().then(
      () => process.exit(0),
      (cause: unknown) => fail(cause),
    )
  }
  for (const signal of signals) process.on(signal, onSignal) // for as long as the process lives
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : ''

/** One sentence where the fault is a known one, the whole of it where not. */
export function fail(cause: unknown): never {
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

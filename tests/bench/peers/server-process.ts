/** A server in a process of its own, which can be asked what it has used (probe.mjs). */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface Memory {
  /** Bytes, after a forced collection. */
  readonly rss: number
  readonly heap: number
}

export interface ServerProcess {
  readonly port: number
  /** Processor time of all its threads since it started, microseconds. */
  cpu(): Promise<number>
  memory(): Promise<Memory>
  /** SIGKILL, and resolves when it is gone. */
  stop(): Promise<void>
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const PROBE = at('./probe.mjs')
const SERVE = at('./serve.ts')
const BUILT = at('../../../dist/server/main.js')
/** How our own server is run: as it is built, or from source where nothing is built. */
export const OURS = existsSync(BUILT) ? [BUILT] : ['--import', 'tsx', at('../../../server/main.ts')]

/** A peer's `serve` in its own process. */
export const startPeer = (name: string, folder: string): Promise<ServerProcess> =>
  startServer(['--import', 'tsx', SERVE, name, folder])

/** Resolves once it has printed an address on this computer. */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--import', PROBE, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const endToo = () => child.kill('SIGKILL')
  process.on('exit', endToo)
  const port = await listening(child)
  return {
    port,
    cpu: () => ask(child, 'cpu') as Promise<number>,
    memory: () => ask(child, 'memory') as Promise<Memory>,
    stop: () => {
      process.off('exit', endToo)
      return gone(child)
    },
  }
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}`)))
    createInterface(child.stdout!).on('line', (line) => {
      const port = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(line)?.[1]
      if (port) resolve(Number(port))
      else if (/"level":"(warn|error)"/.test(line)) console.error(line)
    })
  })
}

/** One question at a time. */
function ask(child: ChildProcess, question: 'cpu' | 'memory'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.send(question, (error) => error && reject(error))
  })
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

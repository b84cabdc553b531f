/**
 * The built server as people run it: a process of its own over a folder, which
 * can be killed and started again. It ends at the latest with this process.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

export interface ServerProcess {
  readonly origin: string
  readonly port: number
  readonly dataDir: string
  /** SIGKILL, and resolves when it is gone. */
  kill(): Promise<void>
  /** Starts again on the same folder and port. */
  restart(): Promise<void>
}

export async function runServer(
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  let child = spawnServer({ PORT: '0', DATA_DIR: dataDir, ...env })
  const endToo = () => child.kill('SIGKILL')
  process.on('exit', endToo)
  const port = await listening(child)
  return {
    origin: `http://localhost:${port}`,
    port,
    dataDir,
    kill: () => {
      process.off('exit', endToo)
      return gone(child)
    },
    restart: async () => {
      process.on('exit', endToo)
      child = spawnServer({ PORT: `${port}`, DATA_DIR: dataDir, ...env })
      await listening(child)
    },
  }
}

const spawnServer = (env: Readonly<Record<string, string>>): ChildProcess =>
  spawn(process.execPath, [MAIN], {
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })

/** The port it says it listens on. */
function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}`)))
    if (!child.stdout) return reject(new Error('the server has no output'))
    createInterface(child.stdout).on('line', (line) => {
      const port = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(line)?.[1]
      if (port) resolve(Number(port))
    })
  })
}

function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

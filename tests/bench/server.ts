/**
 * The built server in a process of its own, over a folder that goes when it does. The one of the
 * browser tests ends with its test; this one ends with its step, or at the latest with this process.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

export interface Server {
  readonly origin: string
  close(): void
}

export async function startServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hedgerow-bench-'))
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'warn', PORT: '0', DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const close = () => {
    process.off('exit', close)
    child.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
  process.on('exit', close)
  const port = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server stopped with ${code}`)))
    createInterface(child.stdout).on('line', (line) => {
      const said = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(line)?.[1]
      if (said) resolve(said)
    })
  })
  return { origin: `http://localhost:${port}`, close }
}

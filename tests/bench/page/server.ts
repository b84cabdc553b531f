/** The built server over a folder that goes when it does: at the end of a step, or at the latest with this process. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runServer } from '../../support/server/run-server.ts'

export interface Server {
  readonly origin: string
  close(): void
}

export async function startServer(env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'hedgerow-bench-'))
  const clear = () => rmSync(dataDir, { recursive: true, force: true })
  process.on('exit', clear)
  const server = await runServer(dataDir, env)
  return { origin: server.origin, close: () => void server.kill().then(clear) }
}

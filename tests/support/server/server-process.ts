/** A server process for one test, gone when the test is over, however it went. */
import { onTestFinished } from 'vitest'
import { runServer, type ServerProcess } from './run-server.ts'
import { temporaryFolder } from '../store/store-folder.ts'

export async function startServerProcess(
  env: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const server = await runServer(temporaryFolder(), env)
  onTestFinished(() => server.kill())
  return server
}

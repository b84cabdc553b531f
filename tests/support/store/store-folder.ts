/** A real folder for one test, gone when the test is over. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openFileStore } from '../../../server/store/file-store.ts'
import type { FileStoreOptions } from '../../../server/store/file-store.ts'

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hedgerow-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Words do not wait for others: for tests that write one after the other. */
export const atOnce = { gatherMs: 0, restMs: 0 }

/** A store that is closed when the test is over, however it went; its words do not wait unless told to. */
export const openForTest = async (options: FileStoreOptions) => {
  const store = await openFileStore({ ...options, pace: { ...atOnce, ...options.pace } })
  onTestFinished(() => store.close().catch(() => undefined))
  return store
}

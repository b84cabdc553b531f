/** A long history in a folder that a server can be started on. */
import { openFileStore } from '../../../server/store/file-store.ts'
import { chainHash } from '../../../shared/record.ts'
import type { LongHistory } from '../history/long-history.ts'

export async function storeHistory(root: string, history: LongHistory): Promise<void> {
  const store = await openFileStore({ root })
  const { board, records, sidecar } = history
  const [first, ...rest] = records
  if (!first) throw new Error('a history has a first record')
  await store.create(board, first, sidecar)
  let prev = chainHash(first)
  const appended = rest.map((record, i) => {
    const place = { seq: i + 1, prev }
    prev = chainHash(record)
    return store.appendRecord(board, place, record)
  })
  if ((await Promise.all(appended)).includes(false)) throw new Error('not appended')
  await store.close()
}

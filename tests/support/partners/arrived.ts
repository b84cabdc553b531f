/** What was said has been heard: the server answers in order, so an answer comes after all before it. */
import type { Partner } from './partner.ts'

/** Resolves when everything that was sent to these pages so far has arrived. */
export async function arrived(...partners: readonly Partner[]): Promise<void> {
  for (const { board } of partners) {
    await board.link.request('record:since', { seq: board.records.next })
    await new Promise((resolve) => setImmediate(resolve))
    await board.link.request('record:since', { seq: board.records.next })
  }
}

/** Resolves when all that any of them wrote or said is with all of them. */
export async function level(...partners: readonly Partner[]): Promise<void> {
  for (const partner of partners) await partner.saved()
  await arrived(...partners)
}

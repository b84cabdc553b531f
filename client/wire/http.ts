/** What is said before one holds a seat: JSON posts with a deadline, bytes as hex. */
import { refuse, type Result } from '../../shared/refusal.ts'
import { fromHex, toHex } from '../../shared/crypto.ts'
import type { SignedRecord } from '../../shared/record.ts'
import {
  posts,
  type HexRecord,
  type PostAnswer,
  type PostPath,
  type PostPayload,
  type Stamped,
} from '../../shared/wire.ts'
import { parseAnswer } from './answer.ts'

const DEADLINE_MS = 15_000

/** Asks the server at `origin`; `unreachable` where nothing answers in time. */
export async function post<P extends PostPath>(
  origin: string,
  path: P,
  payload: PostPayload<P>,
): Promise<Result<PostAnswer<P>>> {
  let answer: unknown
  try {
    const response = await fetch(origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      credentials: 'omit',
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    answer = await response.json()
  } catch {
    return refuse('unreachable')
  }
  return parseAnswer(posts[path].answer, answer)
}

export const asHex = ({ head, sig, box }: SignedRecord): HexRecord => ({
  head: toHex(head),
  sig: toHex(sig),
  box: toHex(box),
})

export const fromHexRecord = (record: HexRecord & { received: number }): Stamped => ({
  head: fromHex(record.head),
  sig: fromHex(record.sig),
  box: fromHex(record.box),
  received: record.received,
})

/**
 * What the payloads of the framed entries hold.
 *
 *   history   f64be received ‖ u16be head length ‖ head ‖ sig (64) ‖ box
 *   words     u32be bytes counted to seat a ‖ u32be to seat b ‖ update
 *
 * Writing throws RangeError for what does not fit (a caller's mistake);
 * reading answers null for what is too short to be an entry.
 * Everything read is a copy: to keep one entry is not to keep its whole file.
 */
import type { StoredRecord, WordsEntry } from './store.ts'

const sigBytes = 64
const recordFixed = 10
const wordsFixed = 8

export const writeRecord = ({ head, sig, box, received }: StoredRecord): Uint8Array => {
  if (head.length > 0xffff) throw new RangeError(`a head of ${head.length} bytes is not stored`)
  if (sig.length !== sigBytes) throw new RangeError(`a signature has ${sigBytes} bytes`)
  const payload = new Uint8Array(recordFixed + head.length + sigBytes + box.length)
  const view = new DataView(payload.buffer)
  view.setFloat64(0, received)
  view.setUint16(8, head.length)
  payload.set(head, recordFixed)
  payload.set(sig, recordFixed + head.length)
  payload.set(box, recordFixed + head.length + sigBytes)
  return payload
}

export const readRecord = (payload: Uint8Array): StoredRecord | null => {
  if (payload.length < recordFixed) return null
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const sigAt = recordFixed + view.getUint16(8)
  if (payload.length < sigAt + sigBytes) return null
  return {
    head: copy(payload, recordFixed, sigAt),
    sig: copy(payload, sigAt, sigAt + sigBytes),
    box: copy(payload, sigAt + sigBytes, payload.length),
    received: view.getFloat64(0),
  }
}

export const writeWords = ({ bytes, used }: WordsEntry): Uint8Array => {
  for (const count of [used.a, used.b]) {
    if (!Number.isInteger(count) || count < 0 || count > 0xffffffff)
      throw new RangeError(`${count} is not a number of bytes`)
  }
  const payload = new Uint8Array(wordsFixed + bytes.length)
  const view = new DataView(payload.buffer)
  view.setUint32(0, used.a)
  view.setUint32(4, used.b)
  payload.set(bytes, wordsFixed)
  return payload
}

export const readWords = (payload: Uint8Array): WordsEntry | null => {
  if (payload.length < wordsFixed) return null
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  return {
    bytes: copy(payload, wordsFixed, payload.length),
    used: { a: view.getUint32(0), b: view.getUint32(4) },
  }
}

/** Throws RangeError unless the first `count` of `there` entries can be replaced. */
export const assertCount = (count: number, there: number): void => {
  if (!Number.isInteger(count) || count < 0 || count > there)
    throw new RangeError(`${count} entries were to be replaced; there are ${there}`)
}

const copy = (from: Uint8Array, start: number, end: number): Uint8Array =>
  new Uint8Array(from.subarray(start, end))

/** Words that are numbers, so that it can be told which of them a store still has. */
import type { StoredWords, WordsEntry } from '../../../server/store/store.ts'

export const entryHolding = (numbers: readonly number[]): WordsEntry => {
  const bytes = new Uint8Array(numbers.length * 4)
  const view = new DataView(bytes.buffer)
  numbers.forEach((number, at) => view.setUint32(at * 4, number))
  return { bytes, used: { a: bytes.length, b: 0 } }
}

export const numbersIn = ({ entries }: StoredWords): number[] =>
  entries.flatMap(({ bytes }) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(at * 4))
  })

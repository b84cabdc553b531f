/**
 * Looks for words in what a server kept or passed on, the way a curious person
 * would: as they stand, after inflating anything that inflates, and after
 * putting typed characters back together from the documents' own updates.
 */
import * as decoding from 'lib0/decoding'
import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import * as Y from 'yjs'
import { isUpdate, mergeTree } from '../../../shared/yjs-merge.ts'
import type { Sealer } from '../../../shared/sealed-doc.ts'
import { TRACE_TEXT } from './trace.ts'

/** Sealing switched off, to see that the search would find what it looks for. */
export const noSealing: Sealer = {
  seal: (update) => update,
  open: async (envelopes) => [...envelopes],
}

/** Words of at least `length` letters, spread over the text. */
export function someWords(text: string, count: number, length = 7): string[] {
  const all = [...new Set(text.match(new RegExp(`[a-z]{${length},}`, 'g')))]
  const step = Math.max(1, Math.floor(all.length / count))
  return all.filter((_, i) => i % step === 0).slice(0, count)
}

/** Those of `words` that can be found in `bytes`, which hold frames of the wire or `updates` of the outer document. */
export function wordsFound(
  words: readonly string[],
  bytes: Buffer,
  updates: readonly Uint8Array[] = [],
): string[] {
  const texts = [bytes, ...inflated(bytes)].map((part) => part.toString('latin1'))
  texts.push(joined([...updates, ...outerUpdatesIn(bytes)]))
  return words.filter((word) => texts.some((text) => text.includes(word)))
}

function inflated(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at + 2 < bytes.length; at++) {
    const gzip = bytes[at] === 0x1f && bytes[at + 1] === 0x8b
    const zlib = bytes[at] === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(bytes[at + 1] ?? 0)
    const raw = at % 4096 === 0
    if (!gzip && !zlib && !raw) continue
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 22 }
      const part = bytes.subarray(at, at + (1 << 20))
      found.push(
        gzip
          ? gunzipSync(part, options)
          : zlib
            ? inflateSync(part, options)
            : inflateRawSync(part, options),
      )
    } catch {
      continue // not compressed after all
    }
  }
  return found
}

/** Every update in a frame of the sync protocol (`0 1 length bytes` or `0 2 length bytes`), wherever it starts. */
function outerUpdatesIn(bytes: Buffer): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 0; at + 12 < bytes.length; at++) {
    if (bytes[at] !== 0 || (bytes[at + 1] !== 1 && bytes[at + 1] !== 2)) continue
    try {
      const decoder = decoding.createDecoder(bytes.subarray(at + 2, at + 2 + (1 << 21)))
      const update = decoding.readVarUint8Array(decoder)
      if (update.length > 10 && isUpdate(update)) found.push(update)
    } catch {
      continue // no frame starts here
    }
  }
  return found
}

/** The text that the envelopes in these outer updates hold for whoever can read them without a key. */
function joined(updates: readonly Uint8Array[]): string {
  if (updates.length === 0) return ''
  const outer = new Y.Doc()
  Y.applyUpdate(outer, mergeTree(updates))
  const envelopes = [...outer.share.keys()].flatMap((name) =>
    outer.getArray<unknown>(name).toArray(),
  )
  const plain = envelopes.filter((each) => each instanceof Uint8Array).filter(isUpdate)
  const inner = new Y.Doc()
  Y.applyUpdate(inner, mergeTree(plain))
  return inner.getText(TRACE_TEXT).toJSON()
}

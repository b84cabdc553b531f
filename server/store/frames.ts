/**
 * The shape of an append-only file: an 8-byte opening, then framed entries.
 *
 *   entry = u32be payload length ‖ u32be crc32(the 4 length bytes) ‖ u32be crc32(payload) ‖ payload
 *
 * The length has a checksum of its own, so that a flipped bit in it is told
 * from a write that a crash cut short: only the second may be cut away.
 * Pure; what to do about a bad entry is the caller's to decide.
 */
import { crc32 } from 'node:zlib'

/** "HEDGE" and the version of this layout. */
export const opening: Uint8Array = Uint8Array.of(0x48, 0x45, 0x44, 0x47, 0x45, 0, 0, 1)
const headerBytes = 12

export interface Frame {
  /** Where the entry begins and ends in the file, header included. */
  readonly start: number
  readonly end: number
  /** A view into the file's bytes; null if the checksum says that they changed. */
  readonly payload: Uint8Array | null
}

export interface Scan {
  /** Every entry with a good header, in order. */
  readonly frames: readonly Frame[]
  /** Where the last of them ends (0 if not even the opening is there). */
  readonly length: number
  /**
   * What lies after `length`. Torn: the rest of a write that never finished,
   * so nothing in it was acknowledged. Damaged: what was once written changed,
   * and what follows cannot be found any more.
   */
  readonly ending: 'clean' | 'torn' | 'damaged'
}

/** One entry, ready to be appended. */
export const frame = (payload: Uint8Array): Uint8Array => {
  const entry = new Uint8Array(headerBytes + payload.length)
  const view = new DataView(entry.buffer)
  view.setUint32(0, payload.length)
  view.setUint32(4, crc32(entry.subarray(0, 4)))
  view.setUint32(8, crc32(payload))
  entry.set(payload, headerBytes)
  return entry
}

/** Reads a whole file. Never throws, whatever the bytes. */
export const scan = (file: Uint8Array): Scan => {
  const frames: Frame[] = []
  if (!opens(file)) return { frames, length: 0, ending: openingWasCut(file) ? 'torn' : 'damaged' }

  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  let at = opening.length
  while (at < file.length) {
    if (file.length - at < headerBytes) return { frames, length: at, ending: 'torn' }
    if (view.getUint32(at + 4) !== crc32(file.subarray(at, at + 4))) {
      // A file system may have grown the file before it wrote the bytes: that reads as zeros.
      return { frames, length: at, ending: isZero(file.subarray(at)) ? 'torn' : 'damaged' }
    }
    const from = at + headerBytes
    const end = from + view.getUint32(at)
    if (end > file.length) return { frames, length: at, ending: 'torn' }
    const payload = file.subarray(from, end)
    const whole = view.getUint32(at + 8) === crc32(payload)
    frames.push({ start: at, end, payload: whole ? payload : null })
    at = end
  }
  return { frames, length: at, ending: 'clean' }
}

const opens = (file: Uint8Array): boolean =>
  file.length >= opening.length && opening.every((byte, at) => file[at] === byte)

const openingWasCut = (file: Uint8Array): boolean =>
  (file.length < opening.length && file.every((byte, at) => byte === opening[at])) || isZero(file)

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)

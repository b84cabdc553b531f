/**
 * The packet parser of Socket.IO over MessagePack, behind a guard: the decoder
 * allocates whatever length a packet declares (six bytes cost it a gigabyte and
 * four seconds), and hands on event names that Socket.IO keeps for itself. A
 * packet is measured first; one that declares more than it holds closes its
 * connection.
 */
import * as msgpack from 'socket.io-msgpack-parser'

/** Ours nest five deep. */
const MOST_DEPTH = 8
const MOST_VALUES = 20_000

/** What Socket.IO and Node's emitters say of themselves: from outside it would be believed. */
const RESERVED: ReadonlySet<unknown> = new Set([
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'error',
  'newListener',
  'removeListener',
])

class GuardedDecoder extends msgpack.Decoder {
  override add(packet: unknown): void {
    if (!(packet instanceof Uint8Array) || !isMeasured(packet)) throw new Error('invalid packet')
    super.add(packet)
  }

  override checkPacket(decoded: { type: number; data?: unknown }): void {
    super.checkPacket(decoded)
    if (decoded.type !== EVENT) return
    const name: unknown = Array.isArray(decoded.data) ? decoded.data[0] : null
    if (typeof name !== 'string' || RESERVED.has(name)) throw new Error('invalid event')
  }
}

const EVENT = 2

/** What Socket.IO's `parser` option takes. */
export const guardedParser = {
  protocol: msgpack.protocol,
  Encoder: msgpack.Encoder,
  Decoder: GuardedDecoder,
}

/** Whether the bytes are one MessagePack value in which every declared length is there. */
export function isMeasured(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  let values = 0
  /** How many values each open array or map still lacks. */
  const open: number[] = [1]
  try {
    while (open.length > 0) {
      const lacking = open.pop() ?? 0
      if (lacking === 0) continue
      open.push(lacking - 1)
      if (++values > MOST_VALUES || open.length > MOST_DEPTH) return false
      const { length, skip } = measure(view, at)
      at += length
      // Each value takes at least a byte, so this also says whether the value itself is there.
      if (skip > bytes.length - at) return false
      if (skip > 0) open.push(skip)
    }
  } catch {
    return false // cut short in the middle of a length
  }
  return at === bytes.length
}

interface Measure {
  /** Bytes of the value itself, without what it contains. */
  readonly length: number
  /** How many values it contains. */
  readonly skip: number
}

const leaf = (length: number): Measure => ({ length, skip: 0 })

function measure(view: DataView, at: number): Measure {
  const prefix = view.getUint8(at)
  if (prefix < 0x80 || prefix >= 0xe0) return leaf(1)
  if (prefix < 0x90) return { length: 1, skip: (prefix & 0x0f) * 2 }
  if (prefix < 0xa0) return { length: 1, skip: prefix & 0x0f }
  if (prefix < 0xc0) return leaf(1 + (prefix & 0x1f))
  const fixed = FIXED[prefix]
  if (fixed !== undefined) return leaf(1 + fixed)
  switch (prefix) {
    case 0xc4: // bytes, text
    case 0xd9:
      return leaf(2 + view.getUint8(at + 1))
    case 0xc5:
    case 0xda:
      return leaf(3 + view.getUint16(at + 1))
    case 0xc6:
    case 0xdb:
      return leaf(5 + view.getUint32(at + 1))
    case 0xc7: // an ArrayBuffer
      return leaf(3 + view.getUint8(at + 1))
    case 0xc8:
      return leaf(4 + view.getUint16(at + 1))
    case 0xc9:
      return leaf(6 + view.getUint32(at + 1))
    case 0xdc: // arrays, maps
      return { length: 3, skip: view.getUint16(at + 1) }
    case 0xdd:
      return { length: 5, skip: view.getUint32(at + 1) }
    case 0xde:
      return { length: 3, skip: view.getUint16(at + 1) * 2 }
    case 0xdf:
      return { length: 5, skip: view.getUint32(at + 1) * 2 }
    default:
      throw new RangeError('not a value')
  }
}

/** Values of one size: nil, booleans, numbers, fixed extensions (by what follows the prefix). */
const FIXED: Readonly<Record<number, number>> = {
  0xc0: 0,
  0xc2: 0,
  0xc3: 0,
  0xca: 4,
  0xcb: 8,
  0xcc: 1,
  0xcd: 2,
  0xce: 4,
  0xcf: 8,
  0xd0: 1,
  0xd1: 2,
  0xd2: 4,
  0xd3: 8,
  0xd4: 2,
  0xd5: 3,
  0xd6: 5,
  0xd7: 9,
  0xd8: 17,
}

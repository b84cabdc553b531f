/**
 * The frames of the y-websocket protocol that pass here: sync over the outer
 * document, and awareness.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

export type Frame =
  /** "Here is what I have; send what I lack." */
  | { readonly kind: 'step-1'; readonly vector: Uint8Array }
  /** The answer to it. */
  | { readonly kind: 'step-2'; readonly update: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'awareness'; readonly states: Uint8Array }
  | { readonly kind: 'query-awareness' }

const SYNC = 0
const AWARENESS = 1
const QUERY_AWARENESS = 3
const STEP_1 = 0
const STEP_2 = 1
const UPDATE = 2

/** Whether it is of the sync protocol, and so to be acknowledged. */
export const isSync = (frame: Uint8Array): boolean => frame[0] === SYNC

/** Null for what is none of these, and where anything follows it. */
export function readFrame(bytes: Uint8Array): Frame | null {
  try {
    const decoder = decoding.createDecoder(bytes)
    const frame = read(decoder)
    return decoding.hasContent(decoder) ? null : frame
  } catch {
    return null // cut short
  }
}

function read(decoder: decoding.Decoder): Frame | null {
  switch (decoding.readVarUint(decoder)) {
    case SYNC:
      return readSync(decoder)
    case AWARENESS:
      return { kind: 'awareness', states: decoding.readVarUint8Array(decoder) }
    case QUERY_AWARENESS:
      return { kind: 'query-awareness' }
    default:
      return null
  }
}

function readSync(decoder: decoding.Decoder): Frame | null {
  const kind = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (kind === STEP_1) return { kind: 'step-1', vector: bytes }
  if (kind === STEP_2) return { kind: 'step-2', update: bytes }
  return kind === UPDATE ? { kind: 'update', update: bytes } : null
}

const syncFrame = (kind: number, bytes: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, bytes)
  })

export const step1Frame = (vector: Uint8Array): Uint8Array => syncFrame(STEP_1, vector)
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(STEP_2, update)
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(UPDATE, update)

/** Asks a client to send its awareness. */
export const queryFrame: Uint8Array = Uint8Array.of(QUERY_AWARENESS)
/** Awareness of nobody: changes nothing, and keeps a provider from hanging up (S7). */
export const idleFrame: Uint8Array = Uint8Array.of(AWARENESS, 1, 0)

/** What one client shows of itself; `state` is JSON, "null" once it has left. */
export interface Awareness {
  readonly client: number
  readonly clock: number
  readonly state: string
}

export const GONE = 'null'

export const awarenessFrame = ({ client, clock, state }: Awareness): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS)
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((states) => {
        encoding.writeVarUint(states, 1)
        encoding.writeVarUint(states, client)
        encoding.writeVarUint(states, clock)
        encoding.writeVarString(states, state)
      }),
    )
  })

/** The one client that these states are of; null where they are of none, of several, or malformed. */
export function readAwareness(states: Uint8Array): Awareness | null {
  try {
    const decoder = decoding.createDecoder(states)
    if (decoding.readVarUint(decoder) !== 1) return null
    const client = decoding.readVarUint(decoder)
    const clock = decoding.readVarUint(decoder)
    const state = decoding.readVarString(decoder)
    JSON.parse(state) // what does not parse would throw in the other client
    return decoding.hasContent(decoder) ? null : { client, clock, state }
  } catch {
    return null // cut short, or not JSON
  }
}

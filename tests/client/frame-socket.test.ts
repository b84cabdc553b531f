import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Tally } from '../../client/wire/tally.ts'
import { PART_BYTES } from '../../shared/wire.ts'
import { awarenessFrame, step1Frame, updateFrame } from '../../server/live/sync-frames.ts'
import {
  HandLink,
  providerSocket,
  turn,
  type ProviderSocket,
} from '../support/partners/hand-link.ts'

const OWN = 7
const MAX_BYTES = 4 * PART_BYTES

let link: HandLink
let tally: Tally
let gate: { open: boolean; clientId: number; show: () => void }
let shown: number
let heard: Uint8Array[]
let socket: ProviderSocket
let closed: number

const STEP_1 = step1Frame(Y.encodeStateVector(new Y.Doc()))
const update = (length: number, fill = 9) => updateFrame(new Uint8Array(length).fill(fill))
const awareness = (client: number) => awarenessFrame({ client, clock: 1, state: '{}' })
const framesOf = ({ payload }: { payload: Record<string, unknown> }) =>
  payload.frames as Uint8Array[]
const sent = (...frames: Uint8Array[]) => link.says('words:sent', { channel: 'board', frames })

/** As the provider makes one. */
function makeSocket(): ProviderSocket {
  const made = providerSocket({
    link,
    channel: 'board',
    tally,
    gate: () => gate,
    maxBytes: MAX_BYTES,
  })
  made.onmessage = ({ data }) => void heard.push(data)
  made.onclose = () => void closed++
  return made
}

async function open(): Promise<void> {
  await link.seat()
  await link.next('words:open').ok()
}

beforeEach(() => {
  link = new HandLink()
  tally = new Tally()
  shown = 0
  gate = { open: false, clientId: OWN, show: () => void shown++ }
  heard = []
  closed = 0
  socket = makeSocket()
})

describe('S7: frames over the link', () => {
  it('a new instance stays CONNECTING until login; then it asks for its channel, and sends without waiting', async () => {
    socket.onopen = () => socket.send(STEP_1)
    expect(socket.readyState).toBe(0)
    expect(link.asked).toEqual([])
    await link.seat()
    expect(socket.readyState).toBe(socket.OPEN)
    expect(link.asked.map(({ name }) => name)).toEqual(['words:open', 'words:send'])
    expect(link.next('words:open').payload).toEqual({ channel: 'board' })
    expect(framesOf(link.next('words:send'))).toEqual([STEP_1])
  })

  it('nothing leaves before it is open', async () => {
    socket.send(update(10))
    await open()
    expect(link.asked).toEqual([])
  })

  it('frames of one tick travel in one packet, those of the next in another', async () => {
    await open()
    socket.send(update(10, 1))
    socket.send(update(10, 2))
    await turn()
    socket.send(update(10, 3))
    await turn()
    expect(link.asked.map(framesOf)).toEqual([[update(10, 1), update(10, 2)], [update(10, 3)]])
  })

  it('a packet holds at most 192 KiB', async () => {
    await open()
    for (let i = 0; i < 5; i++) socket.send(update(40 * 1024, i))
    await turn()
    expect(link.asked.map((asked) => framesOf(asked).length)).toEqual([4, 1])
  })

  it('a frame above 48 KiB leaves in numbered parts, each after the one before is acknowledged', async () => {
    await open()
    const long = update(2 * PART_BYTES)
    socket.send(long)
    await turn()
    const parts: Record<string, unknown>[] = []
    while (link.asked.length > 0) {
      expect(link.asked).toHaveLength(1)
      const asked = link.next('words:part')
      parts.push(asked.payload)
      expect(tally.state.kind).not.toBe('saved')
      await asked.ok()
    }
    expect(parts.map(({ frame, part, of }) => [frame, part, of])).toEqual([
      [0, 0, 3],
      [0, 1, 3],
      [0, 2, 3],
    ])
    expect(Buffer.concat(parts.map(({ bytes }) => bytes as Uint8Array))).toEqual(Buffer.from(long))
  })

  it('parts that come in are one frame again; one whose beginning was missed is passed over', async () => {
    await open()
    const long = update(2 * PART_BYTES)
    const say = (part: number) =>
      link.says('words:parted', {
        ...{ channel: 'board', frame: 3, part, of: 3 },
        bytes: long.subarray(part * PART_BYTES, (part + 1) * PART_BYTES),
      })
    for (const part of [1, 2, 0, 1]) await say(part)
    expect(heard).toEqual([])
    for (const part of [0, 1, 2]) await say(part)
    expect(heard.map((frame) => Buffer.from(frame))).toEqual([Buffer.from(long)])
  })

  it('parts without end are dropped at the limit of the board', async () => {
    await open()
    const of = 4000
    for (let part = 0; part < of; part++) {
      const bytes = new Uint8Array(part < 8 ? PART_BYTES : 1)
      await link.says('words:parted', { channel: 'board', frame: 0, part, of, bytes })
    }
    expect(heard).toEqual([])
    await sent(STEP_1)
    expect(heard).toEqual([STEP_1])
  })

  it('empty frames and frames that make the provider throw are harmless', async () => {
    await open()
    socket.onmessage = ({ data }) => {
      if (data[0] === 99) throw new Error('unreadable')
      heard.push(data)
    }
    await sent(new Uint8Array(), Uint8Array.of(99), STEP_1)
    expect(heard).toEqual([STEP_1])
    expect(closed).toBe(0)
  })

  it('a cut closes it once; the next instance waits for the next login', async () => {
    await open()
    socket.send(update(10))
    await turn()
    await link.drop()
    expect(socket.readyState).toBe(3)
    expect(closed).toBe(1)
    socket = makeSocket()
    socket.send(update(10))
    await turn()
    expect(link.asked).toEqual([])
    expect(link.restarts).toBe(0)
    await open()
    expect(socket.readyState).toBe(1)
  })

  it('so does a cut while it asks for its channel', async () => {
    await link.seat()
    await link.drop()
    expect([socket.readyState, closed, link.restarts]).toEqual([3, 1, 0])
  })
})

describe('S5: awareness leaves only through an open gate, and only about oneself', () => {
  it('not while the gate is shut', async () => {
    await open()
    socket.send(awareness(OWN))
    await turn()
    expect(link.asked).toEqual([])
  })

  it('who is asked for shows oneself, and not what one knows of others', async () => {
    await open()
    gate.open = true
    await sent(Uint8Array.of(3))
    expect([shown, heard]).toEqual([1, []])
  })

  it('the echo of another, or of oneself among others, stays here', async () => {
    await open()
    gate.open = true
    socket.send(awareness(OWN + 1))
    const two = encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint8Array(encoder, Uint8Array.of(2, OWN, 1, 2, 123, 125, 8, 1, 2, 123, 125))
    })
    socket.send(two)
    socket.send(awareness(OWN))
    await turn()
    expect(link.asked.map(framesOf)).toEqual([[awareness(OWN)]])
    expect(tally.state.kind).toBe('unsynced')
    await link.next('words:send').refuse('internal')
    expect(tally.state.kind).toBe('unsynced') // no words: nothing was refused
  })
})

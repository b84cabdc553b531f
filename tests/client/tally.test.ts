import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { Tally } from '../../client/wire/tally.ts'
import { PART_BYTES } from '../../shared/wire.ts'
import { step1Frame, step2Frame, updateFrame } from '../../server/live/sync-frames.ts'
import {
  HandLink,
  providerSocket,
  turn,
  type ProviderSocket,
} from '../support/partners/hand-link.ts'

let link: HandLink
let tally: Tally
let socket: ProviderSocket
let states: string[]

const VECTOR = Y.encodeStateVector(new Y.Doc())
const STEP_1 = step1Frame(VECTOR)
const OWN_STEP_1 = step1Frame(VECTOR)
const STEP_2 = step2Frame(Uint8Array.of(1, 2, 3))
const UPDATE = updateFrame(Uint8Array.of(4, 5, 6))

beforeEach(() => {
  vi.useFakeTimers()
  link = new HandLink()
  tally = new Tally()
  states = []
  tally.changed.on(() => {
    const { kind } = tally.state
    if (states.at(-1) !== kind) states.push(kind)
  })
  connect()
})

afterEach(() => {
  tally.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

/** A socket with as much of the provider as matters: it answers a step 1 with a step 2, at once. */
function connect(): void {
  const gate = { open: false, clientId: 1, show: () => undefined }
  const made = providerSocket({
    link,
    channel: 'board',
    tally,
    gate: () => gate,
    maxBytes: 1 << 20,
  })
  socket = made
  made.onopen = () => made.send(OWN_STEP_1)
  made.onmessage = ({ data }) => {
    if (data === STEP_1) made.send(STEP_2)
  }
  made.onclose = () => connect()
}

const open = async () => {
  await link.seat()
  await link.next('words:open').ok()
}
const step1Comes = () => link.says('words:sent', { channel: 'board', frames: [STEP_1] })
const write = async (frame = UPDATE) => {
  socket.send(frame)
  await turn()
}
const answerAll = async () => {
  while (link.asked.length > 0) await link.asked.shift()?.ok()
}
/** Open, asked and answered. */
async function saved(): Promise<void> {
  await open()
  await step1Comes()
  await answerAll()
  expect(tally.state).toEqual({ kind: 'saved' })
}
const kind = () => tally.state.kind

describe('S8: saved', () => {
  it('only after the server’s step 1 came and the answer to it was acknowledged', async () => {
    await open()
    await link.next('words:send').ok() // our own step 1
    expect(kind()).toBe('unsynced')
    await step1Comes()
    expect(kind()).toBe('sending')
    await link.next('words:send').ok()
    expect(kind()).toBe('saved')
    expect(states).not.toContain('refused')
    expect(states.indexOf('saved')).toBe(states.length - 1) // not for a moment before
    expect(tally.everSynced).toBe(true)
  })

  it('not while any update is outstanding, in whatever order they are acknowledged', async () => {
    await saved()
    await write()
    await write()
    const [first, second] = [link.next('words:send'), link.next('words:send')]
    await second.ok()
    expect(kind()).toBe('sending')
    await first.ok()
    expect(kind()).toBe('saved')
  })

  it('not until the last part of a long frame is acknowledged', async () => {
    await saved()
    await write(updateFrame(new Uint8Array(PART_BYTES + 1)))
    await link.next('words:part').ok()
    expect(kind()).toBe('sending')
    await link.next('words:part').ok()
    expect(kind()).toBe('saved')
  })

  it('not on a new connection before it is asked anew; what was in flight counts no more', async () => {
    await saved()
    await write()
    await link.drop()
    expect(kind()).toBe('unsynced')
    await vi.advanceTimersByTimeAsync(0)
    await saved()
  })

  it('whoever gives up while something waits starts the link anew: the next would take the answer for its own', async () => {
    await saved()
    socket.close() // as the provider does when it hears nothing for half a minute
    expect(link.restarts).toBe(0)
    connect()
    await turn()
    await link.next('words:open').ok()
    await step1Comes()
    socket.close()
    expect(link.restarts).toBe(1)
  })

  it('acknowledgements that do not come for ten seconds start the link anew, and are no refusal', async () => {
    await saved()
    await write()
    await vi.advanceTimersByTimeAsync(6000)
    await write()
    await link.next('words:send').ok() // and for the other ten seconds from here
    await vi.advanceTimersByTimeAsync(9999)
    expect(link.restarts).toBe(0)
    await vi.advanceTimersByTimeAsync(1)
    expect(link.restarts).toBe(1)
    expect(kind()).toBe('sending')
    await answerAll()
  })

  it('so does a lost answer to a part', async () => {
    await saved()
    await write(updateFrame(new Uint8Array(PART_BYTES + 1)))
    await link.next('words:part').refuse('timeout')
    expect(link.restarts).toBe(1)
    expect(kind()).toBe('sending')
    expect(link.asked).toEqual([]) // no use to go on
  })

  it('so does a lost answer to words:open', async () => {
    await link.seat()
    await link.next('words:open').refuse('timeout')
    expect(link.restarts).toBe(1)
    await link.drop()
  })

  it('settled says whether anything written waits, over all connections', async () => {
    expect(tally.settled).toBe(false)
    await saved()
    expect(tally.settled).toBe(true)
    await link.drop()
    expect(tally.settled).toBe(true)
    tally.wrote()
    expect(tally.settled).toBe(false)
  })
})

describe('S8: refused', () => {
  const refusal = { kind: 'refused', code: 'room-full' }

  async function refused(): Promise<void> {
    await saved()
    await write()
    await link.next('words:send').refuse('room-full')
  }

  it('is said with its code, and not taken back by what is acknowledged besides', async () => {
    await saved()
    await write()
    await write()
    const [first, second] = [link.next('words:send'), link.next('words:send')]
    await first.refuse('room-full')
    expect(tally.state).toEqual(refusal)
    await second.ok()
    expect(tally.state).toEqual(refusal)
  })

  it('holds words back, asks for step 1 after a second, and is over when all is written', async () => {
    await refused()
    await write()
    expect(link.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(999)
    expect(link.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await link.next('words:open').ok()
    expect(tally.state).toEqual(refusal)
    await step1Comes()
    expect(tally.state).toEqual(refusal)
    await link.next('words:send').ok()
    expect(kind()).toBe('saved')
    await write()
    expect(link.asked).toHaveLength(1)
    await answerAll()
  })

  it('waits longer each time, up to half a minute, and starts over after a success', async () => {
    await refused()
    const waits: number[] = []
    for (let i = 0; i < 7; i++) {
      let waited = 0
      for (; link.asked.length === 0; waited += 500) await vi.advanceTimersByTimeAsync(500)
      waits.push(waited)
      await link.next('words:open').ok()
      await step1Comes()
      await link.next('words:send').refuse('room-full')
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    tally.retry()
    await answerAll()
    await step1Comes()
    await answerAll()
    expect(kind()).toBe('saved')
    await write()
    await link.next('words:send').refuse('room-full')
    await vi.advanceTimersByTimeAsync(1000)
    link.next('words:open')
  })

  it('many refusals at once are one', async () => {
    await saved()
    for (let i = 0; i < 5; i++) await write()
    while (link.asked.length > 0) await link.next('words:send').refuse('room-full')
    await vi.advanceTimersByTimeAsync(1000)
    expect(link.asked).toHaveLength(1)
  })

  it('outlasts the connection: on the next one it receives, and sends no words before its time', async () => {
    await refused()
    await link.drop()
    expect(tally.state).toEqual(refusal)
    await vi.advanceTimersByTimeAsync(0)
    await open()
    await step1Comes()
    await write()
    expect(link.asked.map(({ payload }) => payload.frames)).toEqual([[OWN_STEP_1]])
    await answerAll()
    expect(tally.state).toEqual(refusal)
    await vi.advanceTimersByTimeAsync(1000)
    await link.next('words:open').ok()
    await step1Comes()
    await answerAll()
    expect(kind()).toBe('saved')
  })

  it('while the link is down, its time passes; the next login sends', async () => {
    await refused()
    await link.drop()
    await vi.advanceTimersByTimeAsync(60_000)
    await saved()
  })

  it('someone who asks to try again need not wait', async () => {
    await refused()
    tally.retry()
    link.next('words:open')
    tally.retry()
    expect(link.asked).toEqual([])
  })

  it('a channel that the server does not open is a refusal too, and asked for again', async () => {
    await link.seat()
    await link.next('words:send').refuse('store-failed') // the provider's step 1
    await link.next('words:open').refuse('store-failed')
    expect(tally.state).toEqual({ kind: 'refused', code: 'store-failed' })
    await vi.advanceTimersByTimeAsync(999)
    expect(link.asked).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(link.asked.map(({ payload }) => payload.frames)).toEqual([undefined, [OWN_STEP_1]]) // again
    await link.next('words:open').ok()
    await step1Comes()
    await answerAll()
    expect(kind()).toBe('saved')
  })
})

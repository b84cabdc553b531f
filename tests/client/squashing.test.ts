import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { startSquashing } from '../../client/sync/squashing.ts'
import { SealedDoc } from '../../shared/sealed-doc.ts'
import { noSealing } from '../support/partners/leaks.ts'

const IDLE = 2000
const PATIENCE = 45_000

interface Device {
  readonly outer: Y.Doc
  readonly sealed: SealedDoc
  readonly squashes: () => number
  readonly stop: () => void
  /** So many keystrokes, one envelope each. */
  type(count: number, text?: string): void
}

const devices: Device[] = []

/** `client`: the outer client id, by which it is decided whose turn it is. */
function makeDevice(name: string, client: number): Device {
  const outer = new Y.Doc()
  outer.clientID = client
  const sealed = new SealedDoc(outer, name, noSealing)
  const squash = vi.spyOn(sealed, 'squash')
  const stop = startSquashing(sealed, outer, { idle: IDLE, patience: () => PATIENCE })
  const text = sealed.inner.getText('words')
  const type = (count: number, what = 'x') => {
    for (let i = 0; i < count; i++) text.insert(0, what)
  }
  const device = { outer, sealed, stop, type, squashes: () => squash.mock.calls.length }
  devices.push(device)
  return device
}

/** Everything that one writes reaches the other at once. */
async function join(one: Device, other: Device): Promise<void> {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    Y.applyUpdate(to.outer, Y.encodeStateAsUpdate(from.outer), 'wire')
    from.outer.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'wire') Y.applyUpdate(to.outer, update, 'wire')
    })
  }
  await vi.advanceTimersByTimeAsync(0)
}

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms)

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  for (const { stop, sealed, outer } of devices.splice(0)) {
    stop()
    sealed.destroy()
    outer.destroy()
  }
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('S4: when a device squashes', () => {
  it('from 256 loose envelopes on, not before, two seconds after the last keystroke', async () => {
    const ana = makeDevice('a', 1)
    ana.type(255)
    await wait(10 * IDLE)
    expect(ana.squashes()).toBe(0)
    ana.type(1)
    await wait(IDLE - 1)
    expect(ana.squashes()).toBe(0)
    ana.type(1)
    await wait(IDLE - 1)
    expect(ana.squashes()).toBe(0)
    await wait(1)
    expect(ana.squashes()).toBe(1)
    expect(ana.sealed.load()).toMatchObject({ looseCount: 0, baseCount: 1 })
    await wait(10 * IDLE)
    expect(ana.squashes()).toBe(1)
  })

  it('only where the loose ones outweigh an eighth of the base', async () => {
    const ana = makeDevice('a', 1)
    ana.type(1, 'long '.repeat(40_000))
    ana.sealed.squash()
    ana.type(300)
    expect(ana.sealed.load().looseBytes).toBeLessThan(ana.sealed.load().baseBytes / 8)
    await wait(IDLE)
    expect(ana.squashes()).toBe(1) // the one above
    ana.type(1, 'long '.repeat(20_000))
    await wait(IDLE)
    expect(ana.squashes()).toBe(2)
  })

  it('at 2,048 loose ones, while typing goes on, and whatever they weigh', async () => {
    const ana = makeDevice('a', 1)
    ana.type(2047)
    expect(ana.squashes()).toBe(0)
    ana.type(1)
    expect(ana.squashes()).toBe(1)
    const other = makeDevice('b', 2)
    other.type(1, 'long '.repeat(500_000))
    other.sealed.squash()
    other.type(2047)
    expect(other.squashes()).toBe(1)
    other.type(1)
    expect(other.sealed.load().looseBytes).toBeLessThan(other.sealed.load().baseBytes / 8)
    expect(other.squashes()).toBe(2)
  })

  it('when two lie in base, because two squashed at once', async () => {
    const ana = makeDevice('a', 1)
    const ben = makeDevice('b', 2)
    ana.type(3)
    ben.type(3)
    ana.sealed.squash()
    ben.sealed.squash()
    await join(ana, ben)
    expect(ana.sealed.load().baseCount).toBe(2)
    ana.type(1)
    await wait(IDLE)
    expect(ana.sealed.load().baseCount).toBe(1)
    await wait(2 * PATIENCE)
    expect([ana.squashes(), ben.squashes()]).toEqual([2, 1])
    expect(ben.sealed.inner.getText('words').toJSON()).toHaveLength(7)
  })
})

describe('S4: who squashes', () => {
  it('of those that wrote, the one with the lowest outer client id; the other has nothing left to do', async () => {
    const [ana, ben] = [makeDevice('a', 20), makeDevice('b', 10)]
    await join(ana, ben)
    ana.type(200)
    ben.type(200)
    await wait(IDLE)
    expect([ana.squashes(), ben.squashes()]).toEqual([0, 1])
    await wait(2 * PATIENCE)
    expect([ana.squashes(), ben.squashes()]).toEqual([0, 1])
  })

  it('another after its patience, where the first does not come to it', async () => {
    const [ana, ben] = [makeDevice('a', 20), makeDevice('b', 10)]
    await join(ana, ben)
    ana.type(1) // from now on ana counts among those that write
    ben.type(300)
    await vi.advanceTimersByTimeAsync(0)
    ben.stop()
    await wait(PATIENCE - 1)
    expect(ana.squashes()).toBe(0)
    await wait(1)
    expect([ana.squashes(), ben.squashes()]).toEqual([1, 0])
  })

  it('a device that only read never does, however many there are and however long it waits', async () => {
    const [ana, reader] = [makeDevice('a', 20), makeDevice('b', 10)]
    ana.stop()
    ana.type(10)
    ana.sealed.squash()
    await join(ana, reader)
    ana.type(3000)
    await wait(20 * PATIENCE)
    expect(reader.squashes()).toBe(0)
    expect(reader.outer.share.has('w:b')).toBe(true)
    expect(reader.outer.getArray('w:b').length).toBe(0)
    expect(Y.encodeStateVector(reader.outer)).toEqual(Y.encodeStateVector(ana.outer))
  })

  it('a device that wrote once takes its turn with what others write after it', async () => {
    const [ana, ben] = [makeDevice('a', 10), makeDevice('b', 20)]
    await join(ana, ben)
    ben.type(1)
    ana.type(1)
    await wait(10 * PATIENCE)
    ben.type(300)
    await wait(IDLE)
    expect([ana.squashes(), ben.squashes()]).toEqual([1, 0])
  })

  it('nobody once it is stopped', async () => {
    const ana = makeDevice('a', 1)
    ana.type(300)
    ana.stop()
    await wait(10 * PATIENCE)
    expect(ana.squashes()).toBe(0)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ConnectionLine } from '../../client/board/connection-line.ts'
import { Tally } from '../../client/wire/tally.ts'
import { HandLink } from '../support/partners/hand-link.ts'

let link: HandLink
let tally: Tally
let line: ConnectionLine
let ready: boolean
let said: string[]

beforeEach(() => {
  vi.useFakeTimers()
  link = new HandLink()
  tally = new Tally()
  ready = true
  line = new ConnectionLine(link, tally, () => ready)
  said = []
  line.changed.on(() => {
    if (said.at(-1) !== kind()) said.push(kind())
  })
})

afterEach(() => {
  line.close()
  tally.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const kind = () => line.current.kind
const save = () => {
  tally.asked()
  tally.written(0)
}
const up = async () => {
  await link.seat()
  save()
}
/** As a link and its frames go down. */
const down = async () => {
  await link.drop()
  tally.reset()
}

describe('S8: the connection line', () => {
  it('a first connection has three seconds before it counts as offline', async () => {
    expect(kind()).toBe('saving')
    await vi.advanceTimersByTimeAsync(2999)
    expect(kind()).toBe('saving')
    await vi.advanceTimersByTimeAsync(1)
    expect(said).toEqual(['offline'])
  })

  it('opening, as long as nothing can be shown', async () => {
    ready = false
    expect(kind()).toBe('opening')
    await up()
    expect(kind()).toBe('opening')
    ready = true
    expect(kind()).toBe('saved')
  })

  it('saving while something is outstanding, saved after it', async () => {
    await up()
    tally.wrote()
    tally.sending()
    expect(kind()).toBe('saving')
    tally.written(1)
    expect(kind()).toBe('saved')
  })

  it('a break of a moment, with nothing to send, is not worth a word', async () => {
    await up()
    said = []
    for (let i = 0; i < 5; i++) {
      await down()
      await vi.advanceTimersByTimeAsync(1499)
      await link.seat()
      await vi.advanceTimersByTimeAsync(5000)
      save()
    }
    expect(said).toEqual(['saved'])
  })

  it('a longer break is: offline, and back online once everything is sent, for four seconds', async () => {
    await up()
    await down()
    await vi.advanceTimersByTimeAsync(1500)
    expect(kind()).toBe('offline')
    tally.wrote()
    await link.seat()
    tally.sending()
    expect(kind()).toBe('saving')
    tally.asked()
    tally.written(1)
    expect(kind()).toBe('back-online')
    await vi.advanceTimersByTimeAsync(3999)
    expect(kind()).toBe('back-online')
    await vi.advanceTimersByTimeAsync(1)
    expect(kind()).toBe('saved')
  })

  it('whoever writes during a break is told at once', async () => {
    await up()
    await down()
    expect(kind()).toBe('saved')
    tally.wrote()
    expect(kind()).toBe('offline')
  })

  it('a break with something unsent is told at once', async () => {
    await up()
    tally.wrote()
    await down()
    expect(kind()).toBe('offline')
  })

  it('a refusal stands, whatever the connection does meanwhile, until all is written', async () => {
    await up()
    tally.wrote()
    tally.sending()
    tally.refused('store-full', 1)
    said = []
    for (let i = 0; i < 3; i++) {
      await down()
      await vi.advanceTimersByTimeAsync(400)
      await link.seat()
      await vi.advanceTimersByTimeAsync(10_000)
      tally.asked()
      tally.sending()
      tally.refused('store-full', 1)
    }
    expect(said).toEqual(['refused'])
    expect(line.current).toEqual({ kind: 'refused', code: 'store-full' })
    save()
    expect(kind()).toBe('saved')
  })

  it('of what the partner wrote, a refusal is said only once something is written here', async () => {
    await up()
    tally.sending()
    tally.refused('store-full', 1)
    expect(kind()).toBe('saved')
    tally.wrote()
    expect(line.current).toEqual({ kind: 'refused', code: 'store-full' })
  })

  it('a channel that is shut is said at once', async () => {
    await up()
    tally.shut('store-failed')
    expect(line.current).toEqual({ kind: 'refused', code: 'store-failed' })
  })

  it('a refusal with the connection gone for long is offline', async () => {
    await up()
    tally.refused('store-full')
    await down()
    await vi.advanceTimersByTimeAsync(1500)
    expect(kind()).toBe('offline')
  })
})

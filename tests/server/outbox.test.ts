/** Frames leave together where they can, in pieces where they must, and always in order. */
import { expect, test } from 'vitest'
import { concat } from '../../shared/bytes.ts'
import { PACKET_BYTES, PART_BYTES, type Fact, type FactName } from '../../shared/wire.ts'
import { Outbox } from '../../server/live/outbox.ts'

type Sent = { name: string } & Fact<FactName>

function outbox() {
  const sent: Sent[] = []
  const box = new Outbox(
    'board',
    (name, payload) => void sent.push({ name, ...(payload as object) } as Sent),
  )
  return { box, sent, tick: () => new Promise(setImmediate) }
}

const frame = (length: number, fill: number) => new Uint8Array(length).fill(fill)
const framesOf = (sent: Sent): readonly Uint8Array[] =>
  'frames' in sent && Array.isArray(sent.frames) ? sent.frames : []

test('S7 the frames of one tick leave in one packet, as bytes that the encoder knows', async () => {
  const { box, sent, tick } = outbox()
  for (let i = 0; i < 20; i++) box.push(frame(10, i))
  expect(sent).toEqual([])
  await tick()
  expect(sent).toHaveLength(1)
  expect(framesOf(sent[0]!).map((each) => each[0])).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(framesOf(sent[0]!).every(Buffer.isBuffer)).toBe(true)
  box.push(frame(10, 99))
  await tick()
  expect(sent).toHaveLength(2)
})

test('S7 more than a packet holds leaves in several, each within its bounds', async () => {
  const { box, sent, tick } = outbox()
  for (let i = 0; i < 9; i++) box.push(frame(PART_BYTES, i))
  for (let i = 0; i < 5000; i++) box.push(frame(1, 100))
  await tick()
  for (const packet of sent) {
    const bytes = framesOf(packet).reduce((sum, { length }) => sum + length, 0)
    expect(bytes).toBeLessThanOrEqual(PACKET_BYTES)
    expect(framesOf(packet).length).toBeLessThanOrEqual(4096)
  }
  expect(sent.flatMap(framesOf)).toHaveLength(5009)
})

test('S7 a long frame leaves in numbered parts, after what came before it and before what comes after', async () => {
  const { box, sent, tick } = outbox()
  const long = frame(PART_BYTES * 2 + 5, 7)
  box.push(frame(3, 1))
  box.push(long)
  box.push(long)
  box.push(frame(3, 2))
  await tick()
  expect(sent.map(({ name }) => name)).toEqual([
    'words:sent',
    ...Array.from({ length: 6 }, () => 'words:parted'),
    'words:sent',
  ])
  const parts = sent.flatMap((each) => ('part' in each ? [each] : []))
  expect(parts.map(({ frame: number, part, of }) => [number, part, of])).toEqual([
    ...[0, 1, 2].map((part) => [0, part, 3]),
    ...[0, 1, 2].map((part) => [1, part, 3]),
  ])
  expect(concat(...parts.slice(0, 3).map(({ bytes }) => bytes))).toEqual(long)
})

test('S8 what is written within a tick is told once, and before what is refused after it', async () => {
  const { box, sent, tick } = outbox()
  box.written(1)
  box.written(2)
  box.refused(3, 'room-full')
  box.written(4)
  await tick()
  expect(sent).toEqual([
    { name: 'words:written', channel: 'board', frames: 3 },
    { name: 'words:refused', channel: 'board', frames: 3, code: 'room-full' },
    { name: 'words:written', channel: 'board', frames: 4 },
  ])
})

test('S7 nothing leaves any more once it is closed', async () => {
  const { box, sent, tick } = outbox()
  box.push(frame(3, 1))
  box.close()
  await tick()
  expect(sent).toEqual([])
})

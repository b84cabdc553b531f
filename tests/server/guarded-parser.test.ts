/** Packets that lie about their length, or pretend to be Socket.IO itself, end their connection and nothing else. */
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { guardedParser, isMeasured } from '../../server/live/guarded-parser.ts'
import { appForTest } from '../support/server/app.ts'
import { HandClock } from '../support/clock.ts'
import { dice, randomBytes } from '../support/store/store-records.ts'
import { found, RawClient, sayHello, seated } from './raw-client.ts'

const require = createRequire(import.meta.url)
const { encode } = require('notepack.io') as { encode(value: unknown): Buffer }

const packet = (...data: unknown[]) => ({ type: 2, nsp: '/', id: 1, data })

test.each([
  ['an event', packet('record:since', { seq: 0 })],
  [
    'numbers of every size',
    packet('x', 1, -1, 300, -300, 70_000, -70_000, 2 ** 40, -(2 ** 40), 0.5),
  ],
  [
    'text and bytes of every size',
    packet('x', 'a'.repeat(300), 'b'.repeat(70_000), Buffer.alloc(300), Buffer.alloc(70_000)),
  ],
  [
    'short bytes',
    packet('x', Buffer.alloc(3), new ArrayBuffer(3), new ArrayBuffer(300), new ArrayBuffer(70_000)),
  ],
  [
    'lists and maps',
    packet(
      'x',
      Array.from({ length: 20 }, () => true),
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}`, null])),
    ),
  ],
  ['a connect', { type: 0, nsp: '/', data: undefined }],
])('S7 %s is measured as it is', (_name, value) => {
  const bytes = encode(value)
  expect(isMeasured(bytes)).toBe(true)
  expect(isMeasured(bytes.subarray(0, bytes.length - 1))).toBe(false)
  expect(isMeasured(Buffer.concat([bytes, Buffer.of(0)]))).toBe(false)
})

const lies: [string, number[]][] = [
  ['a gigabyte of bytes', [0xc9, 0x3f, 0xff, 0xff, 0xff, 0x00]],
  ['four gigabytes of text', [0xdb, 0xff, 0xff, 0xff, 0xff]],
  ['four billion values', [0xdd, 0xff, 0xff, 0xff, 0xff]],
  ['two billion pairs', [0xdf, 0x7f, 0xff, 0xff, 0xff]],
  ['lists in lists in lists', Array.from({ length: 5000 }, () => 0x91)],
  ['a kind that there is not', [0xc1]],
  ['nothing', []],
]
test.each(lies)('S7 %s is refused before anything is made of it', (_name, bytes) => {
  expect(isMeasured(Uint8Array.from(bytes))).toBe(false)
})

test('S7 six bytes that declare a gigabyte cost neither time nor memory', () => {
  const decoder = new guardedParser.Decoder()
  const before = process.memoryUsage().arrayBuffers
  expect(() => decoder.add(Buffer.from([0xc9, 0x3f, 0xff, 0xff, 0xff, 0x00]))).toThrow(
    'invalid packet',
  )
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024)
})

test('S7 whatever is measured is decoded as long as it says, and nothing throws on random bytes', () => {
  const roll = dice(1)
  for (let i = 0; i < 20_000; i++) isMeasured(randomBytes(roll, roll(40)))
})

test.each(['disconnect', 'disconnecting', 'error', 'connect', 'newListener', 'removeListener'])(
  'S7 an event named %s is not taken for Socket.IO’s own',
  (name) => {
    const decoder = new guardedParser.Decoder()
    expect(() => decoder.add(encode(packet(name)))).toThrow()
    expect(() => decoder.add(encode(packet('record:since')))).not.toThrow()
  },
)

/** Sends raw bytes as if they were a packet. */
function inject(client: RawClient, bytes: Uint8Array | string): void {
  const { engine } = client.socket.io as unknown as { engine: { write(data: unknown): void } }
  engine.write(bytes)
}

test.each<[string, Uint8Array | string]>([
  ...lies.map(([name, bytes]): [string, Uint8Array] => [name, Buffer.from(bytes)]),
  ['text', 'hello'],
  ['a number', encode(7)],
  ['null', encode(null)],
  ['a packet of no type', encode({ nsp: '/', data: ['x'] })],
  ['a packet of data that is none', encode({ type: 2, nsp: '/', data: 'x' })],
  ['an event of no name', encode(packet())],
  ['an event named by a list', encode(packet(['x']))],
  ['an event named disconnect', encode(packet('disconnect'))],
  ['an event named error', encode(packet('error', 'x'))],
  ['a second connect', encode({ type: 0, nsp: '/' })],
  ['another namespace', encode({ type: 2, nsp: '/admin', id: 1, data: ['x'] })],
])('S7 a packet of %s closes its own socket, and the server goes on', async (_name, bytes) => {
  const { origin } = await appForTest()
  const maker = await found(origin, 1)
  const [bad, good] = [await seated(origin, maker), await seated(origin, maker)]
  if (bytes.length === 0) return
  inject(bad, bytes)
  await bad.until(() => bad.socket.disconnected)
  expect((await good.ask('record:since', { seq: 0 })).ok).toBe(true)
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['text', 'x'],
  ['a list', []],
  ['an unknown key', { seq: 0, more: 1 }],
  ['a fraction', { seq: 0.5 }],
  ['a negative number', { seq: -1 }],
  ['no number', { seq: NaN }],
  ['a number as text', { seq: '0' }],
  ['its own prototype', JSON.parse('{"seq":0,"__proto__":{"x":1}}')],
])('S7 a request with %s is refused, and the socket goes on', async (_name, payload) => {
  const { origin } = await appForTest()
  const maker = await found(origin, 2)
  const client = await seated(origin, maker)
  expect(await client.ask('record:since', payload)).toMatchObject({
    ok: false,
    code: 'bad-request',
  })
  expect((await client.ask('record:since', { seq: 0 })).ok).toBe(true)
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('S7 unknown events and requests that want no answer are ignored', async () => {
  const { origin } = await appForTest()
  const maker = await found(origin, 3)
  const client = new RawClient(origin)
  await client.fact('hello:asked')
  for (const event of ['record:erase', 'hello', '__proto__', 'constructor', 'record:since']) {
    client.socket.emit(event, { seq: 0 })
  }
  expect((await sayHello(client, origin, maker)).ok).toBe(true)
})

test('S7 ten thousand of them are enough', async () => {
  const { origin } = await appForTest({ clock: new HandClock() }) // no deadline of the hello
  const client = new RawClient(origin)
  await client.fact('hello:asked')
  for (let i = 0; i < 10_000; i++) client.socket.emit('nothing')
  await client.until(() => client.socket.disconnected)
})

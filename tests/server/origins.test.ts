/** Pages of other sites are kept out, whatever they come through. */
import { describe, expect, test } from 'vitest'
import { originOf } from '../../server/origins.ts'
import { appForTest } from '../support/server/app.ts'
import { found, post, RawClient, sayHello } from './raw-client.ts'

describe('where a request comes from', () => {
  const home = '192.168.1.5:3000'
  const pub = 'https://board.example'
  test.each([
    ['the page itself', { origin: `http://${home}`, host: home }, null, `http://${home}`],
    ['no page', { host: home }, null, `http://${home}`],
    [
      'the usual port, said',
      { origin: 'http://a.example', host: 'a.example:80' },
      null,
      'http://a.example',
    ],
    ['behind a proxy', { origin: pub, host: '127.0.0.1:3000' }, pub, pub],
    ['behind a proxy, no Origin', { host: 'board.example' }, pub, pub],
    ['at home, though there is a public address', { host: home }, pub, `http://${home}`],
    ['IPv6', { origin: 'http://[::1]:3000', host: '[::1]:3000' }, null, 'http://[::1]:3000'],
    ['another site', { origin: 'http://evil.example', host: home }, null, null],
    ['another site, the same port', { origin: 'http://evil.example:3000', host: home }, null, null],
    ['another port', { origin: 'http://192.168.1.5:3001', host: home }, null, null],
    ['another site, public', { origin: 'https://board.example.evil', host: home }, pub, null],
    [
      'the public address over plain http',
      { origin: 'http://board.example', host: home },
      pub,
      null,
    ],
    ['a sandboxed page', { origin: 'null', host: home }, null, null],
    ['a file', { origin: 'file://', host: home }, null, null],
    ['no host', {}, null, null],
    ['a host that is none', { host: 'a b' }, null, null],
    ['a host with a path', { origin: 'http://a', host: 'a/b' }, null, null],
    ['a host with a user', { origin: 'http://a', host: 'x@a' }, null, null],
  ])('K4 %s', (_name, headers, publicOrigin, expected) => {
    expect(originOf(headers, publicOrigin)).toBe(expected)
  })
})

test.each(['websocket', 'polling'])('K4 a foreign page cannot connect by %s', async (transport) => {
  const { origin } = await appForTest()
  const options = { transports: [transport], extraHeaders: { origin: 'http://evil.example' } }
  const client = new RawClient(origin, options)
  await client.until(() => client.turnedAway)
  expect(client.heard('hello:asked')).toEqual([])
})

test.each(['websocket', 'polling'])('K4 the page itself is seated by %s', async (transport) => {
  const { origin } = await appForTest()
  const maker = await found(origin, 1)
  const client = new RawClient(origin, { transports: [transport], extraHeaders: { origin } })
  expect((await sayHello(client, origin, maker)).ok).toBe(true)
})

test('K4 a foreign page cannot post, and is given no right to read anything', async () => {
  const { origin } = await appForTest()
  const answer = await post(origin, '/api/nonces', {}, { origin: 'http://evil.example' })
  expect(answer).toEqual({ status: 403, ok: false, code: 'origin-refused' })
  expect((await post(origin, '/api/nonces', {}, { origin })).status).toBe(200)
})

test.each([
  ['GET', '/'],
  ['GET', '/b/x'],
  ['GET', '/health'],
  ['GET', '/api/addresses'],
  ['GET', '/nothing.here'],
  ['POST', '/api/nonces'],
  ['POST', '/api/boards'],
  ['OPTIONS', '/api/nonces'],
  ['OPTIONS', '/'],
  ['GET', '/socket.io/?EIO=4&transport=polling'],
  ['OPTIONS', '/socket.io/?EIO=4&transport=polling'],
])('K4 no header of %s %s opens it to other origins', async (method, path) => {
  const { origin } = await appForTest()
  for (const from of [origin, 'http://evil.example']) {
    const headers = { origin: from, 'access-control-request-method': 'POST' }
    const response = await fetch(origin + path, { method, headers })
    const cors = [...response.headers.keys()].filter((name) => name.startsWith('access-control'))
    expect(cors).toEqual([])
  }
})

/** What is served over HTTP besides the API: the built client, and nothing that was not there. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { appForTest } from '../support/server/app.ts'
import { found, post, RawClient, sayHello } from './raw-client.ts'

function builtClient(): string {
  const top = mkdtempSync(join(tmpdir(), 'hedgerow-pages-'))
  onTestFinished(() => rmSync(top, { recursive: true, force: true }))
  const client = join(top, 'client')
  mkdirSync(join(client, 'assets'), { recursive: true })
  writeFileSync(join(client, 'index.html'), '<!doctype html><title>Hedgerow</title>')
  writeFileSync(join(client, 'assets/index-abc123.js'), 'export {}')
  writeFileSync(join(client, 'assets/index-abc123.js.br'), 'compressed')
  writeFileSync(join(client, 'icon.svg'), '<svg/>')
  writeFileSync(join(client, '.secret'), 'secret')
  writeFileSync(join(top, 'outside.txt'), 'secret')
  return client
}

/** A path exactly as it is written: fetch would tidy it up. */
function getRaw(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => (answer += text))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`)
  })
}

test.each(['/', '/start', '/b/0123abcd/a', `/b/${'ab'.repeat(32)}/a/x`, '/invitation', '/b/x?y=1'])(
  'every address of a page gets the page, never from a cache: %s',
  async (path) => {
    const { origin } = await appForTest({ client: builtClient() })
    const response = await fetch(origin + path)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('<title>Hedgerow</title>')
    expect(response.headers.get('content-type')).toMatch(/^text\/html/)
    expect(response.headers.get('cache-control')).toBe('no-cache')
  },
)

test('what the build gave a hash is kept for good, anything else is asked for again', async () => {
  const { origin } = await appForTest({ client: builtClient() })
  const script = await fetch(`${origin}/assets/index-abc123.js`, {
    headers: { 'accept-encoding': 'identity' },
  })
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(script.headers.get('content-type')).toMatch(/^application\/javascript/)
  expect(await script.text()).toBe('export {}')
  for (const path of ['/icon.svg', '/index.html']) {
    expect((await fetch(origin + path)).headers.get('cache-control')).toBe('no-cache')
  }
})

test('a file that the build compressed is sent so', async () => {
  const { port } = await appForTest({ client: builtClient() })
  const answer = await getRaw(port, '/assets/index-abc123.js HTTP/1.1\r\nAccept-Encoding: br\r\nX:')
  expect(answer).toMatch(/content-encoding: br/i)
  expect(answer).toMatch(/content-type: application\/javascript/i)
})

const bad: string[] = [
  '/../outside.txt',
  '/..%2foutside.txt',
  '/%2e%2e/outside.txt',
  '/assets/../../outside.txt',
  '/assets/..%5c..%5coutside.txt',
  '/assets//../..//outside.txt',
  '/.secret',
  '/nothing.js',
  '/assets/',
  '/assets/index-ABC123.js',
  '/b/%00',
  '/b/%',
  '/b/%zz',
  '/b/..',
  '/b/../../etc/passwd',
  `/b/${'a'.repeat(10_000)}`,
  '/b/%C3%A9',
  '/b/<script>',
  '/b/a%20b',
]
test.each(bad.map((path) => [path.slice(0, 60), path]))(
  'an address that is none is 404, and no board is looked for: %s',
  async (_short, path) => {
    const store = createMemoryStore()
    const touched: string[] = []
    for (const name of ['history', 'sidecar', 'words', 'release'] as const) {
      store[name] = (() => touched.push(name)) as never
    }
    const { port } = await appForTest({ client: builtClient(), store })
    const answer = await getRaw(port, path)
    const [status] = answer.split('\r\n')
    // An assets folder without a dot looks like a page; there is no file behind it.
    if (path === '/assets/') expect(answer).toContain('<title>')
    else expect(status, path).toMatch(/^HTTP\/1\.1 404 /)
    expect(answer).not.toContain('secret')
    expect(touched).toEqual([])
  },
)

test('D an id that is none reaches no store: over HTTP or a socket', async () => {
  const store = createMemoryStore()
  const { origin } = await appForTest({ store })
  const maker = await found(origin, 1)
  const touched: string[] = []
  for (const name of ['history', 'sidecar', 'words'] as const) {
    store[name] = (() => touched.push(name)) as never
  }
  const ids = [
    '../x',
    '..%2fx',
    'A'.repeat(64),
    '\0'.repeat(64),
    'a'.repeat(10_000),
    'ab'.repeat(31),
  ]
  for (const id of ids) {
    expect(await post(origin, '/api/rings/open', { find: id })).toMatchObject({
      code: 'bad-request',
    })
    const open = { id, nonce: 'ab'.repeat(32), sig: 'ab'.repeat(64) }
    expect((await post(origin, '/api/invitations/open', open)).ok).toBe(false)
    const client = new RawClient(origin)
    const { nonce } = await client.fact('hello:asked')
    const answer = { board: id, sign: maker.seats.a.sign.public, sig: nonce }
    expect(await client.ask('hello:answer', answer)).toMatchObject({ code: 'bad-request' })
    client.socket.disconnect()
  }
  expect(touched).toEqual([])
})

test('before there is a build, a sentence says so, and the API works', async () => {
  const { origin } = await appForTest({ client: join(tmpdir(), 'hedgerow-no-such-folder') })
  const response = await fetch(origin)
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm run build')
  expect((await fetch(`${origin}/health`)).status).toBe(200)
  const maker = await found(origin, 2)
  expect((await sayHello(new RawClient(origin), origin, maker)).ok).toBe(true)
})

test('only scripts of the page itself run, and nothing forces https', async () => {
  const { origin, port } = await appForTest({ client: builtClient() })
  const { headers } = await fetch(origin)
  const policy = Object.fromEntries(
    headers
      .get('content-security-policy')!
      .split(';')
      .map((directive) => directive.trim().split(/ (.*)/)),
  ) as Record<string, string>
  expect(policy).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'font-src': "'self'",
    'img-src': "'self' data:",
    'connect-src': `'self' ws://127.0.0.1:${port} wss://127.0.0.1:${port}`,
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  })
  expect(policy).not.toHaveProperty('upgrade-insecure-requests')
  expect(headers.get('strict-transport-security')).toBeNull()
  expect(headers.get('cross-origin-opener-policy')).toBeNull()
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('server')).toBeNull()
  expect(headers.get('set-cookie')).toBeNull()
})

test('with a public https address, browsers are told to keep to it', async () => {
  const env = { PUBLIC_ORIGIN: 'https://board.example' }
  const { origin } = await appForTest({ client: builtClient(), env })
  const { headers } = await fetch(origin)
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/)
  expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
})

test('a host that is no host goes into no header', async () => {
  const { port } = await appForTest({ client: builtClient() })
  const answer = await getRaw(port, "/ HTTP/1.1\r\nHost: x; script-src 'unsafe-inline'\r\nX:")
  expect(answer).not.toContain("script-src 'unsafe-inline'")
})

test.each([
  ['text', 'text/plain', '{}', 400],
  ['a form', 'application/x-www-form-urlencoded', 'a=b', 400],
  ['no JSON', 'application/json', '{', 400],
  ['too much', 'application/json', JSON.stringify({ a: 'x'.repeat(70_000) }), 413],
  ['another shape', 'application/json', '{"a":1}', 400],
  ['a prototype', 'application/json', '{"__proto__":{"x":1}}', 400],
])('the API takes JSON of the right shape: %s is refused', async (_name, type, body, status) => {
  const { origin } = await appForTest()
  const answer = await post(origin, '/api/nonces', body, { 'content-type': type })
  expect(answer).toMatchObject({ status, ok: false })
})

test('the network’s addresses are told on this computer only', async () => {
  const { origin, port } = await appForTest()
  const told = (await (await fetch(`${origin}/api/addresses`)).json()) as { origins: string[] }
  for (const each of told.origins) expect(each).toMatch(new RegExp(`^http://[\\d.]+:${port}$`))
  // A name that leads here may be anyone's: the page behind it must learn nothing.
  const answer = await getRaw(port, '/api/addresses HTTP/1.1\r\nHost: evil.example\r\nX:')
  expect(answer).toContain('{"origins":[]}')
})

test('T30 no log holds a body, a query, a fragment or a whole id', async () => {
  const lines: string[] = []
  const { origin, port } = await appForTest({ log: (line) => void lines.push(line) })
  const maker = await found(origin, 3)
  await sayHello(new RawClient(origin), origin, maker)
  await fetch(`${origin}/b/${maker.board}/a?secret=canary`)
  await fetch(`${origin}/canary-canary-canary/x`)
  await post(origin, '/api/rings/open', { find: maker.seats.a.find })
  await post(origin, '/api/invitations/open', { id: 'canary' })
  await getRaw(port, '/b/canary%zz')
  const log = lines.join('')
  expect(lines.length).toBeGreaterThan(4)
  expect(log).toContain(maker.board.slice(0, 8))
  for (const secret of [maker.board, maker.seats.a.find, 'c0ffee', 'secret', 'canary-canary']) {
    expect(log).not.toContain(secret)
  }
})

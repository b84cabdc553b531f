/** The process as it is started: what it says, how it ends, and that nothing is lost when it does. */
import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../support/store/store-folder.ts'
import { found, pauseReading, seated, together } from './raw-client.ts'
import { WordsClient } from './words-client.ts'

const top = fileURLToPath(new URL('../..', import.meta.url))

interface Started {
  readonly child: ChildProcess
  readonly output: () => string
  /** The exit code. */
  readonly ended: Promise<number | null>
  /** The first address it prints. */
  readonly origin: Promise<string>
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: top,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', PORT: '0', ...env },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  const origin = new Promise<string>((resolve) => {
    const heard = (chunk: Buffer) => {
      output += chunk.toString()
      const address = /http:\/\/localhost:\d+/.exec(output)?.[0]
      if (address) resolve(address)
    }
    child.stdout.on('data', heard)
    child.stderr.on('data', heard)
  })
  return { child, output: () => output, ended, origin }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'P6 %s closes the sockets, writes everything and ends with 0',
  async (signal) => {
    const DATA_DIR = temporaryFolder()
    const first = start({ DATA_DIR })
    const origin = await first.origin
    const { maker, a } = await together(origin, 1)
    const words = await WordsClient.open(a)
    maker.say('a', { kind: 'name', name: 'Ada' })
    expect((await a.ask('record:append', { record: maker.records.at(-1)! })).ok).toBe(true)
    for (let i = 1; i <= 20; i++) void words.write(`${i}`, i).catch(() => undefined)
    expect((await words.write('last', 99)).ok).toBe(true)
    first.child.kill(signal)
    await a.until(() => a.socket.disconnected)
    expect(await first.ended).toBe(0)
    expect(readdirSync(DATA_DIR)).toEqual([maker.board])

    const second = start({ DATA_DIR })
    const again = await seated(await second.origin, maker)
    const read = await again.ask('record:since', { seq: 0 })
    expect(read.ok && read.value.records).toHaveLength(4)
    const texts = await (await WordsClient.open(again)).sync()
    expect(texts).toHaveLength(21)
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  },
)

test('P6 a client that has fallen silent does not hold up the end', async () => {
  const { origin, child, ended } = start({ DATA_DIR: temporaryFolder() })
  const maker = await found(await origin, 3)
  const client = await seated(await origin, maker)
  pauseReading(client)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('it says in plain words where it is open', async () => {
  const { origin, output, child, ended } = start({ DATA_DIR: temporaryFolder() })
  expect((await fetch(`${await origin}/health`)).status).toBe(200)
  expect(output()).toMatch(/On this computer: +http:\/\/localhost:\d+/)
  child.kill('SIGTERM')
  await ended
})

test('a port in use is one sentence, and no success', async () => {
  const server = createServer().listen(0)
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const { output, ended } = start({ DATA_DIR: temporaryFolder(), PORT: `${port}` })
  expect(await ended).toBe(1)
  expect(output()).toBe(
    `Port ${port} is in use by another program. Stop it, or choose another port: PORT=3001.\n`,
  )
})

test('a setting that cannot be is one sentence, and no success', async () => {
  const { output, ended } = start({ PORT: 'http' })
  expect(await ended).toBe(1)
  expect(output()).toBe('PORT must be a number from 0 to 65535.\n')
})

test('a data folder that another server uses is one sentence, and no success', async () => {
  const DATA_DIR = temporaryFolder()
  const first = start({ DATA_DIR })
  await found(await first.origin, 2)
  const { output, ended } = start({ DATA_DIR })
  expect(await ended).toBe(1)
  expect(output().trim().split('\n')).toHaveLength(1)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
})

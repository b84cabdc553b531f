/** Settings: their defaults, and a sentence for each that cannot be. */
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../server/config.ts'

test('without any setting, the defaults of the design hold', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: null,
    dataDir: './data',
    logLevel: 'info',
    publicOrigin: null,
    exitUrl: 'https://www.wikipedia.org/',
    limits: {
      records: 100_000,
      wordsBytes: 8 * 1024 * 1024,
      eventsPerSecond: 50,
      eventsBurst: 200,
      recordsPerSecond: 1,
      recordsBurst: 20,
      socketsPerSeat: 16,
      helloSeconds: 10,
      unanswered: 256,
      postsPerSecond: 2,
      postsBurst: 200,
    },
  })
})

test('what is set is read, and cannot be changed afterwards', () => {
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: '/var/hedgerow',
    LOG_LEVEL: 'error',
    PUBLIC_ORIGIN: 'https://Board.example/',
    LIMIT_RECORDS_BURST: '5',
  })
  expect(config).toMatchObject({
    port: 0,
    host: '127.0.0.1',
    dataDir: '/var/hedgerow',
    logLevel: 'error',
    publicOrigin: 'https://board.example',
  })
  expect(config.limits.recordsBurst).toBe(5)
  expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true)
})

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', ''],
  ['HOST', ' '],
  ['DATA_DIR', ''],
  ['LOG_LEVEL', 'loud'],
  ['PUBLIC_ORIGIN', 'board.example'],
  ['PUBLIC_ORIGIN', 'https://board.example/path'],
  ['PUBLIC_ORIGIN', 'ftp://board.example'],
  ['LIMIT_RECORDS', '0'],
  ['LIMIT_RECORDS', '1e3'],
  ['LIMIT_EVENTS_BURST', 'many'],
])('%s=%s is answered by a sentence that names it', (name, value) => {
  const read = () => readConfig({ [name]: value })
  expect(read).toThrow(ConfigError)
  expect(read).toThrow(new RegExp(`^${name} must .+\\.$`))
})

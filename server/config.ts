/**
 * Everything that can be set from outside, parsed once. The only file that
 * reads the environment.
 */
import * as v from 'valibot'
import { logLevels, type LogLevel } from './logger.ts'

export interface Limits {
  /** Records on one board; each seat may write half of them. */
  readonly records: number
  /** Bytes of sealed words on one board, for each seat. */
  readonly wordsBytes: number
  readonly eventsPerSecond: number
  readonly eventsBurst: number
  readonly recordsPerSecond: number
  readonly recordsBurst: number
  readonly socketsPerSeat: number
  readonly helloSeconds: number
  /** Connections of one address that have not said who they are. */
  readonly unanswered: number
  /** Requests of one address to the API. A wrong guess counts as ten. */
  readonly postsPerSecond: number
  readonly postsBurst: number
}

export interface Config {
  readonly port: number
  /** Null: every address of this computer, IPv6 and IPv4. */
  readonly host: string | null
  readonly dataDir: string
  readonly logLevel: LogLevel
  /** Where people open the board, if that is not the address this server sees (behind a proxy). */
  readonly publicOrigin: string | null
  /** The neutral page that *Quick exit* goes to. */
  readonly exitUrl: string
  readonly limits: Limits
}

export class ConfigError extends Error {}

type Env = Readonly<Record<string, string | undefined>>

const wholeNumber = (max: number, sentence: string, min = 1) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d{1,12}$/, sentence),
    v.transform(Number),
    v.minValue(min, sentence),
    v.maxValue(max, sentence),
  )

const setting = <T extends v.GenericSchema>(schema: T, fallback: v.InferInput<T>) =>
  v.optional(schema, fallback)

const limit = (name: string, fallback: number, max = 1_000_000_000) =>
  setting(
    wholeNumber(max, `LIMIT_${name} must be a whole number from 1 to ${max}.`),
    String(fallback),
  )

const filled = (sentence: string) => v.pipe(v.string(), v.trim(), v.nonEmpty(sentence))

const originSentence = 'PUBLIC_ORIGIN must be an address like https://board.example, with no path.'

const schema = v.object({
  PORT: setting(wholeNumber(65535, 'PORT must be a number from 0 to 65535.', 0), '3000'),
  HOST: v.optional(filled('HOST must not be empty.')),
  DATA_DIR: setting(filled('DATA_DIR must not be empty.'), './data'),
  LOG_LEVEL: setting(
    v.picklist(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`),
    'info',
  ),
  PUBLIC_ORIGIN: v.optional(
    v.pipe(
      v.string(),
      v.trim(),
      v.transform((text) => text.replace(/\/$/, '')),
      v.check(isOrigin, originSentence),
    ),
  ),
  EXIT_URL: setting(
    v.pipe(
      v.string(),
      v.trim(),
      v.check(isPage, 'EXIT_URL must be an address like https://www.wikipedia.org/.'),
    ),
    'https://www.wikipedia.org/',
  ),
  LIMIT_RECORDS: limit('RECORDS', 100_000),
  LIMIT_WORDS_BYTES: limit('WORDS_BYTES', 8 * 1024 * 1024),
  LIMIT_EVENTS_PER_SECOND: limit('EVENTS_PER_SECOND', 50),
  LIMIT_EVENTS_BURST: limit('EVENTS_BURST', 200),
  LIMIT_RECORDS_PER_SECOND: limit('RECORDS_PER_SECOND', 1),
  LIMIT_RECORDS_BURST: limit('RECORDS_BURST', 20),
  LIMIT_SOCKETS_PER_SEAT: limit('SOCKETS_PER_SEAT', 16),
  LIMIT_HELLO_SECONDS: limit('HELLO_SECONDS', 10, 3600),
  LIMIT_UNANSWERED: limit('UNANSWERED', 256),
  LIMIT_POSTS_PER_SECOND: limit('POSTS_PER_SECOND', 2),
  LIMIT_POSTS_BURST: limit('POSTS_BURST', 200),
})

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin } = new URL(text)
  return /^https?:$/.test(protocol) && origin === text.toLowerCase()
}

function isPage(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** Throws ConfigError with a sentence for whoever starts the server. */
export function readConfig(env: Env): Config {
  const parsed = v.safeParse(schema, env, { abortPipeEarly: true })
  if (!parsed.success) throw new ConfigError(parsed.issues[0].message)
  const set = parsed.output
  return Object.freeze({
    port: set.PORT,
    host: set.HOST ?? null,
    dataDir: set.DATA_DIR,
    logLevel: set.LOG_LEVEL,
    publicOrigin: set.PUBLIC_ORIGIN?.toLowerCase() ?? null,
    exitUrl: set.EXIT_URL,
    limits: Object.freeze({
      records: set.LIMIT_RECORDS,
      wordsBytes: set.LIMIT_WORDS_BYTES,
      eventsPerSecond: set.LIMIT_EVENTS_PER_SECOND,
      eventsBurst: set.LIMIT_EVENTS_BURST,
      recordsPerSecond: set.LIMIT_RECORDS_PER_SECOND,
      recordsBurst: set.LIMIT_RECORDS_BURST,
      socketsPerSeat: set.LIMIT_SOCKETS_PER_SEAT,
      helloSeconds: set.LIMIT_HELLO_SECONDS,
      unanswered: set.LIMIT_UNANSWERED,
      postsPerSecond: set.LIMIT_POSTS_PER_SECOND,
      postsBurst: set.LIMIT_POSTS_BURST,
    }),
  })
}

/** `defaults` stand where the environment says nothing. */
export const configOfProcess = (defaults: Env = {}): Config =>
  readConfig({ ...defaults, ...process.env })

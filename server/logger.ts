/**
 * One JSON object a line. What is logged holds no secrets, no words, no bodies
 * and no whole addresses; keeping it so is up to whoever logs.
 */
const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof levels)[number]
export const logLevels: readonly LogLevel[] = levels

export type Fields = Readonly<Record<string, string | number | boolean | null>>

export interface Logger {
  debug(message: string, fields?: Fields): void
  info(message: string, fields?: Fields): void
  warn(message: string, fields?: Fields): void
  /** `cause` is the fault itself: its stack goes into the log. */
  error(message: string, cause?: unknown, fields?: Fields): void
}

export interface LoggerOptions {
  readonly level: LogLevel
  readonly now: () => number
  readonly write: (line: string) => void
}

export function createLogger({ level, now, write }: LoggerOptions): Logger {
  const log = (at: LogLevel, message: string, fields: Fields = {}) => {
    if (levels.indexOf(at) < levels.indexOf(level)) return
    const time = new Date(now()).toISOString()
    write(`${JSON.stringify({ time, level: at, message, ...fields })}\n`)
  }
  return {
    debug: (message, fields) => log('debug', message, fields),
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, cause, fields) =>
      log('error', message, { ...fields, ...(cause !== undefined && { cause: tell(cause) }) }),
  }
}

const tell = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)

/** Enough of an id to find it again in a log, not enough to open anything with. */
export const shortened = (id: string): string => (id.length > 8 ? `${id.slice(0, 8)}…` : id)

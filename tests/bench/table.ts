/** Rows of what is measured of ours alone: figures, how they spread, and the target beside them; and units. */
import { median, quantile } from './stats.ts'

export interface Row {
  readonly what: string
  /** The median where there are several samples. */
  readonly figure?: string
  readonly p95?: string
  readonly p99?: string
  readonly samples?: number
  readonly target?: string
  readonly met?: boolean
}

export interface Unit {
  readonly name: string
  readonly digits: number
}

export const MS: Unit = { name: ' ms', digits: 1 }
export const MICROSECONDS: Unit = { name: ' µs', digits: 0 }
export const TIMES: Unit = { name: ' ×', digits: 2 }
export const PERCENT: Unit = { name: ' %', digits: 0 }
export const KILOBYTES: Unit = { name: ' KB', digits: 1 }
export const PER_SECOND: Unit = { name: ' /s', digits: 0 }
export const COUPLES: Unit = { name: '', digits: 0 }

/** The 99th percentile of fewer than these is one sample, and says nothing. */
const ENOUGH_FOR_P99 = 100

/** A row of many samples; `atMost` is a target for their median. */
export function spread(
  what: string,
  samples: readonly number[],
  { unit = MS, atMost }: { unit?: Unit; atMost?: number } = {},
): Row {
  const middle = median(samples)
  return {
    what,
    figure: inUnit(middle, unit),
    p95: inUnit(quantile(samples, 0.95), unit),
    ...(samples.length >= ENOUGH_FOR_P99 && { p99: inUnit(quantile(samples, 0.99), unit) }),
    samples: samples.length,
    ...(atMost !== undefined && { target: `≤ ${atMost}${unit.name}`, met: middle <= atMost }),
  }
}

/** A row of one number of bytes; KB are thousands. */
export function size(what: string, bytes: number, { atMost }: { atMost?: number } = {}): Row {
  return {
    what,
    figure: inKilobytes(bytes),
    ...(atMost !== undefined && { target: `≤ ${atMost / 1000} KB`, met: bytes <= atMost }),
  }
}

export const inUnit = (value: number, { name, digits }: Unit): string =>
  `${value.toFixed(digits)}${name}`

const inKilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`

export const HEAD = ['', 'figure or median', 'p95', 'p99', 'samples', 'target', '']

export const cellsOf = (row: Row): string[] => [
  row.what,
  row.figure ?? '',
  row.p95 ?? '',
  row.p99 ?? '',
  row.samples === undefined ? '' : String(row.samples),
  row.target ?? '',
  row.met === undefined ? '' : row.met ? 'met' : 'NOT MET',
]

/**
 * What must be reached, as ratios of figures of one run: each round's own figure over the other's
 * of the same round, so that what slows the machine for a while slows both.
 */
import { inUnit, TIMES } from './table.ts'
import { median } from './stats.ts'
import type { Measured } from './rounds.ts'
import type { Figures } from './workloads/workload.ts'

interface Must {
  readonly what: string
  readonly beside: string
  readonly workload: string
  readonly aim: number
  readonly must: number
  /** Of one round, by the server's name; NaN where something is missing. */
  readonly ratio: (of: (peer: string) => Figures) => number
}

const least = (...figures: (number | undefined)[]) =>
  Math.min(...figures.filter((figure) => figure !== undefined))

export const musts: readonly Must[] = [
  {
    what: 'processor time per keystroke, sealed, written and acknowledged',
    ...{ beside: 'Hocuspocus with files', workload: 'typing', aim: 0.5, must: 0.8 },
    ratio: (of) => of('hedgerow').cpu! / of('hocuspocus').cpu!,
  },
  {
    what: 'latency to the partner, p99',
    ...{ beside: 'the best of the others', workload: 'typing', aim: 0.8, must: 1.2 },
    ratio: (of) =>
      of('hedgerow').p99! / least(of('hocuspocus').p99, of('y-websocket').p99, of('y-leveldb').p99),
  },
  {
    what: 'memory per open board',
    ...{ beside: 'Hocuspocus', workload: 'boards', aim: 0.1, must: 0.2 },
    ratio: (of) => of('hedgerow').rss! / of('hocuspocus').rss!,
  },
  {
    what: 'heap after all have left',
    ...{ beside: 'itself before', workload: 'boards', aim: 1.1, must: 1.1 },
    ratio: (of) => of('hedgerow').left!,
  },
  {
    what: 'bytes to open a board',
    ...{ beside: 'the plain Yjs document', workload: 'opening', aim: 1.2, must: 1.3 },
    ratio: (of) => of('hedgerow').received! / of('hedgerow').plain!,
  },
  {
    what: 'time to open a board',
    ...{ beside: 'Hocuspocus', workload: 'opening', aim: 1, must: 1.5 },
    ratio: (of) => of('hedgerow').ms! / of('hocuspocus').ms!,
  },
]

/** One row for each must whose workload was measured: cells of a table. */
export function mustRows(results: ReadonlyMap<string, Measured>): string[][] {
  return musts.flatMap(({ what, beside, workload, aim, must, ratio }) => {
    const measured = results.get(workload)
    if (!measured) return []
    const rounds = Math.max(...[...measured.values()].map(({ length }) => length))
    const ratios = Array.from({ length: rounds }, (_, round) =>
      ratio((peer) => measured.get(peer)?.[round] ?? {}),
    ).filter((each) => Number.isFinite(each))
    return [[what, beside, ...judged(ratios, aim, must)]]
  })
}

function judged(ratios: readonly number[], aim: number, must: number): string[] {
  const targets = [`${aim}`, `${must}`]
  if (ratios.length === 0) return ['not measured', '', ...targets, '']
  const middle = median(ratios)
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
  const verdict = middle <= aim ? 'aim met' : middle <= must ? 'met' : 'NOT MET'
  return [inUnit(middle, TIMES), spread, ...targets, verdict]
}

export const MUST_HEAD = ['', 'beside', 'ratio', 'rounds', 'aim', 'must', '']

/** Opening a sealed board that holds the whole two-author trace, against decoding the plain document. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import * as Y from 'yjs'
import { quantile } from '../stats.ts'
import { inUnit, MS, size, spread, TIMES, type Row } from '../table.ts'
import { makeTraceDocs, openSealed, textIn } from './trace-docs.ts'

const WARM_UP = 15
const ROUNDS = 80
const LOOSE_WARM_UP = 1
const LOOSE_ROUNDS = 5
const TARGET_RATIO = 2.5

export async function measureTrace(signal: AbortSignal): Promise<Row[]> {
  // Between turns, so that the time limit is noticed.
  const breathe = async () => {
    await nextTurn()
    signal.throwIfAborted()
  }
  const docs = await makeTraceDocs(breathe)

  const decode = async () => {
    const doc = new Y.Doc()
    const start = performance.now()
    Y.applyUpdate(doc, docs.plain)
    const took = performance.now() - start
    if (textIn(doc) !== docs.text) throw new Error('the plain document reads otherwise')
    doc.destroy()
    return took
  }
  const open = async (state: Uint8Array) => {
    const start = performance.now()
    const opened = await openSealed(state)
    const took = performance.now() - start
    if (textIn(opened.sealed.inner) !== docs.text) throw new Error('the board reads otherwise')
    opened.close()
    return took
  }

  const plain: number[] = []
  const sealed: number[] = []
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    await breathe()
    const plainFirst = round % 2 === 0
    const before = plainFirst ? await decode() : null
    const opened = await open(docs.squashed)
    const decoded = before ?? (await decode())
    if (round < 0) continue
    plain.push(decoded)
    sealed.push(opened)
  }

  const loose: number[] = []
  for (let round = -LOOSE_WARM_UP; round < LOOSE_ROUNDS; round++) {
    await breathe()
    const took = await open(docs.loose)
    if (round >= 0) loose.push(took)
  }

  const ratios = sealed.map((took, round) => took / (plain[round] ?? NaN))
  const count = docs.looseCount.toLocaleString('en')
  return [
    spread('squashed, against plain, round by round', ratios, {
      unit: TIMES,
      atMost: TARGET_RATIO,
    }),
    { what: '  half of the rounds between', figure: middleHalf(ratios) },
    spread('squashed', sealed),
    spread('plain', plain),
    spread(`not squashed, ${count} envelopes`, loose),
    { what: 'one squash of those', figure: inUnit(docs.squashMs, MS), samples: 1 },
    size('size squashed', docs.squashed.length),
    size('size plain', docs.plain.length),
    size('size not squashed', docs.loose.length),
  ]
}

const middleHalf = (samples: readonly number[]): string =>
  `${quantile(samples, 0.25).toFixed(2)}–${inUnit(quantile(samples, 0.75), TIMES)}`

/** A whole year of two people, looked back on at the end of each month. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ledger } from '../../client/history/ledger.ts'
import type { Entry, Standing } from '../../shared/agreement.ts'
import { boardKeys } from '../../shared/keys.ts'
import { checkEverything, type Checked } from '../../shared/everything.ts'
import { spansOf, type Span } from '../../shared/spans.ts'
import { everythingTold } from '../support/server/demo.ts'
import { holdsAsync } from '../support/property.ts'
import { tellYear, yearOf } from '../support/history/year.ts'
import type { Told } from '../../server/demo/tell.ts'

/** Another seed is no simpler. */
const seed = fc.noShrink(fc.nat())

interface MonthEnd {
  /** How many records there were. */
  readonly count: number
  /** What the ledger held then, kept as it was. */
  readonly standing: Standing
  /** A copy of that, made then. */
  readonly copy: Standing
}

/** Here, as the calendar of the year is. */
const monthOf = (entry: Entry | undefined): number | null =>
  entry ? new Date(entry.at * 1000).getMonth() : null

/** Reads the year once, as a client does, and keeps the standing of each month's end. */
function readOnce({ board, boardKey, records, entries }: Told): MonthEnd[] {
  const ledger = new Ledger(board, boardKeys(boardKey).acts)
  const ends: MonthEnd[] = []
  for (const [seq, record] of records.entries()) {
    expect(ledger.receive(record)).toBe('added')
    const [month, next] = [monthOf(entries[seq]), monthOf(entries[seq + 1])]
    if (month !== next)
      ends.push({
        count: seq + 1,
        standing: ledger.standing,
        copy: structuredClone(ledger.standing),
      })
  }
  expect(ledger.unreadable).toBe(0)
  return ends
}

/** From the export of the first `count` records alone. */
function rebuilt(told: Told, count: number): Checked {
  const file = everythingTold({ ...told, records: told.records.slice(0, count) })
  const outcome = checkEverything(JSON.parse(JSON.stringify(file)))
  if (!outcome.ok) throw new Error(`record ${outcome.broken.seq}: ${outcome.broken.law}`)
  return outcome.checked
}

const inForceIn = ({ boundaries }: Standing) =>
  [...boundaries].flatMap(([id, { inForce }]) => (inForce ? [[id, inForce] as const] : []))
const openIn = (spans: readonly Span[]) =>
  spans.flatMap(({ boundary, version, end }) => (end ? [] : [[boundary, version] as const]))

describe('a year', () => {
  it('A8, R10 the standing of each month is the same, kept then or rebuilt from the records till then', async () => {
    await holdsAsync(
      fc.asyncProperty(seed, async (seed) => {
        const told = await tellYear(seed)
        const ends = readOnce(told)
        expect(ends).toHaveLength(12)
        for (const { count, standing, copy } of ends) {
          expect(standing).toEqual(copy) // nothing that came later touched it
          const { standing: again, chain } = rebuilt(told, count)
          expect(chain.seq).toBe(count - 1)
          expect(again).toEqual(copy)
        }
      }),
      1,
    )
  })

  it('A3 what spans say is in force is what the standing says, and each span ends where the next begins', async () => {
    await holdsAsync(
      fc.asyncProperty(seed, async (seed) => {
        const told = await tellYear(seed)
        for (const { count, standing } of readOnce(told)) {
          const spans = spansOf(told.entries.slice(0, count))
          expect(new Map(openIn(spans))).toEqual(new Map(inForceIn(standing)))
        }
        const ended = spansOf(told.entries).filter(({ end }) => end?.how === 'changed')
        for (const { boundary, end } of ended) {
          const next = spansOf(told.entries).find(
            (span) => span.boundary === boundary && span.version.seq === end?.seq,
          )
          expect(next).toBeDefined()
        }
      }),
      1,
    )
  })

  it('is believable: every kind of act and every way to end, and the same from the same seed', async () => {
    const kinds = new Set<string>()
    const ways = new Set<string>()
    for (const seed of [1, 2, 3]) {
      expect(yearOf(seed)).toEqual(yearOf(seed))
      const { entries } = await tellYear(seed)
      for (const { act } of entries) kinds.add(act?.kind ?? 'none')
      for (const { end } of spansOf(entries)) ways.add(end?.how ?? 'in force')
    }
    expect([...kinds].sort()).toEqual([
      'heard',
      'later',
      'look-again',
      'membership',
      'name',
      'no',
      'step-back',
      'take-back',
      'yes',
    ])
    expect([...ways].sort()).toEqual(['changed', 'in force', 'let-go', 'stepped-back'])
    expect(yearOf(1)).not.toEqual(yearOf(2))
  })
})

/** Entries by month, newest first, in blocks small enough to be drawn at once. */
import { monthOf } from '../../words/days.ts'
import type { Entry } from './entries.ts'

export interface Month {
  readonly month: string
  readonly blocks: readonly Block[]
}

export interface Block {
  /** The number of its oldest record: a block stays the same when something new is said. */
  readonly key: number
  readonly entries: readonly Entry[]
}

export const BLOCK = 25

/** `entries` oldest first. */
export function monthsOf(entries: readonly Entry[]): Month[] {
  const months: { month: string; entries: Entry[] }[] = []
  for (const entry of entries) {
    const month = monthOf(entry.at * 1000)
    const last = months.at(-1)
    if (last?.month === month) last.entries.push(entry)
    else months.push({ month, entries: [entry] })
  }
  return months.reverse().map((each) => ({ month: each.month, blocks: blocksOf(each.entries) }))
}

/** `entries` oldest first, blocks and what is in them newest first. */
export function blocksOf(entries: readonly Entry[]): Block[] {
  const blocks: Block[] = []
  for (let from = 0; from < entries.length; from += BLOCK) {
    const some = entries.slice(from, from + BLOCK)
    blocks.push({ key: some[0]?.seq ?? 0, entries: some.reverse() })
  }
  return blocks.reverse()
}

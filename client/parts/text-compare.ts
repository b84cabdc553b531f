/**
 * Before and after: which words of a text are new, which are gone. Exact, down
 * to a comma, a line end or a letter that only looks the same; but calm: runs
 * closer than three words become one, and above 60 % changed it is said plainly
 * that these are mostly new words.
 */
import { diffWordsWithSpace } from 'diff'

/** A stretch of the text. `removed` is what stood there before, `added` what stands there now. */
export type Run = { readonly same: string } | { readonly removed: string; readonly added: string }

export type Comparison =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly runs: readonly Run[] }
  | { readonly kind: 'mostly-new' }

const CLOSE_WORDS = 3
const MOSTLY = 0.6

const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0

export const isChange = (run: Run): run is Extract<Run, { added: string }> => 'added' in run

export function compareTexts(before: string, after: string): Comparison {
  if (before === after) return { kind: 'same' }
  const runs = joinClose(pairUp(before, after)).flatMap(freeSpace)
  const changed = runs.filter(isChange)
  const words = sum(changed.map(({ removed, added }) => countWords(removed) + countWords(added)))
  const all = countWords(before) + countWords(after)
  return words > MOSTLY * all ? { kind: 'mostly-new' } : { kind: 'changed', runs }
}

function pairUp(before: string, after: string): Run[] {
  const runs: Run[] = []
  for (const { value, added, removed } of diffWordsWithSpace(before, after)) {
    if (!added && !removed) runs.push({ same: value })
    else push(runs, { removed: removed ? value : '', added: added ? value : '' })
  }
  return runs
}

/** Adds a change, joined with the one just before it. */
function push(runs: Run[], change: { removed: string; added: string }): void {
  const last = runs.at(-1)
  if (last && isChange(last)) {
    runs[runs.length - 1] = {
      removed: last.removed + change.removed,
      added: last.added + change.added,
    }
  } else runs.push(change)
}

/** Takes fewer than three unchanged words between two changes into the change. */
function joinClose(runs: readonly Run[]): Run[] {
  const joined: Run[] = []
  runs.forEach((run, i) => {
    if (isChange(run)) return push(joined, run)
    const between = i > 0 && i < runs.length - 1
    if (between && countWords(run.same) < CLOSE_WORDS)
      push(joined, { removed: run.same, added: run.same })
    else joined.push(run)
  })
  return joined
}

/** A space at the end of both sides has not changed. */
function freeSpace(run: Run): Run[] {
  if (!isChange(run)) return [run]
  const [, removed = '', tail = ''] = /^([^]*?)(\s*)$/.exec(run.removed) ?? []
  return removed !== '' && tail !== '' && run.added.endsWith(tail)
    ? [{ removed, added: run.added.slice(0, -tail.length) }, { same: tail }]
    : [run]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

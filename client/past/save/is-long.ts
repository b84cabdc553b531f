/**
 * Whether texts surely take more than a page of paper. Nothing breaks inside a
 * boundary; but what fits on no page may as well begin where it is, and not
 * leave the rest of the page before it empty.
 */
import type { Texts } from '../../../shared/wording.ts'

/** At 12 pt between the margins of A4, which holds the most. */
const LETTERS_A_LINE = 90
const LINES_A_PAGE = 39

export function isLong(...all: readonly Texts[]): boolean {
  const lines = all
    .flatMap(({ words, ifItSlips }) => [...words.split('\n'), ...ifItSlips.split('\n')])
    .map((line) => Math.max(1, Math.ceil(line.length / LETTERS_A_LINE)))
  return lines.reduce((sum, count) => sum + count, 0) > LINES_A_PAGE
}

import { expect, test } from 'vitest'
import { addMonths } from '../../client/reading/add-months.ts'

test.each([
  ['2026-11-28', 3, '2027-02-28'],
  ['2026-12-01', 1, '2027-01-01'],
  ['2027-01-31', 1, '2027-02-28'],
  ['2028-01-31', 1, '2028-02-29'],
  ['2026-11-30', 3, '2027-02-28'],
])('from %s, in %i months: %s', (day, months, later) => {
  expect(addMonths(day, months)).toBe(later)
})

import { expect, test } from 'vitest'
import { standingOf } from '../../shared/agreement.ts'
import type { Texts } from '../../shared/wording.ts'
import { answersSaid } from '../../client/boundary/answers-said.ts'
import { openBoundaryOf } from '../../client/reading/status.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  no,
  PHONES,
  standingAfter,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

/** As Ana reads it, Ben being the other. */
function said({ texts, aside = false }: { texts: Texts; aside?: boolean }, ...told: Telling[]) {
  const of = { id: PHONES, by: 'a', created: BEGIN, kind: 'ours', category: null } as const
  const live = { partnerHere: false, partnerWriting: false, wantsNoDate: false }
  const beside = { today: '2026-09-22', refusals: [], intention: () => null }
  const standing = standingOf(standingAfter(...told), PHONES)
  const table = { ...texts, ...of, aside, kept: null }
  return answersSaid(openBoundaryOf(PHONES, standing, table, 'a', live, beside), 'Ben')
}

test('after a no, what can be done is what is there to be done', () => {
  const refused: Telling[] = [
    ['a', yes(HALL)],
    ['b', no(HALL)],
  ]
  const last = (...all: Parameters<typeof said>) => said(...all).at(-1)
  expect(said({ texts: HALL }, ...refused)).toEqual([
    'Ben said no to these words.',
    'You can change the words, talk, or set it aside.',
  ])
  expect(last({ texts: HALL, aside: true }, ...refused)).toBe(
    'You can change the words, talk, or pick it up again.',
  )
  const agreed: Telling[] = [
    ['a', yes(KITCHEN)],
    ['b', yes(KITCHEN)],
  ]
  expect(last({ texts: HALL }, ...agreed, ...refused)).toBe(
    'You can change the words, talk, or keep them as they are.',
  )
})

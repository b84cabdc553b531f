/** Lines of a history, told in order: who said what, a minute apart. No signatures: for what is drawn from lines. */
import type { Act, UnknownAct } from '../../../shared/act.ts'
import { apply, emptyStanding, type Standing } from '../../../shared/agreement.ts'
import type { Seat } from '../../../shared/ids.ts'
import type { Open } from '../../../shared/record.ts'
import { wordingHash, type Wording } from '../../../shared/wording.ts'
import type { Line } from '../../../client/history/ledger.ts'

export const BEGIN = 1_790_000_000
export const PHONES = '00'.repeat(16)
export const MONEY = '11'.repeat(16)

export const wording = (words: string, name = 'Phones at night'): Wording => ({
  ...{ kind: 'ours', name, words, ifItSlips: '', until: null },
})
export const HALL = wording('From ten our phones stay in the hall.')
export const KITCHEN = wording('From ten our phones stay on the kitchen table.')

type Said = Act | UnknownAct | null

export const yes = (to: Wording | null, boundary = PHONES): Act => ({
  ...{ kind: 'yes', boundary, wording: to },
})
export const no = (to: Wording | null, boundary = PHONES): Extract<Act, { kind: 'no' }> => ({
  ...{ kind: 'no', boundary, words: wordingHash(boundary, to) },
})
export const stepBack = (from: Wording, boundary = PHONES): Act => ({
  ...{ kind: 'step-back', boundary, words: wordingHash(boundary, from) },
})
export const takeBack = (boundary = PHONES): Act => ({ kind: 'take-back', boundary })
export const later = (boundary = PHONES): Act => ({
  ...{ kind: 'later', boundary, until: '2026-12-01' },
})

/** `[seat, act]` or, for what is in the clear, `[seat, act, open]`. */
export type Telling = readonly [Seat, Said, Open?]

export const tell = (...told: readonly Telling[]): Line[] =>
  told.map(([seat, act, open], seq) => {
    const at = BEGIN + 60 * seq
    return { seq, seat, act, at, open: open ?? null, received: at * 1000 }
  })

export const standingAfter = (...told: readonly Telling[]): Standing =>
  tell(...told).reduce(apply, emptyStanding)

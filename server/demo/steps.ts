/**
 * What a story of two people is made of: lines of day · who · step. A step calls
 * a boundary by a short name of the story's own; whose words it is about follows
 * from what happened before, as on the board.
 */
import type { Category } from '../../shared/categories.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Texts } from '../../shared/wording.ts'

/** Days count from 1. */
export type Line = readonly [day: number, who: Seat, step: Step]
export type Story = readonly Line[]

export type Step =
  | { readonly does: 'found' | 'join'; readonly name: string }
  | { readonly does: 'invite' }
  | ({ readonly does: 'draft' } & Written)
  | ({ readonly does: 'share'; readonly about: string } & Written)
  | { readonly does: 'rewrite'; readonly about: string; readonly texts: Partial<Texts> }
  | { readonly does: 'yes' | 'let-go'; readonly about: string; readonly why?: string }
  | { readonly does: 'no'; readonly about: string; readonly note?: string }
  | {
      readonly does: 'later'
      readonly about: string
      readonly until: number
      readonly note?: string
    }
  | { readonly does: 'take-back' | 'step-back' | 'heard' | 'set-aside'; readonly about: string }
  | { readonly does: 'look-again'; readonly about: string; readonly on: number }
  | { readonly does: 'note' | 'say-back'; readonly about: string; readonly text: string }
  /** To what the other said back last. */
  | { readonly does: 'answer'; readonly about: string; readonly right: boolean }

interface Written extends Texts {
  readonly category: Category
  /** One's own limit. */
  readonly mine: boolean
}

export const found = (name: string): Step => ({ does: 'found', name })
export const invite = (): Step => ({ does: 'invite' })
export const join = (name: string): Step => ({ does: 'join', name })

type Words = readonly [category: Category, name: string, words: string, ifItSlips?: string]

const written = ([category, name, words, ifItSlips = '']: Words) =>
  ({ category, name, words, ifItSlips }) as const

export const draft = (...texts: Words): Step => ({
  ...{ does: 'draft', mine: false },
  ...written(texts),
})
export const share = (about: string, ...texts: Words): Step => ({
  ...{ does: 'share', about, mine: false },
  ...written(texts),
})
/** One's own limit. */
export const shareMine = (about: string, ...texts: Words): Step => ({
  ...{ does: 'share', about, mine: true },
  ...written(texts),
})
/** Changes the words on the table. */
export const rewrite = (about: string, texts: Partial<Texts>): Step => ({
  ...{ does: 'rewrite', about, texts },
})

/** To the words on the table. */
export const yes = (about: string, why?: string): Step => ({
  ...{ does: 'yes', about },
  ...(why && { why }),
})
/** Yes to ending it. */
export const letGo = (about: string, why?: string): Step => ({
  ...{ does: 'let-go', about },
  ...(why && { why }),
})
/** To the other's open yes, else to the words on the table. */
export const no = (about: string, note?: string): Step => ({
  ...{ does: 'no', about },
  ...(note && { note }),
})
/** Not yet, until that day. */
export const later = (about: string, until: number, note?: string): Step => ({
  ...{ does: 'later', about, until },
  ...(note && { note }),
})
export const takeBack = (about: string): Step => ({ does: 'take-back', about })
export const stepBack = (about: string): Step => ({ does: 'step-back', about })
export const heard = (about: string): Step => ({ does: 'heard', about })
export const putAside = (about: string): Step => ({ does: 'set-aside', about })
export const lookAgain = (about: string, on: number): Step => ({ does: 'look-again', about, on })

export const note = (about: string, text: string): Step => ({ does: 'note', about, text })
export const sayBack = (about: string, text: string): Step => ({ does: 'say-back', about, text })
export const thatsIt = (about: string): Step => ({ does: 'answer', about, right: true })
export const notQuite = (about: string): Step => ({ does: 'answer', about, right: false })

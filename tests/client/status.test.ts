import { describe, expect, it, test } from 'vitest'
import { standingOf } from '../../shared/agreement.ts'
import type { TableBoundary } from '../../shared/board-doc.ts'
import type { Seat } from '../../shared/ids.ts'
import { wordingHash, type Texts } from '../../shared/wording.ts'
import type { Status } from '../../client/board/board-view.ts'
import type { Intention, Unsaid } from '../../client/history/intentions.ts'
import { cardOf, openBoundaryOf, statusOf } from '../../client/reading/status.ts'
import {
  BEGIN,
  HALL,
  KITCHEN,
  PHONES,
  later,
  no,
  standingAfter,
  stepBack,
  takeBack,
  wording,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const alone = { partnerHere: false, partnerWriting: false, wantsNoDate: false }
const BESIDE = { today: '2026-09-22', refusals: [], intention: () => null }
const table = (texts: Texts): TableBoundary => ({
  ...texts,
  ...{
    id: PHONES,
    by: 'a',
    created: BEGIN,
    kind: 'ours',
    category: null,
    aside: false,
    kept: null,
  },
})

/** The boundary as that seat has it open, with those words on the table. */
const seen = (seat: Seat, texts: Texts | null, ...told: Telling[]) => {
  const standing = standingOf(standingAfter(...told), PHONES)
  return openBoundaryOf(PHONES, standing, texts && table(texts), seat, alone, BESIDE)
}
const both = (...told: Telling[]) => {
  const standing = standingOf(standingAfter(...told), PHONES)
  const now = { today: BESIDE.today, words: wordingHash(PHONES, HALL), aside: false }
  return [statusOf(standing, 'a', now), statusOf(standing, 'b', now)]
}

const agreed: Telling[] = [
  ['a', yes(HALL)],
  ['b', yes(HALL)],
]

describe('A3–A5: the status, from seat a and from seat b', () => {
  const stories: [string, Telling[], Status, Status][] = [
    ['nothing was said', [], 'being-worded', 'being-worded'],
    ['a said yes', [['a', yes(HALL)]], 'waiting', 'being-worded'],
    ['b said yes', [['b', yes(HALL)]], 'being-worded', 'waiting'],
    [
      'each said yes to other words',
      [
        ['a', yes(HALL)],
        ['b', yes(KITCHEN)],
      ],
      'waiting',
      'waiting',
    ],
    [
      'a took the yes back',
      [
        ['a', yes(HALL)],
        ['a', takeBack()],
      ],
      'being-worded',
      'being-worded',
    ],
    [
      'b said no to it',
      [
        ['a', yes(HALL)],
        ['b', no(HALL)],
      ],
      'no-for-now',
      'no-for-now',
    ],
    [
      'b said later',
      [
        ['a', yes(HALL)],
        ['b', later()],
      ],
      { kind: 'needs-until', until: '2026-12-01', mine: false },
      { kind: 'needs-until', until: '2026-12-01', mine: true },
    ],
    ['both said yes', agreed, 'agreed', 'agreed'],
    [
      'then b suggested a change',
      [...agreed, ['b', yes(KITCHEN)]],
      'change-suggested',
      'change-suggested',
    ],
    ['and took it back', [...agreed, ['b', yes(KITCHEN)], ['b', takeBack()]], 'agreed', 'agreed'],
    [
      'and a agreed to the change',
      [...agreed, ['b', yes(KITCHEN)], ['a', yes(KITCHEN)]],
      'agreed',
      'agreed',
    ],
    [
      'one wants to let it go',
      [...agreed, ['a', yes(null)]],
      'ending-suggested',
      'ending-suggested',
    ],
    ['both let it go', [...agreed, ['a', yes(null)], ['b', yes(null)]], 'let-go', 'let-go'],
    [
      'a stepped back',
      [...agreed, ['a', stepBack(HALL)]],
      'not-agreed-any-more',
      'not-agreed-any-more',
    ],
    [
      'and b says yes again',
      [...agreed, ['a', stepBack(HALL)], ['b', yes(HALL)]],
      'not-agreed-any-more',
      'waiting',
    ],
    [
      'and a does too',
      [...agreed, ['a', stepBack(HALL)], ['b', yes(HALL)], ['a', yes(HALL)]],
      'agreed',
      'agreed',
    ],
    [
      'R10: a said yes, then something unreadable',
      [
        ['a', yes(HALL)],
        ['a', null],
      ],
      'being-worded',
      'being-worded',
    ],
  ]
  test.each(stories)('%s', (_, told, a, b) => {
    expect(both(...told)).toEqual([a, b])
  })
})

describe('A7: answers beside the words on the table', () => {
  it('a yes to these words, and after an edit to earlier words; it stays what it was to', () => {
    const told: Telling = ['b', yes(HALL)]
    expect(seen('a', HALL, told)).toMatchObject({ partnerYes: 'these-words', myYes: 'none' })
    expect(seen('a', KITCHEN, told)).toMatchObject({
      partnerYes: 'earlier-words',
      partnerYesTo: HALL,
      myYesTo: null,
    })
    expect(seen('b', KITCHEN, told)).toMatchObject({ myYes: 'earlier-words', myYesTo: HALL })
    expect(seen('b', HALL, told)).toMatchObject({ myYes: 'these-words', partnerYes: 'none' })
  })

  it('spaces that cleaning takes away make no other words', () => {
    const spaced = { ...HALL, words: `  ${HALL.words.replace(' ', '\u00a0 ')} \n` }
    expect(seen('a', spaced, ['b', yes(HALL)])).toMatchObject({ partnerYes: 'these-words' })
    expect(seen('a', spaced, ...agreed)).toMatchObject({ newWords: false })
  })

  it('only a yes is shown as one', () => {
    for (const act of [later(), no(HALL)]) {
      expect(seen('a', HALL, ['b', act])).toMatchObject({ partnerYes: 'none', partnerYesTo: null })
    }
  })

  it('every field counts: name, words, if it slips', () => {
    for (const field of ['name', 'words', 'ifItSlips'] as const) {
      const edited = { ...HALL, [field]: `${HALL[field]} And more.` }
      expect(seen('a', edited, ['b', yes(HALL)]).partnerYes).toBe('earlier-words')
      expect(seen('a', edited, ...agreed).newWords).toBe(true)
    }
  })

  it('words that cannot be agreed to are nobody’s yes, and say why', () => {
    const empty = { ...HALL, words: ' ' }
    expect(seen('a', empty, ...agreed, ['b', yes(KITCHEN)])).toMatchObject({
      ...{ problem: 'empty', newWords: true, partnerYes: 'earlier-words' },
    })
    expect(seen('a', HALL, ...agreed).problem).toBeNull()
  })
})

describe('A4: what is in force, beside a change', () => {
  it('stays with its words and its day while the table and a suggestion say otherwise', () => {
    const open = seen('a', KITCHEN, ...agreed, ['b', yes(KITCHEN)])
    expect(open.inForce).toMatchObject({ wording: HALL, at: BEGIN + 60 })
    expect(open).toMatchObject({ newWords: true, partnerYes: 'these-words', steppedBackAt: null })
  })

  it('after stepping back there is nothing new, and the moment it ended', () => {
    const open = seen('a', HALL, ...agreed, ['b', stepBack(HALL)])
    expect(open).toMatchObject({ inForce: null, newWords: false, steppedBackAt: BEGIN + 120 })
    expect(seen('a', HALL, ...agreed, ['a', yes(null)], ['b', yes(null)]).steppedBackAt).toBeNull()
  })
})

describe('A2: a board whose document is gone reads from its history', () => {
  it('what is in force, what was, what is proposed, in that order', () => {
    expect(seen('a', null, ...agreed, ['b', yes(KITCHEN)]).table.words).toBe(HALL.words)
    expect(seen('a', null, ...agreed, ['a', stepBack(HALL)]).table.words).toBe(HALL.words)
    expect(seen('a', null, ['b', yes(KITCHEN)]).table.words).toBe(KITCHEN.words)
    expect(seen('a', null).table).toEqual({ name: '', words: '', ifItSlips: '' })
    expect(seen('a', null, ['b', yes(KITCHEN)])).toMatchObject({ partnerYes: 'these-words' })
  })
})

describe('the card', () => {
  const card = (seat: Seat, texts: Texts, ...told: Telling[]) =>
    cardOf(PHONES, standingOf(standingAfter(...told), PHONES), table(texts), seat, BESIDE)

  it('shows the words in force, else those on the table', () => {
    expect(card('a', KITCHEN, ...agreed)).toMatchObject({ words: HALL.words, status: 'agreed' })
    expect(card('a', { ...KITCHEN, name: ' Phones ' })).toEqual({
      ...{ id: PHONES, name: 'Phones', words: KITCHEN.words },
      ...{ status: 'being-worded', category: null, theirs: false },
      ...{ partnerYes: 'none', forYou: null },
    })
    expect(card('b', KITCHEN).theirs).toBe(true)
  })

  it('R7: says first what waits to be recorded, or was not', () => {
    const said = (unsaid: Unsaid | null) => {
      const intention: Intention = {
        ...{ act: { kind: 'take-back', boundary: PHONES }, from: 0, sent: false, unsaid },
      }
      const standing = standingOf(standingAfter(['b', yes(HALL)]), PHONES)
      const beside = { ...BESIDE, intention: () => intention }
      const { status, forYou } = cardOf(PHONES, standing, table(HALL), 'a', beside)
      return [status, forYou]
    }
    expect(said(null)).toEqual(['not-recorded-yet', null])
    expect(said('look-again')).toEqual(['being-worded', 'unsaid'])
  })

  it('says that the partner says yes to these words, to nobody else and to no others', () => {
    expect(card('a', HALL, ['b', yes(HALL)]).partnerYes).toBe('these-words')
    expect(card('b', HALL, ['b', yes(HALL)]).partnerYes).toBe('none')
    expect(card('a', wording('Other words.'), ['b', yes(HALL)]).partnerYes).toBe('earlier-words')
  })

  it('does not say that a yes to new words is to those in force, which it shows', () => {
    const changing = card('a', KITCHEN, ...agreed, ['b', yes(KITCHEN)])
    expect(changing).toMatchObject({ words: HALL.words, forYou: 'answer', partnerYes: 'none' })
  })
})

import { describe, expect, it } from 'vitest'
import { chronicleOf } from '../../../client/reading/chronicle.ts'
import { countsOf } from '../../../client/past/list/counts.ts'
import { entriesOf } from '../../../client/past/list/entries.ts'
import { findEntries } from '../../../client/past/list/find-entries.ts'
import { isShown, ONLY } from '../../../client/past/list/only.ts'
import { backWords } from '../../../client/words/en-past.ts'
import type { Act } from '../../../shared/act.ts'
import type { Wording } from '../../../shared/wording.ts'
import {
  HALL,
  KITCHEN,
  later,
  MONEY,
  no,
  stepBack,
  takeBack,
  tell,
  wording,
  yes,
  type Telling,
} from '../../support/history/tell-lines.ts'

const DRAWER = wording('From ten our phones lie in the drawer.')
const because = (to: Wording | null, why: string): Act => ({ ...yes(to), why }) as Act
const told = (...telling: Telling[]) => {
  const lines = tell(...telling)
  return entriesOf(chronicleOf(lines), lines)
}
const brief = (...telling: Telling[]) =>
  told(...telling).map(({ what, onTheWay }) =>
    [what, ...onTheWay.map(({ after }) => after?.words)].join(' · '),
  )
const agreed: Telling[] = [
  ['a', yes(HALL)],
  ['b', yes(HALL)],
]

describe('the history as it is read', () => {
  it('a suggestion and the yes to it are one entry', () => {
    expect(brief(...agreed)).toEqual(['agreed'])
  })

  it('so are edits and counter-suggestions between two answers, whose words are kept with it', () => {
    expect(
      brief(
        ...agreed,
        ['a', yes(KITCHEN)],
        ['b', yes(DRAWER)],
        ['a', yes(KITCHEN)],
        ['b', yes(KITCHEN)],
      ),
    ).toEqual(['agreed', `changed · ${DRAWER.words}`])
  })

  it('and while nobody has answered, the suggestion made last', () => {
    expect(brief(['a', yes(HALL)], ['a', yes(KITCHEN)])).toEqual([`suggested · ${HALL.words}`])
  })

  it.each([
    ['said-no', no(HALL)],
    ['needs-time', later()],
  ] as const)('what was answered (%s) stands for itself', (what, act) => {
    expect(brief(['a', yes(HALL)], ['b', act], ['a', yes(KITCHEN)], ['b', yes(KITCHEN)])).toEqual([
      ...['suggested', what, 'agreed'],
    ])
  })

  it('and so does what was taken back', () => {
    expect(brief(['a', yes(HALL)], ['a', takeBack()], ['a', yes(KITCHEN)])).toEqual([
      ...['suggested', 'took-back', 'suggested'],
    ])
  })

  it('letting go says who suggested it', () => {
    const entries = told(...agreed, ['b', yes(null)], ['a', yes(null)])
    expect(entries.map(({ what }) => what)).toEqual(['agreed', 'let-go'])
    expect(entries[1]?.suggested?.by).toBe('b')
  })

  it('boundaries do not mix', () => {
    expect(brief(['a', yes(HALL)], ['a', yes(KITCHEN, MONEY)], ['b', yes(HALL)])).toEqual([
      ...['suggested', 'agreed'],
    ])
  })

  it('every reason that was given is there, once, in the order in which it was', () => {
    const [first] = told(
      ['a', because(HALL, 'So we sleep.')],
      ['b', because(KITCHEN, 'The hall is too far.')],
      ['a', because(KITCHEN, 'Fine with me.')],
    )
    expect(first?.reasons).toEqual([
      { who: 'a', text: 'So we sleep.' },
      { who: 'b', text: 'The hall is too far.' },
      { who: 'a', text: 'Fine with me.' },
    ])
    const entries = told(
      ['a', because(HALL, 'So we sleep.')],
      ['b', { ...later(), note: 'After the exam.' } as Act],
      ['b', yes(HALL)],
    )
    expect(entries.map(({ reasons }) => reasons)).toEqual([
      [{ who: 'a', text: 'So we sleep.' }],
      [{ who: 'b', text: 'After the exam.' }],
      [{ who: 'a', text: 'So we sleep.' }],
    ])
    const ended = told(
      ...agreed,
      ['a', because(null, 'We sleep.')],
      ['b', because(null, 'We do.')],
    ).at(-1)
    expect(ended?.reasons.map(({ text }) => text)).toEqual(['We sleep.', 'We do.'])
  })

  it('what cannot be read, and what a later version said, stay where they are', () => {
    expect(brief(['a', yes(HALL)], ['b', { kind: 'unknown' }], ['a', null])).toEqual([
      ...['suggested', 'unknown', 'unreadable'],
    ])
  })
})

describe('filters', () => {
  const entries = told(
    ...agreed,
    ['a', yes(KITCHEN)],
    ['b', yes(KITCHEN)],
    ['a', stepBack(KITCHEN)],
    ['b', yes({ ...HALL, kind: 'b' }, MONEY)],
    ['b', yes(null, MONEY)],
  )
  it.each([
    ['all', ['agreed', 'changed', 'stepped-back', 'limit', 'limit-ended']],
    ['agreed', ['agreed', 'limit']],
    ['changed', ['changed']],
    ['ended', ['stepped-back', 'limit-ended']],
  ] as const)('%s', (only, whats) => {
    expect(entries.filter((entry) => isShown(entry, only)).map(({ what }) => what)).toEqual(whats)
  })

  it('none is about one person', () => {
    expect(ONLY).toHaveLength(4)
  })

  it('searching goes through names, words and reasons', () => {
    expect(findEntries(entries, 'kitchen TABLE')).toHaveLength(2)
    expect(findEntries(entries, ' ')).toHaveLength(entries.length)
    expect(findEntries(told(['a', because(HALL, 'Schlaf, natürlich')]), 'naturlich')).toHaveLength(
      1,
    )
    expect(findEntries(entries, 'garden')).toEqual([])
  })
})

describe('the sentence at the top', () => {
  const none = { agreed: 0, limits: 0, changed: 0, letGo: 0, steppedBack: 0 }
  const says = (counts: Partial<typeof none>) => backWords.since('3 March', { ...none, ...counts })

  it('says what there is, and nothing of what there is not', () => {
    expect(says({})).toBe('Nothing was agreed yet.')
    expect(says({ agreed: 9, changed: 4, letGo: 2 })).toBe(
      'Since 3 March: 9 agreed, 4 changed, 2 let go.',
    )
    expect(says({ agreed: 1, limits: 1, steppedBack: 1 })).toBe(
      'Since 3 March: 1 agreed, 1 limit set, 1 stepped back from.',
    )
    expect(says({ limits: 2 })).toBe('Since 3 March: 2 limits set.')
  })

  it('is counted from what took effect, whoever did it', () => {
    const lines = tell(
      ...agreed,
      ['b', no(KITCHEN)],
      ['a', yes(KITCHEN)],
      ['b', yes(KITCHEN)],
      ['b', yes({ ...HALL, kind: 'b' }, MONEY)],
      ['a', stepBack(KITCHEN)],
    )
    expect(countsOf(chronicleOf(lines))).toEqual({
      ...{ agreed: 1, changed: 1, limits: 1, letGo: 0, steppedBack: 1 },
    })
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareTexts, isChange, type Comparison } from '../../client/parts/text-compare.ts'

const runsOf = (comparison: Comparison) => (comparison.kind === 'changed' ? comparison.runs : [])
const changesOf = (comparison: Comparison) => runsOf(comparison).filter(isChange)

const phones = 'From ten at night our phones stay in the hall until we are both up.'

describe('before and after', () => {
  test('the same text has no change', () => {
    expect(compareTexts(phones, phones)).toEqual({ kind: 'same' })
  })

  test('marks the words that are new and those that are gone', () => {
    const after = phones.replace('in the hall', 'on the kitchen table')
    expect(changesOf(compareTexts(phones, after))).toEqual([
      { removed: 'in the hall', added: 'on the kitchen table' },
    ])
  })

  test('one comma counts', () => {
    const after = phones.replace('night', 'night,')
    expect(changesOf(compareTexts(phones, after))).toHaveLength(1)
  })

  test('a line end counts', () => {
    const after = phones.replace(' until', '\nuntil')
    expect(changesOf(compareTexts(phones, after))).toEqual([{ removed: ' ', added: '\n' }])
  })

  test('a letter that only looks the same counts', () => {
    const after = phones.replace('phones', 'ph\u043enes')
    expect(changesOf(compareTexts(phones, after))).toEqual([
      { removed: 'phones', added: 'ph\u043enes' },
    ])
  })

  test('changes closer than three words are one', () => {
    const near = phones.replace('ten', 'nine').replace('night', 'noon')
    expect(changesOf(compareTexts(phones, near))).toEqual([
      { removed: 'ten at night', added: 'nine at noon' },
    ])
    const far = phones.replace('ten', 'nine').replace('hall', 'attic')
    expect(changesOf(compareTexts(phones, far))).toHaveLength(2)
  })

  test('above 60 % changed it is mostly new', () => {
    expect(compareTexts('one two three four five', 'one two six seven eight').kind).toBe('changed')
    expect(compareTexts('one two three four five', 'one six seven eight nine').kind).toBe(
      'mostly-new',
    )
    expect(compareTexts('', 'Something').kind).toBe('mostly-new')
  })

  test('the runs give back both texts, to the letter', () => {
    const text = fc
      .array(
        fc.constantFrom('we', 'agree', 'to', 'this', ',', '.', ' ', '\n', 'о', 'o', '🙂', "don't"),
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, text, (before, after) => {
        const comparison = compareTexts(before, after)
        if (comparison.kind !== 'changed') return
        const side = (key: 'removed' | 'added') =>
          comparison.runs.map((run) => ('same' in run ? run.same : run[key])).join('')
        expect(side('removed')).toBe(before)
        expect(side('added')).toBe(after)
      }),
    )
  })
})

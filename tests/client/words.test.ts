import { describe, expect, test } from 'vitest'
import type { HistoryItem } from '../../client/reading/history-item.ts'
import { historyLine } from '../../client/parts/history-line.ts'
import { answerWords } from '../../client/words/en-answers.ts'
import { compareWords } from '../../client/words/en-compare.ts'
import { past } from '../../client/words/en-history.ts'
import { backWords, momentWords, sinceThenWords } from '../../client/words/en-past.ts'
import { persons } from '../../client/words/en-people.ts'
import { sinceWords, toldWords } from '../../client/words/en-since.ts'
import { dayOf, monthOf } from '../../client/words/days.ts'
import { statusWords, troubleSentence, troubleWords, words } from '../../client/words/en.ts'
import { problemWords, refusalWords } from '../../client/words/en-refusals.ts'

const noon = (day: string) => new Date(`${day}T12:00:00`).getTime()

describe('days', () => {
  test('are a day and a month, with the year only where it is another', () => {
    expect(dayOf(noon('2026-03-14'), new Date('2026-05-01'))).toBe('14 March')
    expect(dayOf(noon('2025-03-14'), new Date('2026-05-01'))).toBe('14 March 2025')
  })

  test('months carry their year', () => {
    expect(monthOf(noon('2026-03-14'))).toBe('March 2026')
  })
})

describe('statuses', () => {
  test('name the partner once they joined', () => {
    expect(statusWords('waiting', 'Ben')).toBe('Waiting for Ben')
    expect(statusWords('waiting', null)).toBe('Waiting for your partner')
  })
})

describe('refusals', () => {
  test('an expired link says since when, where that is known', () => {
    expect(refusalWords('invitation-expired', '12 March')).toBe(
      'This link stopped working on 12 March. Ask for a new one.',
    )
    expect(refusalWords('invitation-expired')).toBe('This link stopped working. Ask for a new one.')
  })
})

describe('trouble', () => {
  test('a history that does not match says since when, where that is known', () => {
    expect(troubleSentence('history-broken', '3 March')).toBe(
      "This board's history does not match what this device saw on 3 March. Nothing new can be agreed until you two compare.",
    )
    expect(troubleSentence('history-broken', null)).toBe(troubleWords['history-broken'])
    expect(troubleSentence('unreachable', '3 March')).toBe(troubleWords.unreachable)
  })
})

describe('the history', () => {
  const bare: HistoryItem = {
    seq: 7,
    at: noon('2026-05-04') / 1000,
    who: 'b',
    boundary: 'ab'.repeat(16),
    name: 'Phones at night',
    what: 'suggested',
    suggested: null,
    before: null,
    after: null,
    note: null,
    day: null,
  }
  const line = (item: Partial<HistoryItem>) => {
    const { name, rest } = historyLine({ ...bare, ...item }, { seat: 'a', partner: 'Ben' })
    return name ? `${name} ${rest}` : rest
  }

  test('reads as sentences, from where one sits', () => {
    expect(line({})).toBe('Phones at night suggested by Ben.')
    expect(line({ who: 'a' })).toBe('Phones at night suggested by you.')
    expect(line({ what: 'took-back' })).toBe('Phones at night · Ben took back their yes.')
    expect(line({ what: 'took-back', who: 'a' })).toBe('Phones at night · you took back your yes.')
    expect(line({ what: 'joined', boundary: null })).toBe('Ben joined.')
    expect(line({ what: 'started-board', boundary: null, who: 'a' })).toBe(
      'You started this board.',
    )
  })

  test('a change says who suggested it, and when both agreed', () => {
    const suggested = { by: 'a' as const, at: noon('2026-05-02') / 1000 }
    const [on, both] = [noon('2026-05-02'), noon('2026-05-04')].map((ms) => dayOf(ms))
    expect(line({ what: 'changed', suggested })).toBe(
      `Phones at night changed · suggested by you on ${on}, both agreed ${both}.`,
    )
  })

  test('of someone who has no name yet speaks of your partner', () => {
    expect(historyLine({ ...bare, what: 'renamed' }, { seat: 'a', partner: null }).rest).toBe(
      'Your partner changed their name.',
    )
  })
})

describe('looking back', () => {
  const whats = ['agreed', 'changed', 'let-go', 'stepped-back'] as const

  test('a moment has a name, and tells nobody’s part in it', () => {
    expect(whats.map((what) => momentWords(what, false))).toEqual([
      ...['agreed', 'changed', 'let go', 'not agreed any more'],
    ])
    expect(momentWords('let-go', true)).toBe('ended')
  })

  test('what is different now is a sentence', () => {
    expect(whats.map((what) => sinceThenWords(what, false, '4 May'))).toEqual([
      ...['was agreed on 4 May.', 'has other words since 4 May.'],
      ...['was let go on 4 May.', 'is not agreed any more, since 4 May.'],
    ])
  })
})

describe('the voice', () => {
  const sentences = collect([
    ...[
      words,
      answerWords,
      backWords,
      compareWords,
      past,
      persons,
      problemWords,
      sinceWords,
      toldWords,
      troubleWords,
    ],
  ])

  test.each(['!', 'please', 'sorry', '’', 'binding', 'proof', 'violation', 'overdue', 'missed'])(
    'never says %j',
    (bad) => {
      expect(sentences.filter((text) => text.toLowerCase().includes(bad))).toEqual([])
    },
  )

  test('was looked at in full', () => {
    expect(sentences.length).toBeGreaterThan(100)
  })
})

/** Every sentence of the catalogue; functions are called with a name for each argument. */
function collect(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function')
    return [String((value as (...names: string[]) => string)('Ben', 'Ana', 'May'))]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : []
}

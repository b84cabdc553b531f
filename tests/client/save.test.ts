import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chronicleOf } from '../../client/reading/chronicle.ts'
import { Ledger } from '../../client/history/ledger.ts'
import { calendarOf } from '../../client/past/save/calendar.ts'
import { Past } from '../../client/past/past.ts'
import { inForceNow } from '../../client/past/save/print-agreed.ts'
import { byMonth, changesOf } from '../../client/past/save/print-changes.ts'
import type { Beside } from '../../client/past/save/save-beside.ts'
import { inline, quoted } from '../../client/past/save/save-escape.ts'
import { fileName } from '../../client/past/save/save-file.ts'
import { markdownOf } from '../../client/past/save/save-markdown.ts'
import { reportOn } from '../../server/verify.ts'
import type { Act } from '../../shared/act.ts'
import { checkEverything } from '../../shared/everything.ts'
import { spansOf } from '../../shared/spans.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { holds } from '../support/property.ts'
import {
  HALL,
  KITCHEN,
  later,
  MONEY,
  no,
  PHONES,
  stepBack,
  takeBack,
  tell,
  wording,
  yes,
  type Telling,
} from '../support/history/tell-lines.ts'

const TALKS = wording('Anything over 200, we talk first.', 'Money')
const LIMIT = { ...wording('I leave the room.', 'Shouting'), kind: 'a' as const }
const SHOUTING = '22'.repeat(16)
const because = (act: Act, why: string): Act => ({ ...act, why }) as Act

/** Agreed and changed; money refused, waited for, agreed and stepped back from; a limit of Ana's. */
const STORY: Telling[] = [
  ['a', { kind: 'name', name: 'Ana' }],
  ['b', { kind: 'name', name: 'Ben' }],
  ['a', yes(HALL)],
  ['b', yes(HALL)],
  ['b', because(yes(KITCHEN), 'I am on call.')],
  ['a', yes(KITCHEN)],
  ['a', yes(TALKS, MONEY)],
  ['b', later(MONEY)],
  ['b', no(TALKS, MONEY)],
  ['a', yes(TALKS, MONEY)],
  ['a', takeBack(MONEY)],
  ['a', yes(TALKS, MONEY)],
  ['b', yes(TALKS, MONEY)],
  ['b', stepBack(TALKS, MONEY)],
  ['a', yes(LIMIT, SHOUTING)],
]
const lines = tell(...STORY)
const spans = spansOf(lines)
const history = chronicleOf(lines)

describe("what we've agreed, on paper", () => {
  it('is what is in force, by what it is about; a limit stands under its owner', () => {
    const { ours, limits } = inForceNow(spans, (id) => (id === PHONES ? 'privacy' : null))
    expect(ours).toEqual([
      {
        category: 'privacy',
        agreed: [{ boundary: PHONES, wording: KITCHEN, version: 2, since: '2026-09-21' }],
      },
    ])
    expect(limits.map(({ seat, agreed }) => [seat, agreed.map((each) => each.wording)])).toEqual([
      ['a', [LIMIT]],
    ])
  })

  it('is nothing where nothing is in force', () => {
    expect(inForceNow([], () => null)).toEqual({ ours: [], limits: [] })
  })
})

describe('how it changed, on paper', () => {
  const changes = changesOf(history)

  it('is what came into force, changed and ended, with the words before and after', () => {
    expect(changes.map(({ what, name, owner }) => [what, name, owner])).toEqual([
      ['agreed', 'Phones at night', null],
      ['changed', 'Phones at night', null],
      ['agreed', 'Money', null],
      ['stepped-back', 'Money', null],
      ['limit', 'Shouting', 'a'],
    ])
    expect(changes[1]).toMatchObject({ before: HALL, after: KITCHEN, note: 'I am on call.' })
  })

  it('holds nobody’s no, not-yet, take-back or name, and not who stepped back', () => {
    const text = JSON.stringify(changes)
    for (const said of ['said-no', 'needs-time', 'took-back', 'suggested', 'Ana', 'Ben', '"who"']) {
      expect(text).not.toContain(said)
    }
  })

  it('is told by month', () => {
    const days = ['2026-03-30', '2026-04-01', '2026-04-09'].map((day) => ({ day }))
    expect(byMonth(days).map(({ month, items }) => [month, items.length])).toEqual([
      ['2026-03-01', 1],
      ['2026-04-01', 2],
    ])
  })
})

describe('what people wrote, in Markdown', () => {
  it.each([
    ['# not a heading', '> \\# not a heading'],
    [
      '- no list\n+ nor this\n3. nor 3) that',
      '> \\- no list  \n> \\+ nor this  \n> 3\\. nor 3) that',
    ],
    ['===\n---', '> \\===  \n> \\---'],
    ['<b onclick=x> & &amp; &#60;', '> \\<b onclick=x\\> & \\&amp; &\\#60;'],
    ['[a](http://x) ![b](c)', '> \\[a\\](http\\://x) !\\[b\\](c)'],
    ['*a* _b_ `c` ~~d~~ $e$ |', '> \\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~ \\$e\\$ \\|'],
    ['a\\', '> a\\\\'],
    ['    code', '> code'],
    ['one\n\ntwo', '> one\n>\n> two'],
    ['www.here.org', '> www\\.here.org'],
    ['turn\u202eed', '> turn ed'],
    ["It's 10 o'clock - at home (or not).", "> It's 10 o'clock - at home (or not)."],
  ])('%j', (text, expected) => {
    expect(quoted(text)).toBe(expected)
  })

  it('on one line stays on one', () => {
    expect(inline('Phones\n# at night ')).toBe('Phones \\# at night')
  })

  it('any text: every line of a quotation begins as one, and no bare markup is left', () => {
    holds(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'\n -+=:#>*_`[]<&|~\\$!.)19aé\t\u2028') }),
        (text) => {
          for (const line of quoted(text).split('\n')) {
            expect(line).toMatch(/^>(?: |$)/)
            expect(line.slice(2)).toMatch(/^(?:\\.|[^\\`*_[\]<>#|~$])*$/)
            expect(line.slice(2)).not.toMatch(/^(?:[-+=:\s]|\d+[.)])\S*/)
          }
        },
      ),
      500,
    )
  })
})

const beside: Beside = {
  ...{ saved: '2026-09-22', by: 'a', names: { a: 'Ana', b: 'Ben *B*' } },
  boundaries: [
    {
      ...{ id: PHONES, kind: 'ours', category: 'privacy', inForce: true },
      ...{ name: KITCHEN.name, words: KITCHEN.words, ifItSlips: '', aside: false, lookAgain: null },
    },
    {
      ...{ id: MONEY, kind: 'ours', category: null, inForce: false, aside: true, lookAgain: null },
      ...{ name: 'Money', words: 'New words\n# on the table', ifItSlips: '' },
    },
  ],
  notes: [{ boundary: PHONES, kind: 'note', day: '2026-09-21', text: 'Mind the *cat*.' }],
  drafts: [
    {
      kind: 'ours',
      category: null,
      name: 'A draft',
      words: 'Mine',
      ifItSlips: 'x',
      day: '2026-09-20',
    },
  ],
}

describe('everything as Markdown', () => {
  const text = markdownOf({ spans, history, beside })

  it('has headings of its own only', () => {
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Hedgerow',
      "## What we've agreed",
      '### Privacy and phones',
      '#### Phones at night',
      "## Ana's own limit",
      '#### Shouting',
      '## On the table',
      '#### Money',
      '## History',
      '### September 2026',
      '## Notes of Ana',
      '## Private drafts of Ana',
      '#### A draft',
    ])
  })

  it('calls both by their names, and says days', () => {
    expect(text).toContain('Ana and Ben \\*B\\* · 22 September 2026')
    expect(text).toContain('suggested by Ben \\*B\\* on')
    expect(text).not.toMatch(/\byou\b|\d:\d\d/i)
  })

  it('reads as it was written', () => {
    expect(text).toContain(
      '#### Phones at night\n\n> From ten our phones stay on the kitchen table.\n\nVersion 2 · 21 September 2026\n',
    )
    expect(text).toContain('> New words  \n> \\# on the table')
    expect(text).toContain('beside **Phones at night**:\n\n> Mind the \\*cat\\*.')
  })
})

describe('everything as JSON', () => {
  function saved() {
    const maker = new HistoryMaker().together()
    for (const [seat, act] of STORY.slice(2)) maker.say(seat, act as Act)
    const ledger = new Ledger(maker.board, maker.keys.acts)
    for (const record of maker.records) ledger.receive({ ...record, received: 1_790_000_900_000 })
    const past = new Past({ board: maker.board, actsKey: maker.keys.acts, history: ledger })
    return JSON.stringify(past.everything(beside), null, 2)
  }

  it('passes the check of such files, with what lies beside untouched', async () => {
    const file: unknown = JSON.parse(saved())
    const outcome = checkEverything(file)
    if (!outcome.ok) throw new Error(outcome.broken.law)
    expect(spansOf(outcome.checked.entries).map(({ boundary }) => boundary)).toEqual([
      ...[PHONES, PHONES, MONEY, SHOUTING],
    ])
    expect(file).toMatchObject({ beside })
    expect((await reportOn(saved())).ok).toBe(true)
  })

  it('cut short or edited it does not', async () => {
    expect((await reportOn(saved().slice(0, -40))).ok).toBe(false)
    expect((await reportOn(saved().replace('kitchen table', 'kitchen chair'))).ok).toBe(false)
  })
})

describe('days to look again, for a calendar (RFC 5545)', () => {
  const options = { board: 'ab'.repeat(32), today: '2026-05-12', title: 'Look at something again' }
  const file = calendarOf(['2026-06-11', '2026-08-12'], options)

  it('are all-day events with a neutral title, and no more', () => {
    const [uid] = /^UID:.*$/m.exec(file) ?? []
    expect(file.split('\r\n').slice(0, 11)).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Hedgerow//Hedgerow//EN', 'BEGIN:VEVENT'],
      ...[uid, 'DTSTAMP:20260512T000000Z', 'DTSTART;VALUE=DATE:20260611'],
      ...['SUMMARY:Look at something again', 'CLASS:PRIVATE', 'TRANSP:TRANSPARENT', 'END:VEVENT'],
    ])
    expect(uid).toMatch(/^UID:[0-9a-f]{32}$/)
    expect(file.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true)
    expect(file).not.toMatch(/[^\r]\n|VALARM/)
  })

  it('are the same events when saved again, and others on another board', () => {
    const uids = (board: string, today: string) =>
      calendarOf(['2026-06-11', '2026-08-12'], { ...options, board, today }).match(/^UID:.*$/gm)
    expect(uids(options.board, '2026-05-13')).toEqual(uids(options.board, '2026-05-12'))
    expect(new Set(uids(options.board, '2026-05-12')).size).toBe(2)
    expect(uids('cd'.repeat(32), '2026-05-12')).not.toEqual(uids(options.board, '2026-05-12'))
    expect(file).not.toContain(options.board.slice(0, 16))
  })

  it('3.1: no line is longer than 75 octets, and unfolded it is the title again', () => {
    const title = 'Nochmal ansehen: „Ähnliches“, und so weiter; \\ '.repeat(4)
    const folded = calendarOf(['2026-06-11'], { ...options, title })
    for (const line of folded.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
    }
    const [, summary = ''] = /^SUMMARY:(.*)$/m.exec(folded.replaceAll('\r\n ', '')) ?? []
    expect(summary.replace(/\\(.)/g, '$1').trim()).toBe(title.trim())
  })
})

it('files have neutral names', () => {
  expect(fileName('json', '2026-05-12')).toBe('hedgerow-2026-05-12.json')
})

/** *Everything* as Markdown, to be read: also as plain text, in any editor. */
import { otherSeat, type Seat } from '../../../shared/ids.ts'
import type { Span } from '../../../shared/spans.ts'
import type { Texts } from '../../../shared/wording.ts'
import type { HistoryItem } from '../../reading/history-item.ts'
import { dayAt } from '../../reading/day.ts'
import { historyLine } from '../../parts/history-line.ts'
import { monthOf } from '../../words/days.ts'
import { words } from '../../words/en.ts'
import { categoryWords, noCategory } from '../../words/en-categories.ts'
import { fileWords, paperWords, wholeDay } from '../../words/en-save.ts'
import { inForceNow, type Agreed } from './print-agreed.ts'
import { byMonth } from './print-changes.ts'
import type { Beside } from './save-beside.ts'
import { inline, quoted } from './save-escape.ts'

export interface Told {
  readonly spans: readonly Span[]
  /** Oldest first. */
  readonly history: readonly HistoryItem[]
  readonly beside: Beside
}

export function markdownOf({ spans, history, beside }: Told): string {
  const { names, by, saved } = beside
  const present = [names.a, names.b].filter((name) => name !== null).map(inline)
  const owner = nameOf(beside, by)
  const blocks = [
    `# ${fileWords.title}`,
    `${present.join(fileWords.and)} · ${wholeDay(saved)}`,
    fileWords.about(owner),
    ...agreedBlocks(spans, beside),
    ...titled(
      fileWords.worded,
      beside.boundaries.filter(({ inForce }) => !inForce).flatMap(onTable),
    ),
    ...titled(fileWords.history, historyBlocks(history, beside)),
    ...titled(fileWords.notes(owner), noteBlocks(beside)),
    ...titled(fileWords.drafts(owner), beside.drafts.flatMap(draftBlocks)),
  ]
  return `${blocks.join('\n\n')}\n`
}

const titled = (title: string, blocks: readonly string[]): string[] =>
  blocks.length > 0 ? [`## ${title}`, ...blocks] : []

const nameOf = ({ names }: Beside, seat: Seat): string => inline(names[seat] ?? paperWords.someone)

function agreedBlocks(spans: readonly Span[], beside: Beside): string[] {
  const about = new Map(beside.boundaries.map(({ id, category }) => [id, category]))
  const { ours, limits } = inForceNow(spans, (id) => about.get(id) ?? null)
  const { title, lead, none, ownLimit } = paperWords.agreed
  return [
    `## ${title}`,
    ours.length > 0 ? lead : none,
    ...ours.flatMap(({ category, agreed }) => [
      `### ${category ? categoryWords[category] : noCategory}`,
      ...agreed.flatMap(agreedOne),
    ]),
    ...limits.flatMap(({ seat, agreed }) => [
      `## ${ownLimit(nameOf(beside, seat))}`,
      ...agreed.flatMap(agreedOne),
    ]),
  ]
}

const agreedOne = ({ wording, version, since }: Agreed): string[] => [
  ...textBlocks(wording),
  paperWords.agreed.version(version, wholeDay(since)),
]

const onTable = (boundary: Beside['boundaries'][number]): string[] => [
  ...textBlocks(boundary),
  ...(boundary.aside ? [fileWords.aside] : []),
]

const draftBlocks = (draft: Beside['drafts'][number]): string[] => [
  ...textBlocks(draft),
  wholeDay(draft.day),
]

const textBlocks = ({ name, words: text, ifItSlips }: Texts): string[] => [
  `#### ${inline(name) || words.list.nameless}`,
  ...(text.trim() ? [quoted(text)] : []),
  ...(ifItSlips.trim() ? [`${paperWords.ifItSlips}:`, quoted(ifItSlips)] : []),
]

function historyBlocks(history: readonly HistoryItem[], beside: Beside): string[] {
  const items = history.map((item) => ({ item, day: dayAt(item.at * 1000) }))
  return byMonth(items).flatMap(({ month, items }) => [
    `### ${monthOf(Date.parse(`${month}T12:00:00`))}`,
    items.map(({ item, day }) => historyEntry(item, day, beside)).join('\n'),
  ])
}

function historyEntry(item: HistoryItem, day: string, { names }: Beside): string {
  // Told to neither of them, the sentence has names alone.
  const teller = item.suggested?.by ?? item.who
  const { name, rest } = historyLine(item, { seat: otherSeat(teller), partner: names[teller] })
  const sentence = `${name ? `**${inline(name)}** ` : ''}${inline(rest)}`
  const lines = [`- ${wholeDay(day)}: ${sentence}`]
  const part = (title: string | null, text: string) => {
    lines.push('', ...(title ? [`  ${title}`, ''] : []), quoted(text, '  '))
  }
  if (item.note) part(null, item.note)
  const { before, after } = item
  if (before && after && (item.what === 'changed' || item.what === 'limit-changed')) {
    part(fileWords.before, allOf(before))
    part(fileWords.now, allOf(after))
  } else if (after && (item.what === 'agreed' || item.what === 'limit')) part(null, allOf(after))
  return [...lines, ...(lines.length > 1 ? [''] : [])].join('\n')
}

const allOf = ({ name, words: text, ifItSlips }: Texts): string =>
  [name, text, ...(ifItSlips ? [`${paperWords.ifItSlips}: ${ifItSlips}`] : [])].join('\n\n')

function noteBlocks({ notes, boundaries }: Beside): string[] {
  const called = new Map(boundaries.map(({ id, name }) => [id, inline(name)]))
  return notes.flatMap(({ boundary, kind, day, text }) => {
    const say = kind === 'note' ? fileWords.note : fileWords.saidBack
    const name = called.get(boundary)
    return [say(wholeDay(day), name ? name : words.list.nameless), quoted(text)]
  })
}

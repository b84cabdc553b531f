/**
 * `npm run verify FILE`: checks an exported *Everything* without a server, a
 * browser or a key, and prints what was agreed when, or the first record that
 * fails and why. `reportOn` is pure.
 */
import { readFileSync } from 'node:fs'
import { fourWordsOf } from '../shared/crypto.ts'
import { checkEverything, type Broken, type Checked } from '../shared/everything.ts'
import { compareDigest } from '../shared/keys.ts'
import { spansOf, type Span } from '../shared/spans.ts'

export interface Report {
  readonly ok: boolean
  readonly lines: readonly string[]
}

/** What each law says of a record that breaks it, and the rule of shared/SPEC.md it is. */
const laws: Partial<Record<Broken['law'], string>> = {
  'record-malformed': 'is not written as a record (R1)',
  'head-malformed': 'has a head that is not written as the rule says (R2)',
  'too-large': 'is larger than a record can be (R1)',
  'bad-signature': 'is not signed by the key of its seat, or was changed after it was signed (R3)',
  'box-mismatch': 'holds another box than the one that was signed (R4)',
  'commit-mismatch': 'holds other words than those that were signed (R4)',
  'wrong-board': 'is of another board (R5)',
  'not-next':
    'does not follow from the one before: records are missing, doubled or out of order (R5)',
  'epoch-unknown': 'names a key that this version does not know (K2)',
  'not-founded': 'does not start a board (R8)',
  'already-founded': 'starts a board that has started (R8)',
  'seat-empty': 'is of a seat that nobody holds yet (R8)',
  'seat-taken': 'takes a seat that is held (R8)',
  'board-full': 'invites to a board that is full (R8)',
  'key-unsafe': 'brings a key that cannot be trusted (R8)',
  'invitation-not-open': 'answers an invitation that is not open (R8)',
  'proof-invalid': 'does not show that its writer had the invitation (R8)',
}

/** `text` is the whole file. */
export async function reportOn(text: string): Promise<Report> {
  const outcome = checkEverything(parsed(text))
  if (!outcome.ok) return { ok: false, lines: failure(outcome.broken) }
  return { ok: true, lines: await success(outcome.checked) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // cut short, or no JSON at all: the check says so
  }
}

function failure({ seq, law }: Broken): string[] {
  if (seq === null) {
    return [
      'This is not a whole “Everything” file of Hedgerow: it is cut short, or something else.',
      'Save it again from History, “Print or save”, “Everything”, as JSON.',
    ]
  }
  const before =
    seq === 0 ? 'Nothing comes before it.' : `The ${counted(seq, 'record')} before it hold.`
  return [`Record ${seq} ${laws[law] ?? 'breaks a rule'}. [${law}]`, before]
}

async function success({ chain, entries, standing }: Checked): Promise<string[]> {
  const { a, b } = chain.membership
  const [first, last] = [entries[0], entries.at(-1)]
  const unread = entries.filter(({ act }) => act === null || act.kind === 'unknown')
  const names = [standing.names.a, standing.names.b].filter((name) => name !== null)
  const spans = spansOf(entries)
  return [
    `Board ${chain.board}`,
    `${names.join(' and ')} · ${counted(entries.length, 'record')}, ${day(first?.at)} to ${day(last?.at)}`,
    ...(b ? [`Four words: ${(await fourWordsOf(compareDigest(a, b))).join(' ')}`] : []),
    'Every record follows from the one before, is signed by its seat, and holds what was signed.',
    ...unread.map(({ seq }) => `Record ${seq} is whole, but what it says can't be read here.`),
    '',
    ...listed(
      'In force',
      spans.filter(({ end }) => end === null),
    ),
    ...listed(
      'Was in force',
      spans.filter(({ end }) => end !== null),
    ),
  ].slice(0, -1)
}

function listed(title: string, spans: readonly Span[]): string[] {
  if (spans.length === 0) return []
  return [title, ...spans.flatMap((span) => [...entryOf(span), ''])]
}

function entryOf({ kind, version, end }: Span): string[] {
  const { wording, number, at, seq } = version
  const whose = kind === 'ours' ? '' : ` · the limit of seat ${kind}`
  const until = end ? ` until ${day(end.at)}, ${HOW[end.how]} (record ${end.seq})` : ''
  return [
    `  ${wording.name || 'No name'}${whose} · version ${number} · since ${day(at)} (record ${seq})${until}`,
    ...[wording.words, wording.ifItSlips && `If it slips: ${wording.ifItSlips}`]
      .filter(Boolean)
      .flatMap((text) => text.split('\n').map((line) => `    ${line}`)),
  ]
}

const HOW = {
  changed: 'then changed',
  'let-go': 'then let go',
  'stepped-back': 'then stepped back from',
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const day = (seconds = 0): string =>
  new Date(seconds * 1000).toLocaleDateString('en-GB', {
    ...({ day: 'numeric', month: 'long', year: 'numeric' } as const),
  })

/** The command. Resolves to its exit code. */
export async function verify(path: string | undefined): Promise<0 | 1> {
  const { ok, lines } = await reportOnFile(path)
  const out = ok ? process.stdout : process.stderr
  out.write(`${lines.map(printable).join('\n')}\n`)
  return ok ? 0 : 1
}

async function reportOnFile(path: string | undefined): Promise<Report> {
  if (!path) return { ok: false, lines: ['Say which file: npm run verify FILE'] }
  try {
    return await reportOn(readFileSync(path, 'utf8'))
  } catch (cause) {
    return { ok: false, lines: [`${path} can't be read: ${(cause as Error).message}`] }
  }
}

/** What other people wrote must not move the cursor of a terminal. */
const printable = (line: string): string =>
  [...line].map((char) => (/[\p{Cc}\p{Cf}]/u.test(char) && char !== '\u200d' ? ' ' : char)).join('')

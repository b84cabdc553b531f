/**
 * The inner document: the words on the table (S1). `boundaries` maps an id to a
 * Y.Map with three texts and a few plain values. Text types are created once,
 * with their boundary, and never set again. What another device wrote here is
 * not trusted to have this shape, so it is read defensively.
 */
import * as Y from 'yjs'
import { categoryFrom, type Category } from './categories.ts'
import { isBoundaryId, type Seat } from './ids.ts'
import type { Kind, Texts } from './wording.ts'

/** For each of the two: one cannot fill the board for both. */
export const BOUNDARIES_MAX = 250

/** The texts of one boundary, as types that an editor can bind to. */
export interface BoundaryTexts {
  readonly name: Y.Text
  readonly words: Y.Text
  readonly ifItSlips: Y.Text
}

export interface TableBoundary extends Texts {
  readonly id: string
  readonly by: Seat
  /** Seconds since the epoch, by the clock of who shared it. */
  readonly created: number
  /** As whose it was written: a limit only as its writer's own. The first valid yes fixes it (A6). */
  readonly kind: Kind
  /** What it is about; null: nothing in particular. */
  readonly category: Category | null
  /** Set aside for now, by either. */
  readonly aside: boolean
  /** As it lies there: `kept-words.ts` reads it. */
  readonly kept: unknown
}

/** What a new boundary is made of; *ours*, and about nothing in particular, where nothing else is said. */
export type NewBoundary = Omit<TableBoundary, 'kind' | 'category' | 'aside' | 'kept'> &
  Partial<Pick<TableBoundary, 'kind' | 'category'>>

const boundariesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('boundaries')

function boundaryAt(doc: Y.Doc, id: string): Y.Map<unknown> | null {
  const found = boundariesOf(doc).get(id)
  return found instanceof Y.Map ? (found as Y.Map<unknown>) : null
}

/** Puts a new boundary on the table. One transaction, so one envelope. */
export function addBoundary(
  doc: Y.Doc,
  { id, by, created, kind = 'ours', category = null, ...texts }: NewBoundary,
  origin: unknown = null,
): void {
  doc.transact(() => {
    const boundary = new Y.Map<unknown>()
    boundary.set('by', by)
    boundary.set('created', created)
    if (kind !== 'ours') boundary.set('kind', kind)
    if (category) boundary.set('category', category)
    for (const field of FIELDS) boundary.set(field, new Y.Text(texts[field]))
    boundariesOf(doc).set(id, boundary)
  }, origin)
}

/** Takes a boundary off the document, with its texts. */
export const removeBoundary = (doc: Y.Doc, id: string): void => boundariesOf(doc).delete(id)

/** Makes a text read `target` by changing one stretch of it: what typing in a form does. */
export function putText(doc: Y.Doc, text: Y.Text, target: string): void {
  const now = asText(text)
  let start = 0
  while (start < now.length && start < target.length && now[start] === target[start]) start++
  if (isHalf(now, start) || isHalf(target, start)) start--
  let end = 0
  const most = Math.min(now.length, target.length) - start
  while (end < most && now.at(-1 - end) === target.at(-1 - end)) end++
  if (isHalf(now, now.length - end) || isHalf(target, target.length - end)) end--
  doc.transact(() => {
    text.delete(start, now.length - end - start)
    text.insert(start, target.slice(start, target.length - end))
  })
}

/** Whether a cut here would go through a character of two units: Yjs spoils both halves. */
const isHalf = (text: string, at: number): boolean =>
  /[\udc00-\udfff]/.test(text[at] ?? '') && /[\ud800-\udbff]/.test(text[at - 1] ?? '')

export const FIELDS = ['name', 'words', 'ifItSlips'] as const

/** The texts to bind an editor to, or null where there is no such boundary (yet). */
export function textsOf(doc: Y.Doc, id: string): BoundaryTexts | null {
  const boundary = boundaryAt(doc, id)
  return boundary && textsIn(boundary)
}

function textsIn(boundary: Y.Map<unknown>): BoundaryTexts | null {
  const [name, words, ifItSlips] = FIELDS.map((field) => boundary.get(field))
  return name instanceof Y.Text && words instanceof Y.Text && ifItSlips instanceof Y.Text
    ? { name, words, ifItSlips }
    : null
}

/** Sets a boundary aside, or picks it up again. */
export function setAside(doc: Y.Doc, id: string, aside: boolean, origin: unknown = null): void {
  const boundary = boundaryAt(doc, id)
  if (!boundary || (boundary.get('aside') === true) === aside) return
  doc.transact(() => boundary.set('aside', aside), origin)
}

/** One boundary as it reads now, or null. */
export function readBoundary(doc: Y.Doc, id: string): TableBoundary | null {
  const boundary = boundaryAt(doc, id)
  const texts = boundary && textsIn(boundary)
  if (!texts) return null
  const by = byOf(boundary)
  const created = boundary.get('created')
  return {
    id,
    by,
    kind: boundary.get('kind') === by ? by : 'ours',
    category: categoryFrom(boundary.get('category')),
    aside: boundary.get('aside') === true,
    kept: boundary.get('kept') ?? null,
    created: typeof created === 'number' && Number.isFinite(created) ? created : 0,
    ...plain(texts),
  }
}

export const plain = (texts: BoundaryTexts): Texts => ({
  name: asText(texts.name),
  words: asText(texts.words),
  ifItSlips: asText(texts.ifItSlips),
})

export const asText = (text: Y.Text): string => text.toJSON()

/** Whose a draft is to be. What is on the board keeps what it was shared as. */
export function setKind(doc: Y.Doc, id: string, kind: Kind): void {
  boundaryAt(doc, id)?.set('kind', kind)
}

/** Null: about nothing in particular. */
export function setCategory(doc: Y.Doc, id: string, category: Category | null): void {
  boundaryAt(doc, id)?.set('category', category)
}

const byOf = (boundary: Y.Map<unknown>): Seat => (boundary.get('by') === 'b' ? 'b' : 'a')

/**
 * Ids of what is on the table, in no order: at most 250 in each seat's name. Who
 * shared a boundary is what it says, and anyone can write that; so those that
 * `isOwn` knows come first, and whatever the other writes, one's own are listed.
 */
export function boundaryIds(doc: Y.Doc, isOwn: (id: string) => boolean = () => false): string[] {
  const ids = [...boundariesOf(doc).keys()].filter(isBoundaryId)
  const own = new Set(ids.filter(isOwn))
  const room = { a: BOUNDARIES_MAX, b: BOUNDARIES_MAX }
  return [...own, ...ids.filter((id) => !own.has(id))].filter((id) => {
    const boundary = boundaryAt(doc, id)
    return boundary !== null && room[byOf(boundary)]-- > 0
  })
}

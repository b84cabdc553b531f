/**
 * The inner document: the words on the table (S1). `boundaries` maps an id to a
 * Y.Map with three texts and a few plain values. Text types are created once,
 * with their boundary, and never set again. What another device wrote here is
 * not trusted to have this shape, so it is read defensively.
 */
import * as Y from 'yjs'
import { categoryFrom, type Category } from './categories.ts'
import { isBoundaryId, type Seat } from './ids.ts'
import type { Texts } from './wording.ts'

export const BOUNDARIES_MAX = 500

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
}

const boundariesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('boundaries')

function boundaryAt(doc: Y.Doc, id: string): Y.Map<unknown> | null {
  const found = boundariesOf(doc).get(id)
  return found instanceof Y.Map ? (found as Y.Map<unknown>) : null
}

/** Puts a new boundary on the table. One transaction, so one envelope. */
export function addBoundary(
  doc: Y.Doc,
  { id, by, created, ...texts }: TableBoundary,
  origin: unknown = null,
): void {
  doc.transact(() => {
    const boundary = new Y.Map<unknown>()
    boundary.set('by', by)
    boundary.set('created', created)
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

/** One boundary as it reads now, or null. */
export function readBoundary(doc: Y.Doc, id: string): TableBoundary | null {
  const boundary = boundaryAt(doc, id)
  const texts = boundary && textsIn(boundary)
  if (!texts) return null
  const by = boundary.get('by')
  const created = boundary.get('created')
  return {
    id,
    by: by === 'b' ? 'b' : 'a',
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

export const categoryOf = (doc: Y.Doc, id: string): Category | null =>
  categoryFrom(boundaryAt(doc, id)?.get('category'))

/** Null: about nothing in particular. */
export function setCategory(doc: Y.Doc, id: string, category: Category | null): void {
  boundaryAt(doc, id)?.set('category', category)
}

/** Ids of everything on the table, in no order; at most the first 500. */
export const boundaryIds = (doc: Y.Doc): string[] =>
  [...boundariesOf(doc).keys()].filter(isBoundaryId).slice(0, BOUNDARIES_MAX)

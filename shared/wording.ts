/**
 * A wording is what people agree to: the exact text of one boundary (A1). Text
 * is cleaned before it is signed, so that one text has one form on every
 * keyboard, and characters that could make two readers see different words are
 * refused.
 */
import * as v from 'valibot'
import { utf8 } from './bytes.ts'
import { hexHash } from './crypto.ts'

export const NAME_MAX = 80
export const WORDS_MAX = 4000
export const NOTE_MAX = 500
/** A wording as JSON fits into a body (12 KiB) beside the longest note. */
export const WORDING_MAX_BYTES = 10_000
/** UTF-16 units that are looked at before cleaning: composing a megabyte of accents takes minutes. */
const RAW_MAX = 4 * WORDS_MAX

/** Whose it is: *ours* needs both; `a` or `b` is that seat's own limit. */
export const kindSchema = v.picklist(['ours', 'a', 'b'])
export type Kind = v.InferOutput<typeof kindSchema>

export const wordingSchema = v.strictObject({
  kind: kindSchema,
  name: v.string(),
  words: v.string(),
  ifItSlips: v.string(),
  /** For agreements that end by themselves, later. */
  until: v.null(),
})
export type Wording = v.InferOutput<typeof wordingSchema>

/** The three texts of a boundary. */
export type Texts = Pick<Wording, 'name' | 'words' | 'ifItSlips'>

export type TextProblem =
  | 'empty'
  | 'name-too-long'
  | 'words-too-long'
  /** A control, direction-override, invisible or broken character. */
  | 'forbidden-character'

const isForbidden = (point: number): boolean =>
  (point < 0x20 && point !== 0x0a) || // C0 controls, but for line feed
  (point >= 0x7f && point <= 0x9f) || // DEL and C1 controls
  point === 0x00ad || // soft hyphen
  point === 0x061c || // Arabic letter mark
  point === 0x180e || // Mongolian vowel separator
  point === 0x200b || // zero-width space (200C and 200D join letters and emoji: kept)
  (point >= 0x200e && point <= 0x200f) || // direction marks
  (point >= 0x2028 && point <= 0x202e) || // line separators, direction embeddings and overrides
  (point >= 0x2060 && point <= 0x206f) || // word joiner, invisible operators, direction isolates
  (point >= 0xd800 && point <= 0xdfff) || // half a character
  point === 0xfeff || // byte-order mark
  (point >= 0xfff9 && point <= 0xfffb) || // interlinear annotation
  (point >= 0xe0000 && point <= 0xe007f) // tags

/** Nothing that anyone would see: spaces of every width, joiners, fillers and variation selectors alone. */
const isBlank = (text: string): boolean =>
  /^[\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]*$/u.test(
    text,
  )

/** Code points, as people count: one emoji of one code point is one. */
export const lengthOf = (text: string): number => [...text].length

/** The one form of a text: NFC, plain line ends, single spaces, at most one empty line, no space around. */
export const cleanText = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^[ \n]+|[ \n]+$/g, '')

export const hasForbidden = (text: string): boolean => {
  for (const char of text) if (isForbidden(char.codePointAt(0) ?? 0)) return true
  return false
}

/** A person's name: one clean line, or null. */
export function cleanName(text: string): string | null {
  if (text.length > RAW_MAX) return null
  const clean = cleanText(text.replace(/\n/g, ' '))
  const fits = !isBlank(clean) && lengthOf(clean) <= NAME_MAX && !hasForbidden(clean)
  return fits && !clean.includes('\n') ? clean : null
}

/** A reason or note, cleaned; empty where there is nothing to say, null where it is too long or unfit. */
export function cleanNote(text: string): string | null {
  if (text.length > RAW_MAX) return null
  const clean = cleanText(text)
  return isFitNote(clean) ? clean : null
}

/** Whether a note may stand in an act, its spaces and line ends aside. */
export const isFitNote = (note: string): boolean =>
  lengthOf(note) <= NOTE_MAX && !hasForbidden(cleanText(note))

/** The wording these texts make, cleaned; or what keeps it from being one. */
export function makeWording(
  kind: Kind,
  texts: Texts,
): { readonly wording: Wording } | { readonly problem: TextProblem } {
  if (texts.name.length > RAW_MAX) return { problem: 'name-too-long' }
  if (texts.words.length + texts.ifItSlips.length > RAW_MAX) return { problem: 'words-too-long' }
  const name = cleanText(texts.name.replace(/\s/g, ' '))
  const words = cleanText(texts.words)
  const ifItSlips = cleanText(texts.ifItSlips)
  const problem = problemOf({ name, words, ifItSlips })
  if (problem) return { problem }
  const wording: Wording = { kind, name, words, ifItSlips, until: null }
  const bytes = utf8(JSON.stringify(wording)).length
  return bytes > WORDING_MAX_BYTES ? { problem: 'words-too-long' } : { wording }
}

function problemOf({ name, words, ifItSlips }: Texts): TextProblem | null {
  if (isBlank(name) || isBlank(words)) return 'empty'
  if (lengthOf(name) > NAME_MAX) return 'name-too-long'
  if (lengthOf(words) + lengthOf(ifItSlips) > WORDS_MAX) return 'words-too-long'
  return [name, words, ifItSlips].some(hasForbidden) ? 'forbidden-character' : null
}

/** Whether cleaning would change nothing: only such a wording can be agreed to (A1). */
export function isClean(wording: Wording): boolean {
  const made = makeWording(wording.kind, wording)
  return 'wording' in made && sameTexts(made.wording, wording)
}

export const sameTexts = (one: Texts, other: Texts): boolean =>
  one.name === other.name && one.words === other.words && one.ifItSlips === other.ifItSlips

/** What an answer refers to: a hex hash over the boundary and every field of the wording, or of letting it go (null). */
export const wordingHash = (boundary: string, wording: Wording | null): string =>
  wording === null
    ? hexHash('wording/none', boundary)
    : hexHash('wording', boundary, wording.kind, wording.name, wording.words, wording.ifItSlips)

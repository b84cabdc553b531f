import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAct } from '../../shared/act.ts'
import { utf8 } from '../../shared/bytes.ts'
import { BODY_MAX_BYTES } from '../../shared/record.ts'
import {
  cleanName,
  cleanNote,
  cleanText,
  hasForbidden,
  isClean,
  lengthOf,
  makeWording,
  NAME_MAX,
  NOTE_MAX,
  wordingHash,
  WORDING_MAX_BYTES,
  WORDS_MAX,
  type Texts,
  type Wording,
} from '../../shared/wording.ts'
import { BOUNDARY } from '../support/history/moves.ts'
import { holds } from '../support/property.ts'

const texts = (change: Partial<Texts> = {}): Texts => ({
  name: 'Evenings',
  words: 'Phones away after nine.',
  ifItSlips: '',
  ...change,
})

function made(change: Partial<Texts> = {}): Wording {
  const result = makeWording('ours', texts(change))
  if ('problem' in result) throw new Error(result.problem)
  return result.wording
}

const problem = (change: Partial<Texts>) => {
  const result = makeWording('ours', texts(change))
  return 'problem' in result ? result.problem : null
}

const point = (code: number) => String.fromCodePoint(code)
const named = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

describe('cleaning', () => {
  it.each([
    ['composes accents', 'cafe\u0301', 'café'],
    ['turns CRLF and CR into line feeds', 'a\r\nb\rc', 'a\nb\nc'],
    ['makes one space of spaces, tabs and no-break spaces', 'a \t\u00a0 b', 'a b'],
    ['leaves at most one empty line', 'a\n\n\n\n\nb', 'a\n\nb'],
    ['sees empty lines through the spaces on them', 'a \n \t\n\u00a0\n b', 'a\n\nb'],
    ['drops spaces at line ends and starts', 'a \n b', 'a\nb'],
    ['trims', ' \n\t a \r\n ', 'a'],
    ['keeps one empty line', 'a\n\nb', 'a\n\nb'],
    ['keeps case and punctuation', 'No – “never”…', 'No – “never”…'],
  ])('A1: %s', (_what, text, clean) => {
    expect(cleanText(text)).toBe(clean)
  })

  /** Text full of what cleaning and refusing are about. */
  const rough = fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(' ', '\t', '\n', '\r', '\u00a0', 'a', 'e') },
        { weight: 2, arbitrary: fc.constantFrom('\u0301', '\u0323', '\u1100', '\u1161', '\u212b') },
        { weight: 1, arbitrary: fc.constantFrom('\u200b', '\u200d', '\u202e', '\ufeff', '\u3000') },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''))

  it('A1: cleaning twice is cleaning once', () => {
    const check = (text: string) => {
      const clean = cleanText(text)
      expect(cleanText(clean)).toBe(clean)
      expect(clean).not.toMatch(/\r|\t|\u00a0| {2}|\n{3}|^[ \n]|[ \n]$/)
      expect(clean.normalize('NFC')).toBe(clean)
    }
    holds(fc.property(rough, check), 3000)
  })

  it('A1: what makes a wording is clean, and makes the same wording again', () => {
    const check = (name: string, words: string, ifItSlips: string) => {
      const result = makeWording('a', { name, words, ifItSlips })
      if ('problem' in result) return
      expect(isClean(result.wording)).toBe(true)
      expect(makeWording('a', result.wording)).toEqual(result)
      expect(result.wording.name).not.toContain('\n')
    }
    holds(fc.property(rough, rough, rough, check), 3000)
  })

  it('A1: a name that is clean stays as it is', () => {
    const check = (text: string) => {
      const name = cleanName(text)
      if (name !== null) expect(cleanName(name)).toBe(name)
    }
    holds(fc.property(rough, check), 2000)
  })
})

describe('what is refused', () => {
  const forbidden: [string, number, number][] = [
    ['C0 controls below the line feed', 0x00, 0x08],
    ['C0 controls above it', 0x0e, 0x1f],
    ['DEL and C1 controls', 0x7f, 0x9f],
    ['the soft hyphen', 0xad, 0xad],
    ['the Arabic letter mark', 0x61c, 0x61c],
    ['the Mongolian vowel separator', 0x180e, 0x180e],
    ['the zero-width space', 0x200b, 0x200b],
    ['direction marks', 0x200e, 0x200f],
    ['line separators, direction embeddings and overrides', 0x2028, 0x202e],
    ['word joiner, invisible operators, direction isolates', 0x2060, 0x206f],
    ['the byte-order mark', 0xfeff, 0xfeff],
    ['interlinear annotations', 0xfff9, 0xfffb],
    ['tags', 0xe0000, 0xe007f],
    ['lone surrogates', 0xd800, 0xdfff],
  ]

  it.each(forbidden)('A1: %s', (_what, from, to) => {
    for (let code = from; code <= to; code++) {
      const text = `one${point(code)}two`
      expect(hasForbidden(text), named(code)).toBe(true)
      for (const field of ['name', 'words', 'ifItSlips'] as const) {
        // A line separator in a name is a space to it, and so cleaned away.
        const isSpace = field === 'name' && /\s/.test(point(code))
        expect(problem({ [field]: text }), named(code)).toBe(isSpace ? null : 'forbidden-character')
        expect(isClean({ ...made(), [field]: text }), named(code)).toBe(false)
      }
      expect(cleanNote(text)).toBeNull()
    }
  })

  it('A1: and what stands right beside those is kept', () => {
    const beside = [0x20, 0x7e, 0xa1, 0xac, 0xae, 0x61b, 0x61d, 0x180f, 0x200c, 0x200d, 0x2010]
    const more = [0x2027, 0x2030, 0x205e, 0x2070, 0xe000, 0xfefe, 0xff00, 0xfffc, 0xe0100, 0x1f600]
    for (const code of [...beside, ...more]) {
      expect(hasForbidden(`one${point(code)}two`), named(code)).toBe(false)
    }
  })

  it.each([
    ['a family joined by ZWJ', '👨‍👩‍👧‍👦'],
    ['a flag', '🏳️‍🌈'],
    ['a skin tone', '👍🏽'],
    ['Persian with its non-joiner', 'می‌خواهم'],
    ['Hebrew', 'שלום'],
    ['Devanagari with its joiner', 'क्‍ष'],
  ])('A1: kept as it is: %s', (_what, text) => {
    expect(made({ words: text }).words).toBe(text)
  })

  it('A1: halves of a character are refused even side by side in the wrong order', () => {
    expect(problem({ words: '\udc00\ud800' })).toBe('forbidden-character')
    expect(problem({ words: '\ud83d\ude00' })).toBeNull()
  })
})

describe('lengths', () => {
  it('A1: are in code points', () => {
    expect(lengthOf('👍🏽é')).toBe(3)
    expect(problem({ name: '😀'.repeat(NAME_MAX) })).toBeNull()
    expect(problem({ name: '😀'.repeat(NAME_MAX + 1) })).toBe('name-too-long')
    expect(cleanName('😀'.repeat(NAME_MAX))).not.toBeNull()
    expect(cleanName('😀'.repeat(NAME_MAX + 1))).toBeNull()
    expect(cleanNote('😀'.repeat(NOTE_MAX))).not.toBeNull()
    expect(cleanNote('😀'.repeat(NOTE_MAX + 1))).toBeNull()
  })

  it('A1: words and what happens if it slips count together', () => {
    expect(problem({ words: 'w'.repeat(WORDS_MAX) })).toBeNull()
    expect(problem({ words: 'w'.repeat(WORDS_MAX), ifItSlips: 's' })).toBe('words-too-long')
    expect(problem({ words: 'w'.repeat(WORDS_MAX - 1), ifItSlips: 's' })).toBeNull()
  })

  it('A1: are measured after cleaning', () => {
    expect(problem({ words: 'e\u0301'.repeat(WORDS_MAX) })).toBeNull()
    expect(problem({ name: `${' '.repeat(500)}Evenings` })).toBeNull()
  })

  it('A1: a name and words must be there, what happens if it slips need not', () => {
    expect(problem({ name: ' \n ' })).toBe('empty')
    expect(problem({ words: '\u00a0' })).toBe('empty')
    expect(problem({ ifItSlips: '' })).toBeNull()
    for (const blank of ['\u3000', '\u200d', '\u3164', '\u200c \ufe0f', '\u{e0100}\u2003']) {
      expect(problem({ words: blank })).toBe('empty')
      expect(isClean({ ...made(), name: blank })).toBe(false)
      expect(cleanName(blank)).toBeNull()
    }
    expect(problem({ words: '❤\ufe0f' })).toBeNull()
    expect(cleanName(' ')).toBeNull()
    expect(cleanNote(' ')).toBe('')
  })

  it('A1: a yes to the largest wording with the longest note fits into a body', () => {
    const room = WORDING_MAX_BYTES - utf8(JSON.stringify(made({ words: '' + 'w' }))).length + 1
    const wording = made({ words: '漢'.repeat(Math.floor(room / 3)) })
    expect(lengthOf(wording.words)).toBeGreaterThan(3_000)
    const act = { kind: 'yes', boundary: BOUNDARY, wording, why: '😀'.repeat(NOTE_MAX) } as const
    expect(encodeAct(act).length).toBeLessThanOrEqual(BODY_MAX_BYTES)
    expect(problem({ words: `${wording.words}漢` })).toBe('words-too-long')
    expect(problem({ words: '😀'.repeat(WORDS_MAX) })).toBe('words-too-long')
  })

  it('A1: a megabyte of accents is refused without being composed', () => {
    const accents = `a${'\u0301\u0323'.repeat(500_000)}`
    expect(problem({ words: accents })).toBe('words-too-long')
    expect(problem({ ifItSlips: accents })).toBe('words-too-long')
    expect(problem({ name: accents })).toBe('name-too-long')
    expect(cleanName(accents)).toBeNull()
    expect(cleanNote(accents)).toBeNull()
  })
})

describe('the hash of a wording', () => {
  const base = made({ ifItSlips: 'We talk.' })
  const all: [string, Wording | null, string][] = [
    ['as it is', base, BOUNDARY],
    ['of another boundary', base, 'f'.repeat(32)],
    ['of another kind', { ...base, kind: 'a' }, BOUNDARY],
    ['of the other limit', { ...base, kind: 'b' }, BOUNDARY],
    ['with another name', { ...base, name: 'Evening' }, BOUNDARY],
    ['with other words', { ...base, words: `${base.words}.` }, BOUNDARY],
    ['with another if it slips', { ...base, ifItSlips: '' }, BOUNDARY],
    ['with words moved over', { ...base, words: `${base.words}We talk.`, ifItSlips: '' }, BOUNDARY],
    ['with fields exchanged', { ...base, words: base.ifItSlips, ifItSlips: base.words }, BOUNDARY],
    ['of letting go', null, BOUNDARY],
    ['of letting another go', null, 'f'.repeat(32)],
  ]

  it('A1: no two of these are one', () => {
    const hashes = all.map(([, wording, boundary]) => wordingHash(boundary, wording))
    expect(new Set(hashes).size).toBe(all.length)
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('A1: one text typed on two keyboards has one hash', () => {
    const [nfc, nfd] = ['Gästezimmer frei lassen', 'Ga\u0308stezimmer frei lassen']
    expect(nfc).not.toBe(nfd)
    const [one, other] = [made({ words: nfc }), made({ words: nfd })]
    expect(wordingHash(BOUNDARY, one)).toBe(wordingHash(BOUNDARY, other))
    const ends = made({ words: `  ${nfd.replaceAll(' ', '\u00a0 ')}\r\n` })
    expect(wordingHash(BOUNDARY, ends)).toBe(wordingHash(BOUNDARY, one))
  })

  it('A1: letters that only look alike have two', () => {
    const [latin, cyrillic] = [made({ words: 'a' }), made({ words: '\u0430' })]
    expect(wordingHash(BOUNDARY, latin)).not.toBe(wordingHash(BOUNDARY, cyrillic))
  })
})

/**
 * What people wrote, as Markdown that reads as they wrote it: nothing of it can
 * become a heading, a list, a link, HTML or anything else but text (CommonMark
 * 0.31, 2.4: a backslash before punctuation makes it literal).
 */
import { cleanText } from '../../../shared/wording.ts'

/** On one line: what is markup anywhere in a line. */
export const inline = (text: string): string => escaped(shown(text).replace(/\s+/g, ' ').trim())

/** As a quotation, line by line. `indent` goes before each. */
export function quoted(text: string, indent = ''): string {
  const lines = shown(text).split('\n')
  return lines
    .map((line, at) => {
      if (line === '') return `${indent}>`
      // Two spaces at its end keep a line a line.
      return `${indent}> ${atStart(escaped(line))}${lines[at + 1] ? '  ' : ''}`
    })
    .join('\n')
}

/** Cleaned as a wording is; what nobody sees, and what turns the direction of other text, is a space. */
const shown = (text: string): string =>
  cleanText(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => (KEPT.has(char) ? char : ' ')))

/** Line ends; joiners of letters and emoji. */
const KEPT = new Set(['\n', '\r', '\u200c', '\u200d'])

const escaped = (line: string): string =>
  line
    .replace(/[\\`*_[\]<>#|~$]/g, '\\$&')
    .replace(/&(?=\w)/g, '\\&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)

/** What is markup at the start of a line only. */
const atStart = (line: string): string =>
  line.replace(/^[-+=:]/, '\\$&').replace(/^(\d+)(?=[.)])/, '$1\\')

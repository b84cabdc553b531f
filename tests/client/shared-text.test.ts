import { expect, it } from 'vitest'
import * as Y from 'yjs'
import { spell, stretchOf } from '../../client/editor/shared-text.ts'
import { addBoundary, textsOf } from '../../shared/board-doc.ts'
import { putWords } from '../../shared/put-words.ts'
import { PHONES } from '../support/partners/partner-words.ts'

function spoiled() {
  const doc = new Y.Doc()
  const id = '00'.repeat(16)
  addBoundary(doc, { id, by: 'a', created: 0, ...PHONES })
  const words = textsOf(doc, id)!.words
  words.insertEmbed(5, { image: 'x' })
  words.insertEmbed(0, new Y.Map())
  words.format(3, 5, { bold: true })
  words.delete(12, 2)
  return { doc, id, words }
}

it('the editor’s text is as long as the shared one, whatever was put into it', () => {
  const { words } = spoiled()
  const spelled = spell(words)
  expect(spelled).toHaveLength(words.length)
  expect(spelled.replaceAll('\ufffc', '')).toBe(words.toJSON())
  expect([spelled[0], spelled[6]]).toEqual(['\ufffc', '\ufffc'])
  expect(spell(new Y.Doc().getText())).toBe('')
})

it('S1: words put back read exactly so, whatever was put into the text', () => {
  const { doc, id, words } = spoiled()
  putWords(doc, id, PHONES, null)
  expect(words.toJSON()).toBe(PHONES.words)
  expect(spell(words)).toBe(PHONES.words)
})

it.each([
  ['', 'ab', { from: 0, to: 0, insert: 'ab' }],
  ['aab', 'ab', { from: 1, to: 2, insert: '' }],
  ['hall', 'hell', { from: 1, to: 2, insert: 'e' }],
  ['same', 'same', { from: 4, to: 4, insert: '' }],
])('%j to %j: one stretch', (before, after, stretch) => {
  expect(stretchOf(before, after)).toEqual(stretch)
})

import { expect, test } from 'vitest'
import type { Card } from '../../client/board/board-view.ts'
import { findCards } from '../../client/list/search.ts'

const card = (id: string, name: string, words: string) =>
  ({ id, name, words, status: 'agreed', partnerYes: 'none' }) as Card
const cards = [
  card('1', 'Café on Sunday', 'We go out.'),
  card('2', 'Phones at night', 'In the HALL from ten.'),
  card('3', 'Straße', 'We walk home.'),
]
const found = (query: string) => [...(findCards(cards, query) ?? ['all'])]

test('case and accents make no difference, in names and words', () => {
  expect(found('CAFE')).toEqual(['1'])
  expect(found('café')).toEqual(['1'])
  expect(found('hall')).toEqual(['2'])
  expect(found('strasse')).toEqual(['3'])
})

test('every word must be there, in any order; nothing typed finds all', () => {
  expect(found('we out')).toEqual(['1'])
  expect(found('we hall')).toEqual([])
  expect(found('  ')).toEqual(['all'])
})

import { expect, it } from 'vitest'
import { refuseName } from '../../shared/names.ts'

it.each([
  'you',
  'You',
  ' Y o u ',
  'YOU.',
  '“you”',
  'ｙｏｕ',
  'your partner',
  'Your  Partner',
  'me',
])('%s reads as either of the two', (name) => expect(refuseName(name, 'Ana')).toBe('name-unclear'))

it.each(['Ana', 'ana', 'A na', ' ANA ', 'Ａｎａ'])('%s is what Ana is called', (name) => {
  expect(refuseName(name, 'Ana')).toBe('name-taken')
  expect(refuseName(name, null)).toBeNull()
})

it.each(['Anna', 'Ben', 'Youssef', 'Mei', 'Yu', '🌿', 'Both & Co', '王'])('%s is a name', (name) =>
  expect([refuseName(name, 'Ana'), refuseName(name, '🌱')]).toEqual([null, null]),
)

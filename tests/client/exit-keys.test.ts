import { expect, test } from 'vitest'
import { exitKeys, type KeyDown } from '../../client/shell/exit-keys.ts'

const down = (key: string, at: number, repeat = false): KeyDown => ({ key, at, repeat })
const heard = (...keys: KeyDown[]) => {
  const isExit = exitKeys()
  return keys.map((key) => isExit(key))
}

test('Shift three times within two seconds leaves, at the third', () => {
  expect(heard(down('Shift', 0), down('Shift', 1000), down('Shift', 2000))).toEqual([
    ...[false, false, true],
  ])
})

test('any three in a row count, and a new start is needed afterwards', () => {
  const taps = [0, 1500, 2100, 2200, 2300].map((at) => down('Shift', at))
  expect(heard(...taps)).toEqual([false, false, false, true, false])
})

test.each([
  ['too slow', [down('Shift', 0), down('Shift', 1000), down('Shift', 2001)]],
  ['another key between', [0, 1, 2, 3].map((at) => down(at === 2 ? 'a' : 'Shift', at))],
  ['held down', [down('Shift', 0), down('Shift', 1, true), down('Shift', 2, true)]],
])('%s does not', (_, keys) => {
  expect(heard(...keys)).not.toContain(true)
})

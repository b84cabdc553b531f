import { expect, it } from 'vitest'
import { isOwnId, makeOwnId } from '../../shared/own-id.ts'
import { seatSecrets } from '../../shared/keys.ts'
import { seededRandom } from '../support/random.ts'

const random = seededRandom(3)
const [mine, theirs] = [seatSecrets(random(16)).own, seatSecrets(random(16)).own]

it('K1: one seat knows its own ids, and nobody else can tell them from chance or make one', () => {
  const ids = [8, 16].map((bytes) => makeOwnId(mine, bytes, random))
  expect(ids.map((id) => id.length)).toEqual([16, 32])
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]+$/)
    expect([isOwnId(mine, id), isOwnId(theirs, id)]).toEqual([true, false])
    expect(isOwnId(mine, (id[0] === '0' ? '1' : '0') + id.slice(1))).toBe(false)
  }
  for (const id of ['', 'ab', '__proto__', 'zzzz', 'a'.repeat(17)]) {
    expect(isOwnId(mine, id)).toBe(false)
  }
})

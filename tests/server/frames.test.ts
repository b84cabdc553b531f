import { describe, expect, it } from 'vitest'
import { frame, opening, scan } from '../../server/store/frames.ts'
import { dice, randomBytes } from '../support/store/store-records.ts'

const roll = dice(1)
const payloads = [40, 0, 1, 300].map((size) => randomBytes(roll, size))
const file = new Uint8Array(Buffer.concat([opening, ...payloads.map(frame)]))
const ends = payloads.map((_, at) =>
  payloads.slice(0, at + 1).reduce((sum, { length }) => sum + 12 + length, opening.length),
)

describe('frames', () => {
  it('D2 entries come back as they were written, with where they lie', () => {
    const found = scan(file)
    expect(found.frames.map(({ payload }) => payload)).toEqual(payloads)
    expect(found.frames.map(({ end }) => end)).toEqual(ends)
    expect(found).toMatchObject({ length: file.length, ending: 'clean' })
    expect(scan(opening)).toEqual({ frames: [], length: opening.length, ending: 'clean' })
  })

  it('D4 a file cut anywhere keeps its whole entries and is torn, never damaged', () => {
    for (let cut = 0; cut < file.length; cut += 1) {
      const found = scan(file.subarray(0, cut))
      const whole = ends.filter((end) => end <= cut)
      const clean = cut === opening.length || whole.at(-1) === cut
      expect(found.frames.map(({ end }) => end)).toEqual(whole)
      expect(found.length).toBe(whole.at(-1) ?? (cut < opening.length ? 0 : opening.length))
      expect(found.ending).toBe(clean ? 'clean' : 'torn')
    }
  })

  it('D4 zeros after the last entry are a tear, whether few or many', () => {
    for (const zeros of [1, 11, 12, 13, 5_000]) {
      const found = scan(new Uint8Array(Buffer.concat([file, new Uint8Array(zeros)])))
      expect(found).toMatchObject({ length: file.length, ending: 'torn' })
    }
    expect(scan(new Uint8Array(100))).toEqual({ frames: [], length: 0, ending: 'torn' })
  })

  it('D4 any one bit flipped is noticed, and is never taken for a tear', () => {
    for (let bit = 0; bit < file.length * 8; bit += 1) {
      const changed = file.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const found = scan(changed)
      const lost = found.frames.some(({ payload }) => payload === null)
      expect(found.ending).not.toBe('torn')
      expect(lost || found.ending === 'damaged').toBe(true)
      // What comes before the flipped bit is still read.
      const before = ends.filter((end) => end * 8 <= bit).length
      const read = found.frames.slice(0, before).map(({ payload }) => payload)
      expect(read).toEqual(payloads.slice(0, before))
    }
  })

  it('D4 noise is never an error', () => {
    for (let round = 0; round < 200; round += 1) {
      const noise = randomBytes(roll, roll(100))
      expect(scan(noise).ending).toBe(noise.length === 0 ? 'torn' : 'damaged')
      const found = scan(new Uint8Array(Buffer.concat([file, noise])))
      expect(found.frames.slice(0, payloads.length).map(({ payload }) => payload)).toEqual(payloads)
    }
  })
})

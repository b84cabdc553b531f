import { describe, expect, it } from 'vitest'
import { fromHex } from '../../shared/crypto.ts'
import { extend, replay, type Chain } from '../../shared/history.ts'
import { boardKeys } from '../../shared/keys.ts'
import { chainHash } from '../../shared/record.ts'
import { HistoryMaker, inviteOf } from '../support/history/make-history.ts'
import { readHistory } from '../support/history/read-history.ts'
import {
  invalidVectors,
  recordsOf,
  validVectors,
  vectorFiles,
} from '../support/history/read-vectors.ts'
import { allVectors, outcomeOf } from '../vectors/vectors.ts'

describe('the vectors', () => {
  it('R1: made again, they are the files on the disk', () => {
    const files = vectorFiles()
    const made = allVectors()
    expect([...files.keys()].sort()).toEqual([...made.keys()].sort())
    for (const [path, vector] of made) {
      expect(JSON.stringify(JSON.parse(files.get(path)!))).toBe(JSON.stringify(vector))
    }
  })

  it.each(validVectors().map((vector) => [vector.about, vector] as const))(
    'R5 R8 R10 A3, accepted: %s',
    (_about, vector) => {
      const outcome = outcomeOf(recordsOf(vector), boardKeys(fromHex(vector.boardKey)).acts)
      expect(outcome).toEqual(vector.expected)
      expect(outcome).toMatchObject({ refused: null, chain: { board: vector.board } })
    },
  )

  it.each(invalidVectors().map((vector) => [vector.about, vector] as const))(
    'R2 R3 R5 R8 R9, refused: %s',
    (_about, vector) => {
      const before = Object.getOwnPropertyNames(Object.prototype)
      let chain: Chain | null = null
      for (const [index, record] of recordsOf(vector).entries()) {
        const extended = extend(chain, record)
        if (index === vector.refused) {
          expect(extended).toEqual({ ok: false, code: vector.refusal })
          break
        }
        if (!extended.ok) throw new Error(`record ${index} is refused too: ${extended.code}`)
        chain = extended.value.chain
      }
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    },
  )
})

describe('the chain', () => {
  it('R5: the board is named by the chain hash of its first record', () => {
    const { chain, records } = new HistoryMaker().together()
    expect(chain?.board).toBe(chainHash(records[0]!))
    expect(chain).toMatchObject({ seq: 2, hash: chainHash(records[2]!) })
  })

  it('R5: another founding record, even by the same keys, is another board', () => {
    const one = new HistoryMaker(1).found('Ada')
    const other = new HistoryMaker(1).found('Adam')
    expect(one.seats.a.sign.public).toBe(other.seats.a.sign.public)
    expect(one.board).not.toBe(other.board)
    expect(extend(one.chain, other.make())).toEqual({ ok: false, code: 'wrong-board' })
  })

  it('R10: a fault stops the history at the last good record', () => {
    const maker = new HistoryMaker().together()
    const bad = { ...maker.make(), sig: new Uint8Array(64) }
    const reading = readHistory([...maker.records, bad, maker.make()], maker.keys.acts)
    expect(reading.refused).toEqual({ index: 3, code: 'bad-signature' })
    expect(reading.chain).toEqual(maker.chain)
  })

  it('R10: replayed, a history comes to the same chain', () => {
    for (const vector of validVectors()) {
      const { chain } = readHistory(recordsOf(vector), new Uint8Array(32))
      const replayed = recordsOf(vector).reduce<Chain | null>((before, record) => {
        const extended = replay(before, record)
        if (!extended.ok) throw new Error(extended.code)
        return extended.value.chain
      }, null)
      expect(replayed).toEqual(chain)
    }
  })

  it('R10: replaying refuses everything else that extending refuses, but signatures', () => {
    for (const vector of invalidVectors()) {
      const records = recordsOf(vector)
      const { chain } = readHistory(records.slice(0, vector.refused), new Uint8Array(32))
      const replayed = replay(chain, records[vector.refused]!)
      if (vector.refusal !== 'bad-signature') expect(replayed.ok, vector.about).toBe(false)
    }
  })

  it('R5 R10: replayed with another signature, a record has another hash', () => {
    const maker = new HistoryMaker().together()
    const record = maker.make()
    const [mine, other] = [record, { ...record, sig: new Uint8Array(64) }].map((each) => {
      const replayed = replay(maker.chain, each)
      return replayed.ok && replayed.value.chain.hash
    })
    expect(mine).toBe(chainHash(record))
    expect(other).not.toBe(mine)
  })

  it('R9: refusing a record changes nothing that was there', () => {
    const maker = new HistoryMaker().together()
    const before = structuredClone(maker.chain)
    for (const vector of invalidVectors()) {
      for (const record of recordsOf(vector)) extend(maker.chain, record)
    }
    expect(maker.chain).toEqual(before)
  })

  it('R7: of two records for one place, the second no longer fits once the first is in', () => {
    const maker = new HistoryMaker().together()
    const [mine, theirs] = [maker.make(), maker.make({ seat: 'b' })]
    expect(extend(maker.chain, theirs).ok).toBe(true)
    maker.append(mine)
    expect(extend(maker.chain, theirs)).toEqual({ ok: false, code: 'not-next' })
  })

  it('A9: an author’s clock decides neither order nor validity', () => {
    const maker = new HistoryMaker().together()
    for (const at of [0, 99_999_999_999, 1, 1_790_000_000]) maker.append(maker.make({ at }))
    expect(maker.chain?.seq).toBe(6)
  })

  it('R8: an invitation is open until it is replaced, cancelled or used', () => {
    const maker = new HistoryMaker().found()
    const states = () => maker.chain?.membership.invitations.map(({ state }) => state)
    const first = maker.invite()
    expect(states()).toEqual(['open'])
    const second = maker.invite()
    expect(states()).toEqual(['cancelled', 'open'])
    maker.cancel(second)
    expect(states()).toEqual(['cancelled', 'cancelled'])
    maker.claim(maker.invite())
    expect(states()).toEqual(['cancelled', 'cancelled', 'used'])
    expect(maker.chain?.membership.b?.sign).toBe(maker.seats.b.sign.public)
    expect(extend(maker.chain, maker.make({ open: inviteOf(first) }))).toMatchObject({
      code: 'board-full',
    })
  })
})

import { expect, test } from 'vitest'
import { foldStored } from '../../server/live/fold-stored.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { HistoryMaker } from '../support/history/make-history.ts'

const stored = (records: readonly SignedRecord[]) =>
  records.map((record) => ({ ...record, received: 1 }))

test('R8 a stored history leads to the chain that it led to when it was appended', () => {
  const maker = new HistoryMaker(3).together().say('b', { kind: 'name', name: 'Benno' })
  const { chain, written } = foldStored(maker.board, stored(maker.records))
  expect(chain).toEqual(maker.chain)
  expect(written).toEqual({ a: 2, b: 2 })
})

test.each<[string, (maker: HistoryMaker) => SignedRecord]>([
  [
    'a second claim',
    (maker) => maker.make({ seat: 'b', open: maker.claimOf(maker.newInvitation()) }),
  ],
  ['a second founding', (maker) => maker.records[0]!],
  ['a record that skips one', (maker) => maker.make({ seq: 9 })],
])('R8 a stored history with %s is damaged, although no key is checked again', (_, next) => {
  const maker = new HistoryMaker(3).together()
  expect(() => foldStored(maker.board, stored([...maker.records, next(maker)]))).toThrow(
    /does not follow/,
  )
})

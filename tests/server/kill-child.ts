/**
 * Run in a process of its own, to be killed: appends records and words to one
 * board and prints a line for each that was acknowledged.
 *
 *   r <seq> <chain hash>   a record
 *   w <number>             words; an entry's bytes are the numbers that it holds, u32be each
 */
import { chainHash } from '../../shared/record.ts'
import { openFileStore } from '../../server/store/file-store.ts'
import type { Store, StoredRecord } from '../../server/store/store.ts'
import { dice, placeAfter, randomRecord } from '../support/store/store-records.ts'
import { entryHolding, numbersIn } from '../support/store/store-numbers.ts'

const recordsInAll = 10_000
/** How many appends are on their way at once. */
const inFlight = 3

const print = (line: string) => void process.stdout.write(`${line}\n`)

const appendRecords = async (store: Store, board: string, seed: number) => {
  const roll = dice(seed)
  const records: StoredRecord[] = [...(await store.history(board)).records]
  while (records.length < recordsInAll) {
    const batch = Array.from({ length: inFlight }, async () => {
      const place = placeAfter(records)
      const record = randomRecord(roll)
      records.push(record)
      if (!(await store.appendRecord(board, place, record))) throw new Error('a place was taken')
      print(`r ${place.seq} ${chainHash(record)}`)
    })
    await Promise.all(batch)
  }
}

const appendWords = async (store: Store, board: string) => {
  let held = numbersIn(await store.words(board, 'board'))
  let entries = (await store.words(board, 'board')).entries.length
  for (let next = (held.at(-1) ?? -1) + 1; ; next += 1) {
    await store.appendWords(board, 'board', entryHolding([next]))
    print(`w ${next}`)
    held = [...held, next]
    entries += 1
    if (entries < 12) continue
    const later = [next + 1, next + 2].map((number) =>
      store.appendWords(board, 'board', entryHolding([number])).then(() => print(`w ${number}`)),
    )
    // Called after them, so it stands where all that was called before has been counted.
    await Promise.all([store.replaceWords(board, 'board', entries, entryHolding(held)), ...later])
    held = [...held, next + 1, next + 2]
    entries = 3
    next += 2
  }
}

const [, , root = '', board = '', seed = '0'] = process.argv
const store = await openFileStore({ root, pace: { gatherMs: 1, restMs: 1 } })
print('open')
await Promise.all([appendRecords(store, board, Number(seed)), appendWords(store, board)])

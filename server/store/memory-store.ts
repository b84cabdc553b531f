/**
 * The store in memory, for tests and trials: every guarantee of the interface
 * but the disk's. What is kept are the same bytes that a file would hold, so
 * neither side can change what the other has.
 */
import { isBoardId } from '../../shared/ids.ts'
import { chainHash } from '../../shared/record.ts'
import { assertCount, readRecord, readWords, writeRecord, writeWords } from './entries.ts'
import { parseSidecar } from './sidecar.ts'
import { StoreError } from './store.ts'
import type { Channel, Place, Sidecar, Store, StoredRecord, WordsEntry } from './store.ts'

interface Board {
  readonly records: Uint8Array[]
  readonly words: Record<Channel, Uint8Array[]>
  next: Place
  sidecar: Sidecar
}

export const createMemoryStore = (): Store => new MemoryStore()

// Nothing here waits, so each method is one step and needs no queue.
class MemoryStore implements Store {
  readonly #boards = new Map<string, Board>()
  #closed = false

  async index() {
    this.#assertOpen()
    const names = [...this.#boards.keys()].sort()
    return names.map((board) => ({ board, sidecar: parseSidecar(this.#board(board).sidecar) }))
  }

  async create(board: string, genesis: StoredRecord, sidecar: Sidecar) {
    this.#assertOpen()
    assertBoardId(board)
    if (this.#boards.has(board)) return false
    this.#boards.set(board, {
      records: [writeRecord(genesis)],
      words: { board: [], 'mine-a': [], 'mine-b': [] },
      next: { seq: 1, prev: chainHash(genesis) },
      sidecar: parseSidecar(sidecar),
    })
    return true
  }

  async history(board: string) {
    return { records: readAll(this.#board(board).records, readRecord), damage: null }
  }

  async appendRecord(board: string, expected: Place, record: StoredRecord) {
    const payload = writeRecord(record)
    const { records, next } = this.#board(board)
    if (expected.seq !== next.seq || expected.prev !== next.prev) return false
    records.push(payload)
    this.#board(board).next = { seq: next.seq + 1, prev: chainHash(record) }
    return true
  }

  async sidecar(board: string) {
    return parseSidecar(this.#board(board).sidecar)
  }

  async changeSidecar(board: string, change: (current: Sidecar) => Sidecar) {
    const found = this.#board(board)
    found.sidecar = parseSidecar(change(parseSidecar(found.sidecar)))
  }

  async words(board: string, channel: Channel) {
    return { entries: readAll(this.#board(board).words[channel], readWords), skipped: 0 }
  }

  async appendWords(board: string, channel: Channel, entry: WordsEntry) {
    this.#board(board).words[channel].push(writeWords(entry))
  }

  async replaceWords(board: string, channel: Channel, count: number, entry: WordsEntry) {
    const words = this.#board(board).words[channel]
    assertCount(count, words.length)
    words.splice(0, count, writeWords(entry))
  }

  /** What lies here is the store itself: there is nothing to give back. */
  async release(_board: string) {
    this.#assertOpen()
  }

  async close() {
    this.#closed = true
    this.#boards.clear()
  }

  #board(board: string): Board {
    this.#assertOpen()
    assertBoardId(board)
    const found = this.#boards.get(board)
    if (found === undefined) throw new StoreError('no-board', 'there is no such board')
    return found
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreError('store-failed', 'the store is closed')
  }
}

/** Nothing is passed over in memory: all of it was written by this process. */
const readAll = <T>(payloads: Uint8Array[], read: (payload: Uint8Array) => T | null): T[] =>
  payloads.map(read).filter((entry) => entry !== null)

const assertBoardId = (board: string): void => {
  if (!isBoardId(board)) throw new StoreError('no-board', 'this is no id of a board')
}

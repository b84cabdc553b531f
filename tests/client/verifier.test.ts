import { beforeAll, describe, expect, it, vi } from 'vitest'
import { verifierHere } from '../../client/history/verifier.ts'
import { verifierThere, type WorkerLike } from '../../client/history/verifier-there.ts'
import type { Question, Reply } from '../../client/history/verifier-worker.ts'
import { extend, type Chain } from '../../shared/history.ts'
import { verify } from '../../shared/crypto.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { invalidVectors, recordsOf, validVectors } from '../support/history/read-vectors.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { HALL, yes } from '../support/history/tell-lines.ts'

let records: readonly SignedRecord[]
beforeAll(() => {
  const maker = new HistoryMaker().together()
  for (let i = 0; i < 20; i++) maker.say(i % 2 ? 'a' : 'b', yes(HALL))
  records = maker.records
})

/** How many follow, one by one. */
function oneByOne(all: readonly SignedRecord[]): number {
  let chain: Chain | null = null
  for (const [i, record] of all.entries()) {
    const extended = extend(chain, record)
    if (!extended.ok) return i
    chain = extended.value.chain
  }
  return all.length
}

const spoilt = (at: number): SignedRecord[] =>
  records.map((each, i) => (i === at ? { ...each, sig: new Uint8Array(64) } : each))

describe.each([
  ['the platform’s Ed25519', verifierHere()],
  ['our own', verifierHere(verify)],
])('R10: a stretch of history, with %s', (_, verifier) => {
  it('follows as far as it does record by record', async () => {
    const followed = await verifier.follow(null, records, false)
    expect(followed).toHaveLength(records.length)
    const [last] = followed.slice(-1)
    expect(last?.chain.seq).toBe(records.length - 1)
    for (const at of [0, 2, 7, 22]) {
      expect(await verifier.follow(null, spoilt(at), false)).toHaveLength(at)
    }
    const swapped = [...records.slice(0, 5), records[6]!, records[5]!, ...records.slice(7)]
    expect(await verifier.follow(null, swapped, false)).toHaveLength(5)
    expect(
      await verifier.follow(null, [...records.slice(0, 5), ...records.slice(6)], false),
    ).toHaveLength(5)
  })

  it('goes on from where the chain is', async () => {
    const [, , third] = await verifier.follow(null, records.slice(0, 3), false)
    const rest = await verifier.follow(third!.chain, records.slice(3), false)
    expect(rest).toHaveLength(records.length - 3)
    expect(await verifier.follow(third!.chain, records.slice(4), false)).toEqual([])
  })

  it('what is known is not verified again, but its chain is', async () => {
    expect(await verifier.follow(null, spoilt(22), true)).toHaveLength(23)
    expect(await verifier.follow(null, spoilt(7), true)).toHaveLength(8) // the next names another hash
  })

  it('gives the verdict of the server on every vector', async () => {
    for (const vector of [...validVectors(), ...invalidVectors()]) {
      const all = recordsOf(vector)
      expect(await verifier.follow(null, all, false)).toHaveLength(oneByOne(all))
    }
  })
})

/** A worker in this thread, which may be told to stop. */
class NearWorker implements WorkerLike {
  onmessage: WorkerLike['onmessage'] = null
  onerror: WorkerLike['onerror'] = null
  onmessageerror: WorkerLike['onmessageerror'] = null
  broken = false
  asked = 0
  terminate = vi.fn()
  postMessage({ id, chain, records: all, known }: Question): void {
    this.asked++
    if (this.broken) {
      queueMicrotask(() => void this.onerror?.call(this as never, {} as never))
      return
    }
    void verifierHere()
      .follow(chain, all, known)
      .then((followed) => {
        const data: Reply = { id, followed }
        this.onmessage?.call(this as never, { data } as never)
      })
  }
}

describe('in a worker', () => {
  it('each question gets its own answer', async () => {
    const worker = new NearWorker()
    const there = verifierThere(() => worker)
    const answers = await Promise.all([
      there.follow(null, records, false),
      there.follow(null, spoilt(4), false),
      there.follow(null, spoilt(22), true),
    ])
    expect(answers.map(({ length }) => length)).toEqual([23, 4, 23])
    expect(worker.asked).toBe(3)
    there.close()
    expect(worker.terminate).toHaveBeenCalled()
  })

  it('that cannot start, or stops on the way, it is done here', async () => {
    const without = verifierThere(() => {
      throw new Error('not allowed')
    })
    expect(await without.follow(null, spoilt(4), false)).toHaveLength(4)
    const worker = new NearWorker()
    worker.broken = true
    const there = verifierThere(() => worker)
    expect(await there.follow(null, spoilt(4), false)).toHaveLength(4)
    expect(await there.follow(null, records, false)).toHaveLength(23)
    expect(worker.asked).toBe(1)
  })

  it('closed while it is asked, it answers that nothing is verified', async () => {
    const worker = new NearWorker()
    const there = verifierThere(() => worker)
    const asked = there.follow(null, records, false)
    there.close()
    expect(await asked).toEqual([])
  })
})

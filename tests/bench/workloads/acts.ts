/**
 * Yes to and fro on 200 boards: how many acts a second are signed, on the disk and with the
 * partner, beside what the disk alone can do in the same minute. The acts are signed beforehand:
 * it is the server that is measured.
 */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { SignedRecord } from '../../../shared/record.ts'
import type { Link } from '../../../client/wire/link.ts'
import type { HistoryMaker } from '../../support/history/make-history.ts'
import { hedgerow } from '../peers/hedgerow.ts'
import { quantile } from '../stats.ts'
import { MS, PER_SECOND, PERCENT } from '../table.ts'
import { usedDuring } from './couples.ts'
import type { Figures, Workload } from './workload.ts'

const WORDS = 'From ten our phones stay in the hall.'
/** As many as Node writes files with at once. */
const AT_ONCE = 4

export const acts: Workload = {
  name: 'acts',
  title: 'Acts: yes to and fro on 200 boards at once',
  peers: ['hedgerow'],
  rounds: 2,
  seconds: 60,
  rows: [
    { key: 'perSecond', what: 'acts', unit: PER_SECOND },
    { key: 'p50', what: 'to the acknowledgement, p50', unit: MS },
    { key: 'p99', what: 'to the acknowledgement, p99', unit: MS },
    { key: 'shownP99', what: "to the partner's device, p99", unit: MS },
    {
      key: 'fsyncs',
      what: `the disk alone: 1 KiB and an fsync, ${AT_ONCE} at once`,
      unit: PER_SECOND,
    },
    { key: 'server', what: 'load of the server, of one core', unit: PERCENT },
    { key: 'people', what: 'load of all people, of one core', unit: PERCENT },
  ],

  async measure(_, folder, short): Promise<Figures> {
    const [count, each, fsyncing] = short ? [3, 4, 100] : [200, 16, 2000]
    const site = await hedgerow.start(folder, count)
    try {
      const couples = await inTens(site.boards, async (maker, board) => {
        const links = await Promise.all([site.link(board, 0), site.link(board, 1)])
        return new Couple(links, answersOf(maker, each))
      })
      const fsyncs = await fsyncsPerSecond(folder, fsyncing)
      const start = performance.now()
      const { server, people } = await usedDuring(site, async () => {
        await Promise.all(couples.map((couple) => couple.sayAll()))
      })
      const seconds = (performance.now() - start) / 1000
      const acknowledged = couples.flatMap(({ toSaid }) => toSaid)
      for (const couple of couples) couple.close()
      return {
        perSecond: acknowledged.length / seconds,
        p50: quantile(acknowledged, 0.5),
        p99: quantile(acknowledged, 0.99),
        shownP99: quantile(
          couples.flatMap(({ toShown }) => toShown),
          0.99,
        ),
        fsyncs,
        server: server * 100,
        people: people * 100,
      }
    } finally {
      await site.server.stop()
    }
  },
}

/** Yes of the one and yes of the other, to a new wording each time both have agreed. */
function answersOf(maker: HistoryMaker, count: number): SignedRecord[] {
  const first = maker.records.length
  for (let n = 0; n < count; n++) {
    const words = `${WORDS} (${n >> 1})`
    maker.say(n % 2 === 0 ? 'a' : 'b', {
      ...{ kind: 'yes', boundary: '00'.repeat(16) },
      wording: { kind: 'ours', name: 'Phones at night', words, ifItSlips: '', until: null },
    })
  }
  return maker.records.slice(first)
}

class Couple {
  readonly toSaid: number[] = []
  readonly toShown: number[] = []
  readonly #links: readonly [Link, Link]
  readonly #answers: readonly SignedRecord[]

  constructor(links: readonly [Link, Link], answers: readonly SignedRecord[]) {
    this.#links = links
    this.#answers = answers
  }

  /** Each answers as soon as the other's answer is there. */
  async sayAll(): Promise<void> {
    for (const [n, record] of this.#answers.entries()) {
      const [from, to] = n % 2 === 0 ? this.#links : [this.#links[1], this.#links[0]]
      const start = performance.now()
      const shown = new Promise<void>((resolve) => {
        const undo = to.onFact('record:appended', () => {
          undo()
          this.toShown.push(performance.now() - start)
          resolve()
        })
      })
      const said = await from.request('record:append', { record })
      if (!said.ok) throw new Error(said.code)
      this.toSaid.push(performance.now() - start)
      await shown
    }
  }

  close(): void {
    for (const link of this.#links) link.close()
  }
}

async function inTens<T, R>(
  all: readonly T[],
  job: (one: T, n: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = []
  for (let at = 0; at < all.length; at += 10) {
    done.push(...(await Promise.all(all.slice(at, at + 10).map((one, n) => job(one, at + n)))))
  }
  return done
}

async function fsyncsPerSecond(folder: string, ms: number): Promise<number> {
  const bytes = new Uint8Array(1024)
  const start = performance.now()
  let done = 0
  const write = async (_: unknown, n: number) => {
    const file = await open(join(folder, `.fsync-${n}`), 'w')
    while (performance.now() - start < ms) {
      await file.write(bytes)
      await file.sync()
      done++
    }
    await file.close()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, write))
  return done / ((performance.now() - start) / 1000)
}

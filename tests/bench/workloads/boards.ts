/** A thousand boards open at once, two people at each: what one takes of the server's memory, and what is left when all have gone. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Person, Site } from '../peers/peer.ts'
import { KILOBYTES, TIMES } from '../table.ts'
import { twoAt } from './couples.ts'
import { reads, traceState, type TraceState } from './trace-board.ts'
import type { Figures, Workload } from './workload.ts'

export const boards: Workload = {
  name: 'boards',
  title: 'Open boards: 1,000 with two people each, every one holding the text of the trace',
  peers: ['hedgerow', 'hocuspocus', 'y-websocket'],
  rounds: 1,
  seconds: 150,
  rows: [
    { key: 'rss', what: 'server memory per board', unit: KILOBYTES },
    { key: 'heap', what: 'of it on the heap', unit: KILOBYTES },
    { key: 'left', what: 'heap after all have left, of that before', unit: TIMES },
  ],

  async measure(peer, folder, short): Promise<Figures> {
    const [count, warmUp, restMs] = short ? [3, 1, 300] : [1000, 50, 3000]
    const state = await traceState(undefined, short ? 500 : undefined)
    // Some come and go first: what is loaded once is loaded.
    const site = await peer.start(folder, count + warmUp)
    try {
      for (const person of await fill(site, count, count + warmUp, state)) person.close()
      const before = await settledMemory(site, restMs)
      const people = await fill(site, 0, count, state)
      const open = await settledMemory(site, restMs)
      for (const person of people) person.close()
      const after = await settledMemory(site, restMs)
      return {
        rss: (open.rss - before.rss) / count / 1000,
        heap: (open.heap - before.heap) / count / 1000,
        left: after.heap / before.heap,
      }
    } finally {
      await site.server.stop()
    }
  },
}

async function fill(site: Site, from: number, to: number, state: TraceState): Promise<Person[]> {
  const people: Person[] = []
  for (let board = from; board < to; board += 8) {
    const some = Array.from({ length: Math.min(8, to - board) }, (_, n) => board + n)
    people.push(...(await Promise.all(some.map((each) => couple(site, each, state)))).flat())
  }
  return people
}

async function couple(site: Site, board: number, { text, update }: TraceState): Promise<Person[]> {
  const people = await twoAt(site, board)
  people[0].bring(update)
  await reads(people[1].doc, text)
  return people
}

/** Once the server has nothing left to do: what it does when people pause or leave is done by then. */
async function settledMemory(site: Site, restMs: number) {
  let used = await site.server.cpu()
  for (;;) {
    await sleep(restMs)
    const now = await site.server.cpu()
    if (now - used < (restMs * 1000) / 10) return site.server.memory()
    used = now
  }
}

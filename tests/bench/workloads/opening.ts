/** A board that was typed keystroke by keystroke and left, opened on a device that has nothing: how soon its text reads, and the bytes that brought it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { readTrace } from '../../support/partners/trace.ts'
import type { Site } from '../peers/peer.ts'
import { median } from '../stats.ts'
import { KILOBYTES, MS } from '../table.ts'
import { twoAt } from './couples.ts'
import { countingWire } from './counting-wire.ts'
import { reads, traceState, typeTrace } from './trace-board.ts'
import type { Figures, Workload } from './workload.ts'

export const opening: Workload = {
  name: 'opening',
  title: 'Opening a board that was typed keystroke by keystroke, from nothing',
  peers: ['hedgerow', 'hocuspocus', 'y-websocket'],
  rounds: 3,
  seconds: 90,
  rows: [
    { key: 'ms', what: 'connecting to readable text', unit: MS },
    { key: 'received', what: 'received', unit: KILOBYTES },
    { key: 'plain', what: 'the plain Yjs document', unit: KILOBYTES },
  ],

  async measure(peer, folder, short): Promise<Figures> {
    const trace = readTrace()
    const [count, warmUp, times] = short ? [500, 1, 2] : [trace.txns.length, 10, 30]
    const { text, update } = await traceState(trace, count)
    const site = await peer.start(folder, 1)
    try {
      const people = await twoAt(site, 0)
      await typeTrace(people, trace, count)
      for (const person of people) person.close()
      const took: number[] = []
      for (let time = -warmUp; time < times; time++) {
        await quiet(site)
        const ms = await open(site, text)
        if (time >= 0) took.push(ms)
      }
      await quiet(site)
      const wire = await countingWire(site.server.port)
      await open(site, text, wire.port)
      wire.close()
      return {
        ms: median(took),
        received: wire.received() / 1000,
        plain: update.length / 1000,
      }
    } finally {
      await site.server.stop()
    }
  },
}

async function open(site: Site, text: string, port = site.server.port): Promise<number> {
  const start = performance.now()
  const person = await site.connect(0, 1, port)
  await reads(person.doc, text)
  const took = performance.now() - start
  person.close()
  return took
}

/** Nobody is there, and the server has put everything away. */
async function quiet(site: Site): Promise<void> {
  let used = await site.server.cpu()
  for (;;) {
    await sleep(150)
    const now = await site.server.cpu()
    if (now - used < 5000) return
    used = now
  }
}

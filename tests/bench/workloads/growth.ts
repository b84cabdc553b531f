/** Ever more couples who type at once on one server: how many there are when the slowest in a hundred keystrokes takes too long. */
import { quantile } from '../stats.ts'
import { COUPLES, MS, PERCENT } from '../table.ts'
import { meetAll, typeFor, usedDuring, type Couple } from './couples.ts'
import type { Figures, Workload } from './workload.ts'

const TOO_LONG_MS = 50
const STEPS = [1, 10, 25, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500]

export const growth: Workload = {
  name: 'growth',
  title: 'Growth: 1 to 500 couples who type at once, until p99 to the partner passes 50 ms',
  peers: ['hedgerow', 'hocuspocus'],
  rounds: 1,
  seconds: 120,
  rows: [
    { key: 'within', what: 'couples at the last step within 50 ms', unit: COUPLES },
    { key: 'p99', what: 'p99 to the partner there', unit: MS },
    { key: 'server', what: 'load of the server there, of one core', unit: PERCENT },
    { key: 'people', what: 'load of all people there, of one core', unit: PERCENT },
    { key: 'serverBeyond', what: 'load of the server at the next step', unit: PERCENT },
    { key: 'peopleBeyond', what: 'load of all people at the next step', unit: PERCENT },
  ],

  async measure(peer, folder, short): Promise<Figures> {
    const [steps, warmUp, window] = short ? [[1, 3], 0.2, 0.3] : [STEPS, 1, 3]
    const site = await peer.start(folder, Math.max(...steps))
    const couples: Couple[] = []
    let found: Figures = { within: 0 }
    try {
      for (const step of steps) {
        couples.push(...(await meetAll(site, couples.length, step)))
        await typeFor(couples, warmUp)
        for (const couple of couples) couple.forget()
        const { server, people } = await usedDuring(site, () => typeFor(couples, window))
        const p99 = quantile(
          couples.flatMap(({ toPartner }) => toPartner),
          0.99,
        )
        const load = { server: server * 100, people: people * 100 }
        if (p99 > TOO_LONG_MS) {
          return { ...found, serverBeyond: load.server, peopleBeyond: load.people }
        }
        found = { within: step, p99, ...load }
      }
      return found
    } finally {
      for (const couple of couples) couple.close()
      await site.server.stop()
    }
  },
}

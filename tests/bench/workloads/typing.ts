/** A hundred couples type at once: what a keystroke costs the server, and how soon it is with the partner and acknowledged. */
import { quantile } from '../stats.ts'
import { MICROSECONDS, MS, PERCENT } from '../table.ts'
import type { Figures, Workload } from './workload.ts'
import { meetAll, typeFor, usedDuring } from './couples.ts'

export const typing: Workload = {
  name: 'typing',
  title: 'Typing: 100 couples at once, 8 keystrokes a second each, once warm',
  peers: ['hedgerow', 'hocuspocus', 'y-websocket', 'y-leveldb', 'ws', 'socket.io'],
  rounds: 3,
  seconds: 60,
  rows: [
    { key: 'cpu', what: 'server processor time per keystroke', unit: MICROSECONDS },
    { key: 'p50', what: 'to the partner, p50', unit: MS },
    { key: 'p99', what: 'to the partner, p99', unit: MS },
    { key: 'savedP50', what: 'to the acknowledgement, p50', unit: MS },
    { key: 'savedP99', what: 'to the acknowledgement, p99', unit: MS },
    { key: 'server', what: 'load of the server, of one core', unit: PERCENT },
    { key: 'people', what: 'load of all people, of one core', unit: PERCENT },
  ],

  async measure(peer, folder, short): Promise<Figures> {
    // Until every server's code, and the people's, is as fast as it gets.
    const [count, warmUp, window] = short ? [3, 0.2, 0.5] : [100, 10, 7]
    const site = await peer.start(folder, count)
    try {
      const couples = await meetAll(site, 0, count)
      await typeFor(couples, warmUp)
      for (const couple of couples) couple.forget()
      const before = couples.reduce((sum, { typed }) => sum + typed, 0)
      const { used, server, people } = await usedDuring(site, () => typeFor(couples, window))
      const keystrokes = couples.reduce((sum, { typed }) => sum + typed, 0) - before
      const toPartner = couples.flatMap((couple) => couple.toPartner)
      const toSaved = couples.flatMap((couple) => couple.toSaved)
      for (const couple of couples) couple.close()
      return {
        cpu: used / keystrokes,
        p50: quantile(toPartner, 0.5),
        p99: quantile(toPartner, 0.99),
        ...(toSaved.length > 0 && {
          savedP50: quantile(toSaved, 0.5),
          savedP99: quantile(toSaved, 0.99),
        }),
        server: server * 100,
        people: people * 100,
      }
    } finally {
      await site.server.stop()
    }
  },
}

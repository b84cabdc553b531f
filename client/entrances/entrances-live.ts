/** The ways in, over this browser and the server that served the page. Each loads its code when it is used. */
import type { Entrances } from './entrances.ts'
import type { Means } from './means.ts'
import { vault } from './vault-live.ts'

const means = async (): Promise<Means> => (await import('./means-live.ts')).means()

export const entrances: Entrances = {
  async knownSeats() {
    const seats = await (await vault()).seats()
    return seats.map(({ board, seat, name }) => ({ board, seat, name }))
  },
  async start(name) {
    const [{ foundBoard }, given] = await Promise.all([import('./found.ts'), means()])
    return foundBoard(given, name)
  },
  async openInvitation(secret) {
    const [{ openInvitation }, given] = await Promise.all([import('./join.ts'), means()])
    return openInvitation(given, secret)
  },
  async restore(words) {
    const [{ restoreSeat }, given] = await Promise.all([import('./restore.ts'), means()])
    return restoreSeat(given, words)
  },
}

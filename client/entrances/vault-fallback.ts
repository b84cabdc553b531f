/**
 * A vault over one that may refuse to write while the page is open: its disk is
 * full, or the browser takes it away. A seat that it does not take is kept in
 * memory, so that the page goes on, and `durable` says so from then on.
 */
import { memoryVault, type Vault } from './vault.ts'

export function fallingBack(kept: Vault): Vault {
  const memory = memoryVault()
  let durable = kept.durable
  return {
    get durable() {
      return durable
    },
    async seats() {
      const here = await memory.seats()
      const isHere = (board: string, seat: string) =>
        here.some((entry) => entry.board === board && entry.seat === seat)
      const there = await kept.seats()
      return [...there.filter(({ board, seat }) => !isHere(board, seat)), ...here]
    },
    seat: async (address) => (await memory.seat(address)) ?? kept.seat(address),
    async putSeat(entry) {
      try {
        await kept.putSeat(entry)
        await memory.removeSeat(entry)
      } catch {
        durable = false
        await memory.putSeat(entry)
      }
    },
    async changeSeat(address, change) {
      const here = await memory.seat(address)
      try {
        if (!here) return await kept.changeSeat(address, change)
      } catch {
        const entry = await kept.seat(address)
        if (entry) await memory.putSeat(entry)
      }
      await memory.changeSeat(address, change)
    },
    async removeSeat(address) {
      await memory.removeSeat(address)
      await kept.removeSeat(address)
    },
    glance: (address) => kept.glance(address),
    keepGlance: (address, box) => kept.keepGlance(address, box),
    records: (address) => kept.records(address),
    async keepRecords(address, from, records, pin) {
      await memory.keepRecords(address, 0, [], pin) // the pin alone, of a seat that is here
      // What is not kept is asked for, and verified, again.
      await kept.keepRecords(address, from, records, pin).catch(() => undefined)
    },
  }
}

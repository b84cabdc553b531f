import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { fallingBack } from '../../client/entrances/vault-fallback.ts'
import { openVault, type SeatEntry } from '../../client/entrances/vault.ts'
import { fullBrowser, type Full } from '../support/browser/full-browser.ts'

const bytes = (length: number) => new Uint8Array(length).fill(3)
const entry: SeatEntry = {
  ...{ board: 'ab'.repeat(32), seat: 'a', seed: bytes(16), boardKey: bytes(32) },
  ...{ device: '0'.repeat(16), name: 'Ana', pin: null, invitation: null },
}
const record = { head: bytes(9), sig: bytes(64), box: bytes(12), received: 1000 }
const pin = { seq: 0, hash: '0'.repeat(64) }

let fresh = 0
const open = async () => fallingBack(await openVault(`full-${fresh++}`))
const hows: Full[] = ['at once', 'later']

it.each(hows)(
  'P6: a seat that a full browser refuses (%s) is kept with the page, which says so',
  async (how) => {
    const browser = fullBrowser()
    const vault = await open()
    expect(vault.durable).toBe(true)
    browser.full = how
    await vault.putSeat(entry)
    expect(vault.durable).toBe(false)
    expect(await vault.seat(entry)).toEqual(entry)
    expect(await vault.seats()).toEqual([entry])
    await vault.changeSeat(entry, { name: 'Anna' })
    await vault.keepRecords(entry, 0, [record], pin)
    expect(await vault.seat(entry)).toEqual({ ...entry, name: 'Anna', pin })
    await vault.removeSeat(entry)
    expect(await vault.seats()).toEqual([])
  },
)

it.each(hows)(
  'P6: a seat kept before the browser was full (%s) stays; what changed holds while the page is open',
  async (how) => {
    const browser = fullBrowser()
    const vault = await open()
    await vault.putSeat(entry)
    browser.full = how
    await vault.changeSeat(entry, { name: 'Anna' })
    await vault.keepRecords(entry, 0, [record], pin)
    expect(await vault.seat(entry)).toEqual({ ...entry, name: 'Anna', pin })
    expect(vault.durable).toBe(true) // the keys are on the device
    expect(await (await openVault(`full-${fresh - 1}`)).seat(entry)).toEqual(entry)
    expect(browser.refused).toBeGreaterThan(1)
  },
)

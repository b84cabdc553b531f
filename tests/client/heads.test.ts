/** P3: two devices that were shown different histories, once they meet. */
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { memoryVault, type SeatEntry, type Vault } from '../../client/entrances/vault.ts'
import { Heads } from '../../client/history/heads.ts'
import { Records } from '../../client/history/records.ts'
import { isSignedHead, signHead } from '../../shared/heads.ts'
import type { Seat } from '../../shared/ids.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { HandLink } from '../support/partners/hand-link.ts'
import { HistoryMaker } from '../support/history/make-history.ts'
import { BEGIN, HALL, KITCHEN, yes } from '../support/history/tell-lines.ts'

const stamped = (record: SignedRecord) => ({ ...record, received: BEGIN * 1000 })

interface Device {
  readonly records: Records
  readonly presence: Awareness
  readonly vault: Vault
  readonly entry: SeatEntry
}

let common: HistoryMaker
beforeEach(() => {
  common = new HistoryMaker().together()
})

async function device(seat: Seat, told: HistoryMaker): Promise<Device> {
  const vault = memoryVault()
  const entry: SeatEntry = {
    ...{ board: told.board, seat, seed: new Uint8Array(16), boardKey: told.boardKey },
    ...{ device: '0'.repeat(16), name: 'Ada', pin: null, invitation: null },
  }
  await vault.putSeat(entry)
  const records = new Records({ entry, vault, link: new HandLink(), actsKey: told.keys.acts })
  onTestFinished(() => records.close())
  await records.load()
  await records.take(told.records.map(stamped))
  const presence = new Awareness(new Y.Doc())
  onTestFinished(() => presence.destroy())
  presence.setLocalState(null)
  const sign = told.seats[seat].sign.secret
  const heads = new Heads({ seat, sign, presence, records })
  onTestFinished(() => heads.close())
  return { records, presence, vault, entry }
}

/** Both have the same boundary open: what one shows of itself reaches the other. */
function meet(one: Device, other: Device, change = (state: object) => state): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.presence.on('update', (_: unknown, origin: unknown) => {
      if (origin === 'wire') return
      applyAwarenessUpdate(
        to.presence,
        encodeAwarenessUpdate(from.presence, [from.presence.clientID]),
        'wire',
      )
    })
  }
  one.presence.setLocalState(change({ seat: one.entry.seat }))
  other.presence.setLocalState({ seat: other.entry.seat })
}

const troubles = (...devices: Device[]) => devices.map(({ records }) => records.trouble)

describe('P3: signed heads', () => {
  it('two different records at one place: both freeze once they meet, and keep the proof', async () => {
    const ana = await device('a', new HistoryMaker().together().say('a', yes(HALL)))
    const ben = await device('b', new HistoryMaker().together().say('b', yes(KITCHEN)))
    expect(troubles(ana, ben)).toEqual([null, null])
    meet(ana, ben)
    expect(troubles(ana, ben)).toEqual(['history-broken', 'history-broken'])
    for (const [here, there] of [
      [ana, ben],
      [ben, ana],
    ] as const) {
      const contradiction = async () => (await here.vault.seat(here.entry))?.contradiction
      await expect.poll(async () => (await contradiction())?.heads.length).toBe(1)
      const kept = await contradiction()
      expect(kept?.heads[0]).toMatchObject({
        seat: there.entry.seat,
        seq: 3,
        hash: there.records.hashAt(3),
      })
      expect(isSignedHead(here.records.chain!, kept!.heads[0]!)).toBe(true)
      expect(here.records.next).toBe(4)
    }
  })

  it('the same history, or one that is only shorter: nothing is said', async () => {
    const longer = new HistoryMaker().together().say('a', yes(HALL)).say('b', yes(HALL))
    const ana = await device('a', longer)
    const ben = await device('b', new HistoryMaker().together().say('a', yes(HALL)))
    meet(ana, ben)
    expect(troubles(ana, ben)).toEqual([null, null])
    await ben.records.take([stamped(longer.records[4]!)])
    expect(troubles(ana, ben)).toEqual([null, null])
  })

  it('a longer one is held against ours when we get there', async () => {
    const ana = await device(
      'a',
      new HistoryMaker().together().say('a', yes(HALL)).say('b', yes(HALL)),
    )
    const fork = new HistoryMaker().together()
    const ben = await device('b', fork)
    meet(ana, ben)
    expect(troubles(ana, ben)).toEqual([null, null])
    fork.say('a', yes(KITCHEN)).say('b', yes(KITCHEN))
    await ben.records.take(fork.records.slice(3).map(stamped))
    expect(troubles(ana, ben)).toEqual(['history-broken', 'history-broken'])
  })

  it('what nobody signed, or signed for another place, seat or board, is not believed', async () => {
    const ana = await device('a', common)
    const chain = ana.records.chain!
    const b = common.seats.b.sign.secret
    const good = signHead(b, 'b', { ...chain, hash: 'ab'.repeat(32) })
    const forged = [
      { ...good, sig: '00'.repeat(64) },
      { ...good, seq: 1 },
      { ...good, hash: 'cd'.repeat(32) },
      { ...good, seat: 'a' },
      signHead(b, 'b', { ...chain, hash: 'ab'.repeat(32), board: 'ef'.repeat(32) }),
      { ...good, extra: 1 },
      'head',
      null,
    ]
    const other = new Awareness(new Y.Doc())
    onTestFinished(() => other.destroy())
    ana.presence.setLocalState({ seat: 'a' })
    const say = (head: unknown) => {
      other.setLocalState({ seat: 'b', head })
      applyAwarenessUpdate(ana.presence, encodeAwarenessUpdate(other, [other.clientID]), 'wire')
    }
    for (const head of forged) say(head)
    expect(ana.records.trouble).toBeNull()
    say(good)
    expect(ana.records.trouble).toBe('history-broken')
  })

  it('nothing is told while one does not show oneself', async () => {
    const ana = await device('a', common)
    expect(ana.presence.getLocalState()).toBeNull()
    ana.presence.setLocalState({ seat: 'a' })
    expect(ana.presence.getLocalState()).toMatchObject({ seat: 'a', head: { seat: 'a', seq: 2 } })
    ana.presence.setLocalState(null)
    expect(ana.presence.getLocalState()).toBeNull()
  })
})

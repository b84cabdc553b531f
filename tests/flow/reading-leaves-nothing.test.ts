/**
 * Nobody can be watched through the board. The same three days are played twice, from the same
 * chance and the same clock; in one of them Ana opens the board and reads everything, in the
 * other she stays away. Byte for byte, nothing that reaches Ben, nothing on his screens and
 * nothing in the store may differ.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Board } from '../../client/board/board.ts'
// Loaded with the first boundary that is opened: here before, so that it takes no part in what is compared.
import '../../client/history/heads.ts'
import { idleFrame } from '../../server/live/sync-frames.ts'
import { equalBytes } from '../../shared/bytes.ts'
import { toHex } from '../../shared/crypto.ts'
import { arrived, level } from '../support/partners/arrived.ts'
import { HandClock } from '../support/clock.ts'
import { Partner, type PartnerOptions } from '../support/partners/partner.ts'
import { agree, sharedWith, type } from '../support/partners/partner-words.ts'
import { seededRandom } from '../support/random.ts'
import { serveBoard } from '../support/server/served-board.ts'

const DAY_MS = 86_400_000
const texts = (name: string) => ({ name, words: `About ${name}.`, ifItSlips: '' })

/** Chance and time of one device; `device` keeps devices apart. */
function means(origin: string, clock: HandClock, device: number): PartnerOptions {
  const random = seededRandom(device)
  // Documents take their number from chance of their own, before anything is written.
  const prepare = ({ words, drafts }: Board) => {
    for (const [i, { inner, outer, awareness }] of [words, drafts.words].entries()) {
      inner.clientID = device * 10 + i
      outer.clientID = awareness.clientID = device * 10 + 5 + i
      awareness.setLocalState(null)
    }
  }
  return { origin, random, prepare, now: () => clock.now() }
}

/** Everything of the protocol that reaches this partner, but the empty frames that keep a wire awake. */
function wireOf({ board }: Partner): string[] {
  const heard: string[] = []
  onTestFinished(
    board.link.onFact('words:sent', ({ channel, frames }) => {
      for (const frame of frames) {
        if (!equalBytes(frame, idleFrame)) heard.push(`${channel} ${toHex(frame)}`)
      }
    }),
  )
  onTestFinished(
    board.link.onFact('words:parted', ({ channel, bytes }) => {
      heard.push(`${channel} part ${toHex(bytes)}`)
    }),
  )
  onTestFinished(
    board.link.onFact('record:appended', ({ head, box, received }) => {
      heard.push(`record ${toHex(head)} ${toHex(box)} ${received}`)
    }),
  )
  return heard
}

/** All that Ben's screens are drawn from. */
async function screensOf({ board }: Partner): Promise<string> {
  const notes = await board.notes()
  const ids = board.cards.map(({ id }) => id)
  const { cards, history, connection, trouble, unreadable, partner, me, today, justJoined } = board
  return JSON.stringify([
    { cards, history, connection, trouble, unreadable, partner, me, today, justJoined },
    ids.map((id) => [board.boundary(id), notes.of(id), board.reading(id)]),
    [...board.words.presence.inner.getStates().values()],
  ])
}

/** Every file of the board, as it lies there now. */
function storeOf(dataDir: string, board: string): Record<string, string> {
  const folder = join(dataDir, board)
  const files = readdirSync(folder).toSorted()
  return Object.fromEntries(
    files.map((file) => [file, readFileSync(join(folder, file)).toString('hex')]),
  )
}

/** Opens the board and looks at everything in it: in and out of every boundary, and back after a cut. */
async function readEverything(ana: Partner, except: string | null): Promise<void> {
  const { board } = ana
  await ana.saved()
  for (const turn of ['once', 'and again after a reconnect']) {
    const notes = await board.notes()
    for (const { id } of board.cards) {
      if (id === except) continue
      const leave = board.enter(id)
      board
        .editor(id)
        ?.awareness.setLocalStateField('caret', { field: 'words', anchor: 1, head: 1 })
      void [board.boundary(id), board.reading(id), notes.of(id)]
      await arrived(ana)
      leave()
    }
    void [board.history, board.drafts.cards, board.invitation]
    await Promise.all([board.twelveWords(), board.fourWords()])
    board.dismissJustJoined()
    if (turn !== 'once') break
    board.link.restart()
    await ana.until(() => !board.online)
    await ana.until(() => board.online)
    await ana.saved()
  }
  await arrived(ana)
}

/** What is left of three days. `reads`: Ana opens the board on each of them. */
async function threeDays(reads: boolean) {
  const clock = new HandClock()
  const { origin, dataDir } = await serveBoard({}, clock)
  const ana = await Partner.start('Ana', means(origin, clock, 1))
  await ana.board.invite()
  const ben = await Partner.join('Ben', ana.board.invitation?.link ?? '', means(origin, clock, 2))
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  await level(ana, ben)
  const phones = await sharedWith(ana, ben, texts('Phones'))
  const money = await sharedWith(ben, ana, texts('Money'))
  const trips = await sharedWith(ana, ben, texts('Trips'))
  await agree(ana, phones)
  await level(ana, ben)
  await agree(ben, phones)
  await agree(ana, trips)
  await level(ana, ben)
  ana.board.editor(money)?.texts.words.delete(0, 1)
  ;(await ben.board.notes()).add(money, 'note', 'On call this week.')
  await level(ana, ben)
  ben.board.words.sealed.squash() // from now on a device that comes back repeats what was deleted
  await level(ben, ana)
  ana.close()

  const bensPhone = await Partner.open(ben.address, ben.vault, means(origin, clock, 3))
  onTestFinished(() => bensPhone.close())
  await level(bensPhone, ben)
  const heard = wireOf(ben)
  const screens: string[] = []
  let visit = 3
  const look = async (except: string | null = null) => {
    if (reads) {
      // Squashing at once where it is one's turn: who only reads has no turn.
      const squashing = { idle: 0, patience: () => 0 }
      const options = { ...means(origin, clock, ++visit), squashing }
      const again = await Partner.open(ana.address, ana.vault, options)
      await readEverything(again, except)
      again.close()
    }
    type(bensPhone, phones, 0, 'y')
    await level(bensPhone, ben)
    screens.push(await screensOf(ben))
  }

  await look()
  clock.advance(DAY_MS)
  for (let i = 0; i < 300; i++) type(ben, money, 0, 'x') // enough to be worth squashing
  await agree(ben, money)
  await ben.saved()
  await look()
  clock.advance(DAY_MS)
  const leave = ben.board.enter(trips)
  await look(trips) // where both are, presence is meant to show
  await ben.board.answers.notYet(trips, '2026-12-01', 'After the trip.')
  leave()
  await level(ben)
  screens.push(await screensOf(ben))
  return { heard, screens, store: storeOf(dataDir, ben.board.id), records: ben.board.records.next }
}

describe('S4–S6: reading leaves nothing', () => {
  it('on the other’s wire, on their screens and in the store, whoever opened and read everything', async () => {
    const [away, read] = [await threeDays(false), await threeDays(true)]
    expect(away.heard.length).toBeGreaterThan(2) // what he wrote elsewhere himself
    expect(read.heard).toEqual(away.heard)
    expect(read.screens).toEqual(away.screens)
    expect(Object.keys(read.store)).toEqual(Object.keys(away.store))
    expect(read.store).toEqual(away.store)
    expect(read.records).toBe(away.records)
  })

  it('and the same comparison sees one letter, and one answer, of hers', async () => {
    const clock = new HandClock()
    const { origin, dataDir } = await serveBoard({}, clock)
    const ana = await Partner.start('Ana', means(origin, clock, 1))
    await ana.board.invite()
    const ben = await Partner.join('Ben', ana.board.invitation?.link ?? '', means(origin, clock, 2))
    onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
    const id = await sharedWith(ana, ben, texts('Phones'))
    await level(ana, ben)
    const seen = async () => [await screensOf(ben), storeOf(dataDir, ben.board.id)] as const
    const heard = wireOf(ben)
    for (const [i, act] of [() => type(ana, id, 0, 'x'), () => agree(ana, id)].entries()) {
      const [screens, store] = await seen()
      await Promise.resolve(act())
      await level(ana, ben)
      const [after, stored] = await seen()
      expect(heard).toHaveLength(i + 1)
      expect(after).not.toBe(screens)
      expect(stored).not.toEqual(store)
    }
  })
})

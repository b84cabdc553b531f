/** R10: a start shows at once what this device kept of the standing, and reads the history behind it. */
import 'fake-indexeddb/auto'
import { expect, it, onTestFinished, vi } from 'vitest'
import { Board } from '../../client/board/board.ts'
import type { Vault } from '../../client/entrances/vault.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { closable } from '../support/browser/kept-browser.ts'
import { makePairAt, type Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith } from '../support/partners/partner-words.ts'
import { offline, serveBoard } from '../support/server/served-board.ts'

/** Two people: one boundary agreed, one that Ben said no to, one waiting for Ana; then Ana closed her page. */
async function begin() {
  const served = await serveBoard()
  const { keep, closed } = closable()
  const [ana, ben] = await makePairAt({ ...served, keep }, served)
  onTestFinished(() => ben.close())
  const share = (name: string) => sharedWith(ana, ben, { ...PHONES, name })
  const ids = {
    agreed: await share('Phones'),
    refused: await share('Money'),
    waiting: await share('Visits'),
  }
  await agree(ana, ids.agreed)
  await agree(ana, ids.refused)
  await inStep(ben, ana)
  await agree(ben, ids.agreed)
  await ben.board.answers.sayNo(ids.refused)
  await agree(ben, ids.waiting)
  await inStep(ana, ben)
  await ana.saved()
  const before = seenOn(ana.board)
  ana.close()
  await closed()
  await vi.waitFor(async () => expect(await ana.vault.glance(ana.address)).not.toBeNull())
  return { served, ana, ben, before, ids, keep }
}

const inStep = (who: Partner, other: Partner) =>
  who.until(() => who.board.records.next === other.board.records.next)

const seenOn = ({ cards, partner, joined, records }: Board) => ({
  cards: cards.map(({ id, name, status, forYou }) => ({ id, name, status, forYou })),
  ...{ partner, joined, next: records.next },
})

/** Ana's board again, the records of which come out of the store when the test lets them. */
async function openSlowly(
  { ana, served, keep }: Awaited<ReturnType<typeof begin>>,
  records: Vault['records'] = ana.vault.records,
) {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const vault: Vault = { ...ana.vault, records: (of) => held.then(() => records(of)) }
  const entry = (await ana.vault.seat(ana.address))!
  const board = new Board({
    ...{ origin: served.origin, entry, vault, keep, random: randomBytes, now: () => Date.now() },
  })
  onTestFinished(() => board.close())
  return { board, release, read: board.open() }
}

const until = (board: Board, holds: () => boolean) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (!holds()) return
      undo()
      resolve()
    }
    const undo = board.changed.on(look)
    look()
  })

it('the list stands before any record is read, and is the same afterwards', async () => {
  const begun = await begin()
  await offline(begun.served, begun.ben)
  const { board, release, read } = await openSlowly(begun)
  await until(board, () => board.ready)
  expect(board.records.lines).toEqual([])
  expect(board.history).toEqual([])
  expect(seenOn(board)).toEqual(begun.before)
  release()
  await read
  expect(board.records.glance).toBeNull()
  expect(seenOn(board)).toEqual(begun.before)
  expect(board.history).toEqual(begun.ana.board.history)
})

it('what is said before the history is read is on record once it is', async () => {
  const begun = await begin()
  const { board, release, read } = await openSlowly(begun)
  await until(board, () => board.ready && board.online)
  const said = board.agree(board.reading(begun.ids.waiting)!)
  await begun.ben.until(
    () => begun.ben.board.boundary(begun.ids.waiting)?.status === 'agreed',
    'the yes',
  )
  release()
  expect((await said).kind).toBe('recorded')
  await read
  expect(board.boundary(begun.ids.waiting)?.status).toBe('agreed')
  expect(board.records.trouble).toBeNull()
  expect(board.history.at(-1)?.what).toBe('agreed')
})

it('where the records behind it are gone, they are fetched again', async () => {
  const begun = await begin()
  const { board, release, read } = await openSlowly(begun, async () => [])
  await until(board, () => board.ready)
  expect(seenOn(board)).toEqual(begun.before)
  release()
  await read
  await until(board, () => board.records.caughtUp)
  expect(seenOn(board)).toEqual(begun.before)
  expect(board.records.trouble).toBeNull()
})

it('one of an earlier place is not shown', async () => {
  const begun = await begin()
  const { ana, ben, ids } = begun
  const early = (await ana.vault.glance(ana.address))!
  await ben.board.stepBack(ids.agreed)
  const { board: again, release: released } = await openSlowly(begun)
  released()
  await until(again, () => again.boundary(ids.agreed)?.inForce === null)
  await until(again, () => again.records.caughtUp)
  again.close()
  await ana.vault.keepGlance(ana.address, early)
  const { board, release, read } = await openSlowly(begun)
  release()
  let glanced = false
  board.changed.on(() => (glanced ||= board.records.glance !== null))
  await read
  expect(glanced).toBe(false)
  expect(board.boundary(ids.agreed)?.inForce).toBeNull()
})

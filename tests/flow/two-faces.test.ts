/** P3: a server that shows each of the two a history of their own, until they meet inside a boundary. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Other } from '../../client/history/both-histories.ts'
import { dayOf } from '../../client/words/days.ts'
import { troubleSentence } from '../../client/words/en.ts'
import { standingOf } from '../../shared/agreement.ts'
import { checkEverything, type Everything } from '../../shared/everything.ts'
import { isSignedHead } from '../../shared/heads.ts'
import { arrived } from '../support/partners/arrived.ts'
import { Partner, makePair } from '../support/partners/partner.ts'
import { agree, PHONES } from '../support/partners/partner-words.ts'
import { agreed, closing } from '../support/partners/two-wires.ts'
import { twoFaces } from '../support/partners/two-faces.ts'
import { openApp } from '../support/server/app.ts'
import { serveBoard } from '../support/server/served-board.ts'
import { openForTest, temporaryFolder } from '../support/store/store-folder.ts'

const HOME = { name: 'Coming home', words: 'We say when we are late.', ifItSlips: '' }
const MONEY = { name: 'Money', words: 'Above 200 we talk first.', ifItSlips: '' }

const inForce = ({ board }: Partner, id: string) =>
  standingOf(board.records.standing, id).inForce?.wording.words

/**
 * Phones and coming home are agreed. Then the server parts the two: Ben's step-back from phones
 * stays on his side, and Ana, who suggests something about money, goes on seeing that it is agreed.
 */
async function parted() {
  const served = await serveBoard()
  const [ana, ben] = await makePair({ origin: served.origin })
  const phones = await agreed(ana, ben, PHONES)
  const home = await agreed(ana, ben, HOME)
  ana.close()
  ben.close()
  await served.stop()
  const copy = join(temporaryFolder(), 'copy')
  cpSync(served.dataDir, copy, { recursive: true })

  const [anas, bens] = await twoFaces()
  const faces = await Promise.all(
    [served.dataDir, copy].map(async (root) => {
      const app = await openApp({ store: await openForTest({ root }) })
      onTestFinished(() => app.close())
      return app
    }),
  )
  anas.leadTo(faces[0]!.port)
  bens.leadTo(faces[1]!.port)
  const told = {
    ana: closing(await Partner.open(ana.address, ana.vault, { origin: anas.origin })),
    ben: closing(await Partner.open(ben.address, ben.vault, { origin: bens.origin })),
  }
  const shared = told.ana.board.share(MONEY)
  if ('problem' in shared) throw new Error(shared.problem)
  expect(await agree(told.ana, shared.id)).toEqual({ kind: 'recorded' })
  expect(await told.ben.board.stepBack(phones)).toEqual({ kind: 'recorded' })
  await arrived(told.ana, told.ben)
  return { ...told, phones, home, money: shared.id }
}

it('P3: both devices notice once both have one boundary open, and say so', async () => {
  const { ana, ben, phones, home, money } = await parted()
  // Each follows from what it saw before: alone, neither can know.
  for (const { board } of [ana, ben]) expect(board.records.trouble).toBeNull()
  expect([inForce(ana, phones), inForce(ben, phones)]).toEqual([PHONES.words, undefined])
  expect(ana.board.records.next).toBe(ben.board.records.next)

  // In different boundaries they do not meet.
  ana.board.enter(home)
  const leave = ben.board.enter(phones)
  await arrived(ana, ben)
  for (const { board } of [ana, ben]) expect(board.records.trouble).toBeNull()
  leave()
  ben.board.enter(home)
  for (const who of [ana, ben]) {
    await who.until(() => who.board.records.contradiction !== null, 'a head that contradicts')
    const { trouble, vouchedAt } = who.board
    const saw = dayOf((vouchedAt ?? 0) * 1000)
    expect(trouble && troubleSentence(trouble, saw)).toBe(
      `This board's history does not match what this device saw on ${saw}. Nothing new can be agreed until you two compare.`,
    )
  }

  // What each saw stays, and nothing can be said on it but stepping back.
  expect([inForce(ana, phones), inForce(ben, phones)]).toEqual([PHONES.words, undefined])
  expect(await agree(ana, money)).toMatchObject({ code: 'history-broken' })
  for (const { board } of [ana, ben]) {
    expect(await board.rename('Someone')).toMatchObject({ code: 'history-broken' })
    expect(await board.answers.notYet(money, '2027-01-01')).toMatchObject({
      code: 'history-broken',
    })
    expect(await board.answers.suggestEnding(home)).toMatchObject({ code: 'history-broken' })
    expect(await board.answers.lookAgain(home, '2027-01-01')).toMatchObject({
      code: 'history-broken',
    })
  }
  expect(await ana.board.stepBack(phones)).toEqual({ kind: 'recorded' })
  expect([inForce(ana, phones), inForce(ana, home)]).toEqual([undefined, HOME.words])
  expect(await ben.board.stepBack(home)).toEqual({ kind: 'recorded' })
  expect(inForce(ben, home)).toBeUndefined()
})

it('P3: each keeps what was seen, and the two files prove together that two histories were shown', async () => {
  const { ana, ben, home } = await parted()
  for (const { board } of [ana, ben]) board.enter(home)
  for (const who of [ana, ben]) {
    await who.until(() => who.board.records.contradiction !== null, 'a head that contradicts')
  }
  const files = await Promise.all(
    [ana, ben].map(
      async ({ board }) =>
        JSON.parse(JSON.stringify(await board.bothHistories())) as Everything<Other>,
    ),
  )
  const read = files.map((file) => checkEverything(file))
  const [anas, bens] = read.map((each) => (each.ok ? each.checked.chain : null))
  if (!anas || !bens) throw new Error('not proven')
  expect([anas.seq, bens.seq]).toEqual([anas.seq, anas.seq])
  expect(anas.hash).not.toBe(bens.hash)
  for (const [file, ours, theirs, seat] of [
    [files[0]!, anas, bens, 'b'],
    [files[1]!, bens, anas, 'a'],
  ] as const) {
    const { heads } = file.beside
    expect(heads.map(({ seq, hash }) => ({ seq, hash }))).toContainEqual({
      seq: theirs.seq,
      hash: theirs.hash,
    })
    for (const head of heads) {
      expect(head.seat).toBe(seat)
      expect(isSignedHead(ours, head)).toBe(true)
    }
  }
})

it('P3: it stays noticed over a restart, before anyone is met again', async () => {
  const { ana, ben, home } = await parted()
  for (const { board } of [ana, ben]) board.enter(home)
  for (const who of [ana, ben]) {
    const kept = async () => (await who.vault.seat(who.address))?.contradiction
    await expect.poll(async () => (await kept())?.heads.length).toBeGreaterThan(0)
    who.close()
    const again = closing(
      await Partner.open(who.address, who.vault, { origin: 'http://127.0.0.1:9' }),
    )
    expect(again.board.trouble).toBe('history-broken')
  }
})

/** P3: a server that went back to an old backup, and one whose history is another. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { agreementsOf, startAgain } from '../../client/board/start-again.ts'
import type { Other } from '../../client/history/both-histories.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { checkEverything, type Everything } from '../../shared/everything.ts'
import { standingOf } from '../../shared/agreement.ts'
import { arrived, level } from '../support/partners/arrived.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const MONEY = { name: 'Money', words: 'Above 200 we talk first.', ifItSlips: '' }
const HOME = { name: 'Coming home', words: 'We say when we are late.', ifItSlips: '' }
const TRIPS = { name: 'Trips', words: 'One call a day.', ifItSlips: '' }

/** Copies the server's folder now; the returned function puts it back, as a restore of a backup does. */
async function backup(served: ServedBoard): Promise<() => Promise<void>> {
  const kept = join(temporaryFolder(), 'backup')
  await served.stop()
  cpSync(served.dataDir, kept, { recursive: true })
  await served.start()
  return async () => {
    await served.stop()
    rmSync(served.dataDir, { recursive: true })
    cpSync(kept, served.dataDir, { recursive: true })
    await served.start()
  }
}

async function pair(origin: string): Promise<[Partner, Partner]> {
  const both = await makePair({ origin })
  onTestFinished(() => both.forEach((partner) => partner.close()))
  return both
}

const back = (...partners: Partner[]) =>
  Promise.all(
    partners.map(async (who) => {
      who.board.retry()
      await who.until(() => who.board.online, 'back')
    }),
  )

const inForce = ({ board }: Partner, id: string) =>
  standingOf(board.records.standing, id).inForce?.wording.words

/** Agreed before the backup: phones and coming home. After it: money, and phones stepped back from. */
async function story() {
  const served = await serveBoard()
  const [ana, ben] = await pair(served.origin)
  const phones = await sharedWith(ana, ben, PHONES)
  await agree(ana, phones)
  await level(ana, ben)
  await agree(ben, phones)
  await level(ana, ben)
  const home = await sharedWith(ana, ben, HOME)
  await agree(ana, home)
  await level(ana, ben)
  await agree(ben, home)
  await level(ana, ben)
  const restore = await backup(served)
  await back(ana, ben)
  const money = await sharedWith(ben, ana, MONEY)
  await level(ana, ben)
  await agree(ben, money)
  await level(ana, ben)
  await agree(ana, money)
  await ana.board.stepBack(phones)
  await level(ana, ben)
  return { served, ana, ben, phones, home, money, restore }
}

/** The backup is restored, and before anyone who knows better comes, something else is said. */
async function forked() {
  const told = await story()
  const { served, ana, ben, restore } = told
  const words = await ben.board.twelveWords()
  ana.close()
  ben.close()
  await restore()
  const phone = await Partner.restore(words, { origin: served.origin })
  onTestFinished(() => phone.close())
  const trips = await shareAndAgree(phone)
  const anas = await Partner.open(ana.address, ana.vault, { origin: served.origin })
  onTestFinished(() => anas.close())
  await anas.until(() => anas.board.records.contradiction !== null, 'contradiction')
  return { ...told, ana: anas, phone, trips }
}

async function shareAndAgree(who: Partner): Promise<string> {
  const made = who.board.share(TRIPS)
  if ('problem' in made) throw new Error(made.problem)
  await who.saved()
  expect((await agree(who, made.id)).kind).toBe('recorded')
  return made.id
}

describe('P3: an old backup, honestly restored', () => {
  it('is sent what it lost by both devices at once, without a scare, and the board goes on', async () => {
    const { served, ana, ben, phones, money, restore } = await story()
    const before = ana.board.records.records.map(({ head }) => head)
    const troubles: unknown[] = []
    for (const { board } of [ana, ben]) board.changed.on(() => troubles.push(board.trouble))
    await restore()
    await back(ana, ben)
    await level(ana, ben)
    // A device that has nothing is shown all of it, so the server has it.
    const phone = await Partner.restore(await ben.board.twelveWords(), { origin: served.origin })
    onTestFinished(() => phone.close())
    expect(phone.board.records.records.map(({ head }) => head)).toEqual(before)
    expect(phone.board.history.map(({ what, at }) => [what, at])).toEqual(
      ben.board.history.map(({ what, at }) => [what, at]),
    )
    expect(inForce(phone, money)).toBe(MONEY.words)
    expect(inForce(phone, phones)).toBeUndefined()
    expect(troubles.filter((trouble) => trouble === 'history-broken')).toEqual([])
    // Words too are there again (S8), and what is said next follows.
    expect(wordsOf(phone, money)).toBe(MONEY.words)
    expect(await ben.board.stepBack(money)).toEqual({ kind: 'recorded' })
    await arrived(ana, ben, phone)
    for (const who of [ana, ben, phone]) {
      expect(inForce(who, money)).toBeUndefined()
      expect(who.board.records.trouble).toBeNull()
    }
  })

  it('with one device only, the other is healed by it', async () => {
    const { served, ana, ben, money, restore } = await story()
    ben.close()
    await restore()
    await back(ana)
    await arrived(ana)
    const again = await Partner.open(ben.address, ben.vault, { origin: served.origin })
    onTestFinished(() => again.close())
    await arrived(again)
    expect([again.board.records.trouble, inForce(again, money)]).toEqual([null, MONEY.words])
  })

  it('a device whose own records are gone says so, until another brings them back', async () => {
    const { served, ana, ben, money, restore } = await story()
    ben.close()
    ana.close()
    await restore()
    const entry = (await ben.vault.seat(ben.address))!
    const wiped = { ...ben.vault, records: async () => [] }
    const { origin } = served
    const again = await Partner.open(ben.address, wiped, { origin })
    onTestFinished(() => again.close())
    await arrived(again)
    expect(again.board.trouble).toBe('history-broken')
    expect((await ben.vault.seat(ben.address))!.pin).toEqual(entry.pin)
    const anas = await Partner.open(ana.address, ana.vault, { origin })
    onTestFinished(() => anas.close())
    await again.until(() => again.board.records.trouble === null, 'healed')
    expect([again.board.records.trouble, inForce(again, money)]).toEqual([null, MONEY.words])
  })
})

describe('P3: a server that says there is no such board', () => {
  it('is not believed by a device that knows it: it cannot be reached, and all that is kept stays', async () => {
    const { ana, home } = await story()
    ana.close()
    const before = await ana.vault.seat(ana.address)
    const records = await ana.vault.records(ana.address)
    const empty = await serveBoard()
    const again = await Partner.open(ana.address, ana.vault, { origin: empty.origin })
    onTestFinished(() => again.close())
    await again.until(() => again.board.link.state.kind === 'refused', 'refused')
    expect(again.board.trouble).toBe('unreachable')
    expect(inForce(again, home)).toBe(HOME.words)
    expect(await ana.vault.seat(ana.address)).toEqual(before)
    expect(await ana.vault.records(ana.address)).toEqual(records)
  })
})

describe('P3: a history that is another', () => {
  it('freezes: nothing new can be said, what this device saw stays, and both are kept', async () => {
    const { ana, money, phones, trips } = await forked()
    const { board } = ana
    expect(board.trouble).toBe('history-broken')
    expect(inForce(ana, money)).toBe(MONEY.words)
    expect(inForce(ana, phones)).toBeUndefined()
    expect(board.records.contradiction?.records).toHaveLength(1)
    expect((await ana.vault.seat(ana.address))?.contradiction?.records).toHaveLength(1)
    expect(await board.answers.notYet(trips, '2027-01-01')).toMatchObject({
      code: 'history-broken',
    })
    expect(await board.rename('Anna')).toMatchObject({ code: 'history-broken' })
    // And at the next start, before the server is asked.
    board.close()
    const again = await Partner.open(ana.address, ana.vault, { origin: 'http://127.0.0.1:9' })
    onTestFinished(() => again.close())
    expect(again.board.trouble).toBe('history-broken')
    expect(inForce(again, money)).toBe(MONEY.words)
  })

  it('P4: one can still step back, here and where the partner hears it', async () => {
    const { ana, phone, home } = await forked()
    expect([inForce(ana, home), inForce(phone, home)]).toEqual([HOME.words, HOME.words])
    expect(await ana.board.stepBack(home)).toEqual({ kind: 'recorded' })
    expect(inForce(ana, home)).toBeUndefined()
    await phone.until(() => inForce(phone, home) === undefined, 'stepped back')
    expect(phone.board.records.trouble).toBeNull()
    // This device keeps it, also over a restart.
    ana.board.close()
    const again = await Partner.open(ana.address, ana.vault, { origin: 'http://127.0.0.1:9' })
    onTestFinished(() => again.close())
    expect(inForce(again, home)).toBeUndefined()
  })
})

describe('P4: what one stepped back from before anyone knew of two histories', () => {
  it('is stepped back from on the server’s too, so that the partner hears it', async () => {
    const { served, ana, phone, phones, home, money } = await forked()
    await phone.until(() => inForce(phone, phones) === undefined, 'stepped back')
    expect(phone.board.history.at(-1)).toMatchObject({ what: 'stepped-back', who: 'a' })
    expect(phone.board.boundary(phones)?.status).toBe('not-agreed-any-more')
    expect(phone.board.records.trouble).toBeNull()
    await arrived(ana, phone)
    // What is agreed on one of the two, and was never stepped back from, stays so.
    expect([inForce(ana, home), inForce(phone, home)]).toEqual([HOME.words, HOME.words])
    expect(inForce(ana, money)).toBe(MONEY.words)
    // Said once: at the next login there is nothing more to say.
    const before = phone.board.records.next
    ana.close()
    const again = await Partner.open(ana.address, ana.vault, { origin: served.origin })
    onTestFinished(() => again.close())
    await again.until(() => again.board.online)
    await arrived(again, phone, again, phone)
    expect(phone.board.records.next).toBe(before)
  })

  it('is not said there again by one who agreed to other words there since', async () => {
    const { served, ana, ben, phones, home, restore } = await story()
    const [anas, bens] = [await ana.board.twelveWords(), await ben.board.twelveWords()]
    await ana.board.stepBack(home)
    await level(ana, ben)
    ana.close()
    ben.close()
    await restore()
    const { origin } = served
    const phonesOfTwo = [
      await Partner.restore(anas, { origin }),
      await Partner.restore(bens, { origin }),
    ]
    onTestFinished(() => phonesOfTwo.forEach((each) => each.close()))
    const [one, other] = phonesOfTwo as [Partner, Partner]
    one.board.answers.suggestChange(phones)
    type(one, phones, 0, 'At home: ')
    await level(one, other)
    await agree(one, phones)
    await level(one, other)
    await agree(other, phones)
    await level(one, other)
    const again = await Partner.open(ana.address, ana.vault, { origin })
    onTestFinished(() => again.close())
    // Of the two, this is looked at last.
    await other.until(() => inForce(other, home) === undefined, 'stepped back')
    await arrived(again, one, other)
    expect(inForce(other, phones)).toBe(`At home: ${PHONES.words}`)
    expect(again.board.trouble).toBe('history-broken')
  })
})

describe('P3: the way out, and the file to compare', () => {
  it('what was agreed becomes suggestions on a new board: the same words, and no yes', async () => {
    const { served, ana, home, money } = await forked()
    const agreements = await agreementsOf(ana.board)
    expect(agreements.map(({ wording }) => wording.words)).toEqual([HOME.words, MONEY.words])
    const means = {
      ...{ origin: served.origin, vault: ana.vault, random: randomBytes, keep: null },
      now: () => Date.now(),
    }
    const started = await startAgain(means, ana.board, agreements)
    if (!started.ok) throw new Error(started.code)
    expect(started.value.board).not.toBe(ana.address.board)
    const again = await Partner.open(started.value, ana.vault, { origin: served.origin })
    onTestFinished(() => again.close())
    await again.saved()
    expect(again.board.me).toBe('Ana')
    expect(again.board.cards.map(({ name, status }) => [name, status]).toSorted()).toEqual([
      [HOME.name, 'being-worded'],
      [MONEY.name, 'being-worded'],
    ])
    expect(again.board.records.next).toBe(1)
    expect([inForce(ana, home), inForce(ana, money)]).toEqual([HOME.words, MONEY.words])
  })

  it('one’s own limit stays one’s own, from either seat; the partner’s is for the partner to share', async () => {
    const { origin } = await serveBoard()
    const [ana, ben] = await pair(origin)
    const shared = ben.board.share({ ...TRIPS, kind: 'b', category: 'talking' })
    if ('problem' in shared) throw new Error(shared.problem)
    await agree(ben, shared.id)
    await level(ana, ben)
    const means = { origin, random: randomBytes, keep: null, now: () => Date.now() }
    for (const [who, there] of [
      [ben, [['a', 'talking', TRIPS.words]]],
      [ana, []],
    ] as const) {
      const agreements = await agreementsOf(who.board)
      const started = await startAgain({ ...means, vault: who.vault }, who.board, agreements)
      if (!started.ok) throw new Error(started.code)
      const again = await Partner.open(started.value, who.vault, { origin })
      onTestFinished(() => again.close())
      await again.saved()
      const kinds = again.board.cards.map(({ id }) => again.board.boundary(id))
      expect(kinds.map((each) => [each?.kind, each?.category, each?.table.words])).toEqual(there)
    }
  })

  it('both histories prove themselves', async () => {
    const { ana, phone } = await forked()
    const file = JSON.parse(JSON.stringify(await ana.board.bothHistories())) as Everything<Other>
    const [ours, others] = [checkEverything(file), checkEverything(file.beside.other)]
    if (!ours.ok || !others.ok) throw new Error('not proven')
    expect(ours.checked.chain.hash).toBe(ana.board.records.chain!.hash)
    expect(others.checked.chain.hash).toBe(phone.board.records.hashAt(others.checked.chain.seq))
    expect(ours.checked.chain.board).toBe(others.checked.chain.board)
  })
})

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { memoryVault } from '../../client/entrances/vault.ts'
import { restoreSeat } from '../../client/entrances/restore.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import {
  PHONES,
  agree,
  shared,
  sharedWith,
  type,
  undoing,
  wordsOf,
} from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
let ana: Partner
let ben: Partner

beforeEach(async () => {
  served = await serveBoard()
  ;[ana, ben] = await makePair({ origin: served.origin })
  closing(ana, ben)
  await Promise.all([ana.saved(), ben.saved()])
})

function closing(...partners: Partner[]): void {
  onTestFinished(() => partners.forEach((partner) => partner.close()))
}

/** The same seat in a second tab: the same vault, so the same device. */
async function tabOf(who: Partner): Promise<Partner> {
  const tab = await Partner.open(who.address, who.vault, { origin: served.origin })
  closing(tab)
  await tab.saved()
  return tab
}

/** The same seat on a second device, from the twelve words. */
async function phoneOf(who: Partner): Promise<Partner> {
  const words = await who.board.twelveWords()
  const phone = await Partner.restore(words, { origin: served.origin })
  closing(phone)
  await phone.saved()
  return phone
}

const undo = (who: Partner, id: string) => undoing(who, id).undo()
const redo = (who: Partner, id: string) => undoing(who, id).redo()
const all = (words: string, id: string, ...partners: Partner[]) =>
  Promise.all(partners.map((who) => who.until(() => wordsOf(who, id) === words, `${words} at all`)))

describe.each<[string, (who: Partner) => Promise<Partner>]>([
  ['two tabs', tabOf],
  ['two devices', phoneOf],
])('S1, S2: %s of one seat', (_, another) => {
  it('undo takes back what was typed here, never what was typed there', async () => {
    const id = await sharedWith(ana, ben, { ...PHONES, words: 'hall' })
    const other = await another(ana)
    for (const who of [ana, other, ben]) undoing(who, id) // open: undo follows from here
    type(ana, id, 0, 'A')
    await all('Ahall', id, ana, other, ben)
    type(other, id, 0, 'O')
    await all('OAhall', id, ana, other, ben)
    type(ben, id, 0, 'B')
    await all('BOAhall', id, ana, other, ben)
    undo(ana, id)
    await all('BOhall', id, ana, other, ben)
    undo(ana, id)
    undo(ana, id)
    await all('BOhall', id, ana, other, ben)
    undo(other, id)
    await all('Bhall', id, ana, other, ben)
    redo(ana, id)
    await all('BAhall', id, ana, other, ben)
    undo(ben, id)
    await all('Ahall', id, ana, other, ben)
  })

  it('both write at once: every letter of both is there, once', async () => {
    const id = await sharedWith(ana, ben, { ...PHONES, words: '.' })
    const other = await another(ana)
    for (let i = 0; i < 50; i++) {
      type(ana, id, 0, 'a')
      type(other, id, 0, 'o')
      type(ben, id, 0, 'b')
    }
    const whole = (who: Partner) => [...(wordsOf(who, id) ?? '')].sort().join('')
    const expected = `.${'a'.repeat(50)}${'b'.repeat(50)}${'o'.repeat(50)}`
    await Promise.all([ana, other, ben].map((who) => who.until(() => whole(who) === expected)))
    await all(wordsOf(ana, id) ?? '', id, other, ben)
    expect([ana, other, ben].map(({ board }) => board.unreadable)).toEqual([0, 0, 0])
  })

  it('both share a boundary at once: both are on all tables', async () => {
    const other = await another(ana)
    const ids = [shared(ana), shared(other, { ...PHONES, name: 'Money' })]
    const has = (who: Partner) => ids.every((id) => who.board.textOf(id) !== null)
    await Promise.all([ana, other, ben].map((who) => who.until(() => has(who))))
    const listed = (who: Partner) => who.board.cards.map(({ id }) => id)
    expect(listed(other)).toEqual(listed(ana))
    expect(listed(ben)).toEqual(listed(ana))
    expect(listed(ben).toSorted()).toEqual(ids.toSorted())
  })

  it('R7: what one says the other shows, as said by this person', async () => {
    const id = await sharedWith(ana, ben)
    const other = await another(ana)
    expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
    await other.until(() => other.board.boundary(id)?.myYes === 'these-words')
    expect(other.board.boundary(id)?.status).toBe('waiting')
    expect(await other.board.takeBack(id)).toEqual({ kind: 'recorded' })
    await ana.until(() => ana.board.boundary(id)?.myYes === 'none')
    const said = await Promise.all([agree(ana, id), agree(other, id)])
    expect(said).toEqual([{ kind: 'recorded' }, { kind: 'recorded' }])
    const yeses = ana.board.history.filter(({ what }) => what === 'suggested')
    expect(yeses).toHaveLength(2) // one before the take-back, one after it
  })

  it('what one writes is nowhere called the partner’s, but at the partner’s', async () => {
    const id = await sharedWith(ana, ben)
    const other = await another(ana)
    const called = new Set<Partner>()
    for (const who of [ana, other, ben]) {
      const note = () => void (who.board.boundary(id)?.partnerWriting && called.add(who))
      onTestFinished(who.board.changed.on(note))
    }
    type(ana, id, 0, 'A')
    type(other, id, 0, 'O')
    const both = (who: Partner) => /^(AO|OA)/.test(wordsOf(who, id) ?? '')
    await Promise.all([ana, other, ben].map((who) => who.until(() => both(who))))
    expect([...called]).toEqual([ben])
    type(ben, id, 0, 'B')
    const writing = ({ board }: Partner) => board.boundary(id)?.partnerWriting === true
    await Promise.all([ana, other].map((who) => who.until(() => writing(who))))
  })

  it('S1: both keep the words in force at once, and they are there once', async () => {
    const id = await sharedWith(ana, ben)
    await agree(ana, id)
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    await agree(ben, id)
    const other = await another(ana)
    type(ana, id, 4, ' half past')
    await all(wordsOf(ana, id) ?? '', id, other)
    await Promise.all([ana.board.answers.keepWords(id), other.board.answers.keepWords(id)])
    await all(PHONES.words, id, ana, other, ben)
  })
})

it('before anyone joined, nobody is said to write, whatever arrives', async () => {
  const alone = await Partner.start('Ana', { origin: served.origin })
  closing(alone)
  await alone.saved()
  const phone = await phoneOf(alone)
  // Restored from the words and kept under an id of before: not known as one's own.
  const entry = await phone.vault.seat(phone.address)
  const vault = memoryVault()
  await vault.putSeat({ ...entry!, device: '0'.repeat(16) })
  const old = await Partner.open(alone.address, vault, { origin: served.origin })
  closing(old)
  await old.saved()
  const id = shared(alone)
  await old.until(() => wordsOf(old, id) !== undefined)
  type(old, id, 0, 'x')
  await alone.until(() => wordsOf(alone, id)?.startsWith('x') === true)
  expect(alone.board.boundary(id)?.partnerWriting).toBe(false)
})

describe('K1: coming back with twelve words', () => {
  it('where a claim that never came through left another seed, the words win', async () => {
    const entry = await ben.vault.seat(ben.address)
    await ana.vault.putSeat({ ...entry!, seed: new Uint8Array(16).fill(9), name: 'Nobody' })
    const means = { origin: served.origin, vault: ana.vault, random: randomBytes, now: () => 0 }
    const came = await restoreSeat(means, await ben.board.twelveWords())
    expect(came).toEqual({ ok: true, value: ben.address })
    const there = await Partner.open(ben.address, ana.vault, { origin: served.origin })
    closing(there)
    expect([there.board.online, there.board.me]).toEqual([true, 'Ben'])
  })
})

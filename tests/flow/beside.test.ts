/** What stands beside the words, between two partners over the real server. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { makePair, type Partner } from '../support/partners/partner.ts'
import { sharedWith, type } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
let ana: Partner
let ben: Partner
let phones: string

beforeEach(async () => {
  served = await serveBoard()
  ;[ana, ben] = await makePair({ origin: served.origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  phones = await sharedWith(ana, ben)
  await Promise.all([ana.saved(), ben.saved()])
})

describe('S1: notes', () => {
  it('reach the other, move no words, and go when their author deletes them', async () => {
    const [anas, bens] = [await ana.board.notes(), await ben.board.notes()]
    expect(bens.of(phones)).toEqual([])
    expect(anas.add(phones, 'said-back', 'You want quiet.')).toBe(true)
    await ben.until(() => bens.of(phones).length === 1)
    const [note] = bens.of(phones)
    expect(note).toMatchObject({ by: 'a', kind: 'said-back', text: 'You want quiet.' })
    bens.answer(phones, note?.id ?? '', true)
    await ana.until(() => anas.of(phones)[0]?.answer?.right === true)
    bens.remove(phones, note?.id ?? '')
    expect(bens.of(phones)).toHaveLength(1)
    anas.remove(phones, note?.id ?? '')
    await ben.until(() => bens.of(phones).length === 0)
    expect(ana.board.history.filter(({ boundary }) => boundary === phones)).toEqual([])
  })
})

describe('S1: the category', () => {
  it('reaches the other, and is no change of the words', async () => {
    // The boundary itself has just come: that counts as writing, for three seconds.
    await ben.until(() => ben.board.boundary(phones)?.partnerWriting === false)
    ana.board.setCategory(phones, 'privacy')
    await ben.until(() => ben.board.boundary(phones)?.category === 'privacy')
    expect(ben.board.boundary(phones)?.partnerWriting).toBe(false)
  })

  it('is read as a stranger’s: what is none is none', async () => {
    ana.board.words.inner.getMap('boundaries').forEach((boundary) => {
      if (boundary instanceof Object && 'set' in boundary)
        (boundary as { set: (key: string, value: unknown) => void }).set('category', 'constructor')
    })
    await ana.saved()
    ana.board.setCategory('0'.repeat(32), 'work')
    expect(ben.board.boundary(phones)?.category).toBe(null)
    expect(ben.board.boundary('0'.repeat(32))).toBe(null)
  })
})

describe("S5: Show when I'm here, switched off", () => {
  it('hides both ways, and holds on the next opening of this device', async () => {
    ana.board.enter(phones)
    ben.board.enter(phones)
    const isHere = (who: Partner) => who.board.boundary(phones)?.partnerHere
    await ana.until(() => isHere(ana) === true)
    await ben.until(() => isHere(ben) === true)
    await ben.board.showPresence(false)
    await ana.until(() => isHere(ana) === false)
    expect(isHere(ben)).toBe(false)
    expect((await ben.vault.seat(ben.address))?.hidesPresence).toBe(true)
    await ben.board.showPresence(true)
    await ana.until(() => isHere(ana) === true)
  })
})

describe('typing in one boundary', () => {
  it('leaves the card and the table of every other one as they are', async () => {
    const others = [await sharedWith(ana, ben), await sharedWith(ben, ana)]
    const before = others.map((id) => [
      ...[ana.board.table.get(id), ana.board.cards.find((card) => card.id === id)],
    ])
    const mine = ana.board.cards.find((card) => card.id === phones)
    const changed = new Set<string>()
    onTestFinished(ana.board.table.changed.on((all) => all.forEach((c) => changed.add(c.boundary))))
    for (let i = 0; i < 50; i++) type(ana, phones, 0, 'x')
    expect(ana.board.cards.find((card) => card.id === phones)).not.toBe(mine)
    others.forEach((id, i) => {
      expect(ana.board.table.get(id)).toBe(before[i]?.[0])
      expect(ana.board.cards.find((card) => card.id === id)).toBe(before[i]?.[1])
    })
    expect([...changed]).toEqual([phones])
  })
})

describe('S8: away for a while', () => {
  it('500 keystrokes written while cut off are sent and acknowledged on return', async () => {
    served.tap.refuse(true)
    served.tap.cut()
    await ana.until(() => !ana.board.online)
    for (let i = 0; i < 500; i++) type(ana, phones, 0, 'x')
    const from = performance.now()
    served.tap.refuse(false)
    ana.board.retry()
    await ana.until(() => ana.board.online)
    await ana.saved()
    console.info(`500 keystrokes: ${Math.round(performance.now() - from)} ms after coming back`)
    await ben.until(() => ben.board.textOf(phones)?.words.startsWith('x'.repeat(500)) === true)
  })
})

/** Days pass between two people: what comes due, what rests after a no, and what comes back. Nobody waits for them. */
import { beforeEach, describe, expect, it } from 'vitest'
import { addDays, dayAt } from '../../client/reading/day.ts'
import { groupOf } from '../../client/list/groups.ts'
import { level } from '../support/partners/arrived.ts'
import { HandClock } from '../support/clock.ts'
import type { Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type } from '../support/partners/partner-words.ts'
import { asked, screen, twoWires, type TwoWires } from '../support/partners/two-wires.ts'

const RECORDED = { kind: 'recorded' }
const DAY_MS = 86_400_000

let clock: HandClock
let two: TwoWires
let ana: Partner
let ben: Partner

beforeEach(async () => {
  clock = new HandClock()
  two = await twoWires(clock)
  ;({ ana, ben } = two)
})

const inDays = (days: number) => addDays(dayAt(clock.now()), days)
const pass = (days: number) => clock.advance(days * DAY_MS)
const groupFor = (who: Partner, id: string) =>
  who.board.cards.filter((card) => card.id === id).map(groupOf)[0]

describe('A9: a not-yet and its day', () => {
  it('until its day both see it, whatever the words; on it only who asked for it is asked, and can wait longer or answer', async () => {
    const id = await asked(ana, ben)
    const [until, until2] = [inDays(3), inDays(5)]
    expect(await ben.board.answers.notYet(id, until, 'After the trip.')).toEqual(RECORDED)
    type(ana, id, 0, 'So: ')
    await level(ana, ben)
    await agree(ana, id)
    await level(ana, ben)
    for (const days of [0, 2]) {
      pass(days)
      expect(screen(ana, id).status).toEqual({ kind: 'needs-until', until, mine: false })
      expect(screen(ben, id)).toMatchObject({ status: { until, mine: true }, forYou: null })
      expect([groupFor(ana, id), groupFor(ben, id)]).toEqual(['worded', 'worded'])
    }

    pass(1)
    expect(screen(ben, id)).toMatchObject({ forYou: 'due', partnerYes: 'these-words' })
    expect(screen(ana, id)).toMatchObject({ forYou: null, status: 'waiting' })
    expect([groupFor(ana, id), groupFor(ben, id)]).toEqual(['worded', 'for-you'])
    expect(ana.board.boundary(id)?.partnerAnswer).toMatchObject({ kind: 'later', passed: true })

    expect(await ben.board.answers.notYet(id, until2)).toEqual(RECORDED)
    await level(ana, ben)
    expect(screen(ana, id).status).toEqual({ kind: 'needs-until', until: until2, mine: false })
    expect(screen(ben, id).forYou).toBeNull()
    pass(30)
    expect(screen(ben, id).forYou).toBe('due') // and silence says nothing in between
    expect(await agree(ben, id)).toEqual(RECORDED)
    await level(ana, ben)
    const seen = { status: 'agreed', forYou: null, inForce: `So: ${PHONES.words}` }
    expect([screen(ana, id), screen(ben, id)]).toMatchObject([seen, seen])
  })
})

describe('A5: a no to words that were edited since', () => {
  it('is to the words that were read: the yes to them is over, and the words on the table are free', async () => {
    const id = await asked(ana, ben)
    const said = await two.unheard(
      ben,
      () => type(ana, id, 0, 'So: '),
      () => ben.board.answers.sayNo(id),
    )
    expect(said).toEqual(RECORDED)
    const seen = { status: 'being-worded', myYes: 'none', partnerYes: 'none', forYou: null }
    expect([screen(ana, id), screen(ben, id)]).toMatchObject([seen, seen])
    expect(ana.board.boundary(id)?.partnerAnswer).toMatchObject({ kind: 'no', edited: true })
    expect(ben.board.boundary(id)?.myAnswer).toMatchObject({ kind: 'no', edited: true })
    expect(ana.board.boundary(id)?.resting).toBeNull()
    expect(await agree(ana, id)).toEqual(RECORDED)
    await level(ana, ben)
    expect(screen(ben, id)).toMatchObject({ forYou: 'answer', partnerYes: 'these-words' })
  })
})

describe('A9: the same words after a no', () => {
  it('rest through the day that the sentence names, and can come back after it', async () => {
    const id = await asked(ana, ben)
    const back = inDays(7)
    await ben.board.answers.sayNo(id)
    await level(ana, ben)
    const refused = { status: 'no-for-now', forYou: null, inForce: null }
    for (const days of [0, 1, 5, 1]) {
      pass(days)
      expect(ana.board.boundary(id)?.resting).toEqual({ back, same: true })
      expect([screen(ana, id), screen(ben, id)]).toMatchObject([refused, refused])
    }
    expect(inDays(0)).toBe(back)
    pass(1)
    expect(ana.board.boundary(id)?.resting).toBeNull()
    expect(await agree(ana, id)).toEqual(RECORDED)
    await level(ana, ben)
    expect(screen(ana, id)).toMatchObject({ status: 'waiting', myYes: 'these-words' })
    expect(screen(ben, id)).toMatchObject({ forYou: 'answer', partnerYes: 'these-words' })
  })

  it('said again all the same, shouted, in another boundary: who said no is not asked before that day is over', async () => {
    const id = await asked(ana, ben)
    await ben.board.answers.sayNo(id)
    await level(ana, ben)
    const words = `${PHONES.words.toUpperCase()} — `
    const other = await sharedWith(ana, ben, { ...PHONES, name: 'Evenings', words })
    expect(ana.board.boundary(other)?.resting).toMatchObject({ same: true })
    await agree(ana, other) // a device that does not hold it back
    await level(ana, ben)
    pass(7)
    expect(screen(ben, other)).toMatchObject({ forYou: null, partnerYes: 'these-words' })
    expect(groupFor(ben, other)).toBe('worded')
    pass(1)
    expect(screen(ben, other).forYou).toBe('answer')
    expect(groupFor(ben, other)).toBe('for-you')
    expect(screen(ana, other).status).toBe('waiting')
  })

  it('taken back by who said it: the words are free at once, on both screens', async () => {
    const id = await asked(ana, ben)
    await ben.board.answers.sayNo(id)
    await ben.board.takeBack(id)
    await level(ana, ben)
    expect(ana.board.boundary(id)?.resting).toBeNull()
    const free = { status: 'being-worded', forYou: null, myYes: 'none', partnerYes: 'none' }
    expect([screen(ana, id), screen(ben, id)]).toMatchObject([free, free])
  })

  it('set aside by either, it is set aside for both; picked up by who said no, the words are free, by the other not', async () => {
    const id = await asked(ana, ben)
    await ben.board.answers.sayNo(id)
    await level(ana, ben)
    for (const [who, resting] of [
      [ana, { back: inDays(7), same: true }],
      [ben, null],
    ] as const) {
      who.board.answers.setAside(id)
      await level(ana, ben)
      for (const each of [ana, ben]) {
        expect(screen(each, id)).toMatchObject({ status: 'set-aside', forYou: null })
        expect(groupFor(each, id)).toBe('closed')
      }
      expect(await who.board.answers.pickUp(id)).toEqual(RECORDED)
      await level(ana, ben)
      const status = resting ? 'no-for-now' : 'being-worded'
      expect([screen(ana, id), screen(ben, id)]).toMatchObject([{ status }, { status }])
      expect(ana.board.boundary(id)?.resting).toEqual(resting)
    }
  })
})

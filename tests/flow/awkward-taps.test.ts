/** One person taps twice, is cut off in the middle, or undoes what was done: said once, and nothing that was not said. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { Kind } from '../../shared/wording.ts'
import { addDays } from '../../client/reading/day.ts'
import { level } from '../support/partners/arrived.ts'
import { Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type, undoing } from '../support/partners/partner-words.ts'
import {
  agreed,
  asked,
  closing,
  recordsOf,
  screen,
  twoWires,
  type TwoWires,
} from '../support/partners/two-wires.ts'

const RECORDED = { kind: 'recorded' }

let two: TwoWires
let ana: Partner
let ben: Partner

beforeEach(async () => {
  two = await twoWires()
  ;({ ana, ben } = two)
})

const limit = () => sharedWith(ana, ben, { ...PHONES, kind: 'a' as Kind } as typeof PHONES)

describe('R7: a double tap says it once', () => {
  type Act = (id: string) => Promise<unknown>
  type Story = readonly [string, () => Promise<string>, Act, object, object]
  const nextWeek = () => addDays(ben.board.today, 7)
  it.each<Story>([
    [
      'a first yes',
      () => sharedWith(ana, ben),
      (id) => agree(ben, id),
      { status: 'waiting', myYes: 'these-words' },
      { status: 'being-worded', partnerYes: 'these-words', forYou: 'answer' },
    ],
    [
      'not yet',
      () => asked(ana, ben),
      (id) => ben.board.answers.notYet(id, nextWeek(), 'After the trip.'),
      { status: { kind: 'needs-until', mine: true }, forYou: null },
      { status: { kind: 'needs-until', mine: false }, myYes: 'these-words' },
    ],
    [
      'a no',
      () => asked(ana, ben),
      (id) => ben.board.answers.sayNo(id),
      { status: 'no-for-now', partnerYes: 'none', forYou: null },
      { status: 'no-for-now', myYes: 'none', forYou: null },
    ],
    [
      'a no to an ending',
      async () => {
        const id = await agreed(ana, ben)
        await ana.board.answers.suggestEnding(id)
        await level(ana, ben)
        return id
      },
      (id) => ben.board.answers.sayNo(id),
      { status: 'agreed', partnerYes: 'none', inForce: PHONES.words },
      { status: 'agreed', myYes: 'none', inForce: PHONES.words },
    ],
    [
      'a take-back',
      () => asked(ben, ana),
      (id) => ben.board.takeBack(id),
      { status: 'being-worded', myYes: 'none' },
      { status: 'being-worded', partnerYes: 'none', forYou: null },
    ],
    [
      'a step-back',
      () => agreed(ana, ben),
      (id) => ben.board.stepBack(id),
      { status: 'not-agreed-any-more', inForce: null },
      { status: 'not-agreed-any-more', inForce: null },
    ],
    [
      'a limit heard',
      async () => {
        const id = await limit()
        await agree(ana, id)
        await level(ana, ben)
        return id
      },
      (id) => ben.board.answers.heard(id),
      { status: { kind: 'limit', mine: false, heard: true }, forYou: null },
      { status: { kind: 'limit', mine: true, heard: true } },
    ],
    [
      'a day to look at it again',
      () => agreed(ana, ben),
      (id) => ben.board.answers.lookAgain(id, nextWeek()),
      { status: 'agreed' },
      { status: 'agreed' },
    ],
  ])('%s', async (_, begin, act, bens, anas) => {
    const id = await begin()
    const before = recordsOf(ben)
    expect(await Promise.all([act(id), act(id)])).toEqual([RECORDED, RECORDED])
    await level(ana, ben)
    expect([recordsOf(ana), recordsOf(ben)]).toEqual([before + 1, before + 1])
    expect(screen(ben, id)).toMatchObject(bens)
    expect(screen(ana, id)).toMatchObject(anas)
  })

  it('the yes that makes it agreed: one record, and it is agreed once', async () => {
    const id = await asked(ana, ben)
    const before = recordsOf(ben)
    const [first] = await Promise.all([agree(ben, id), agree(ben, id)])
    expect(first).toEqual(RECORDED)
    await level(ana, ben)
    expect([recordsOf(ana), recordsOf(ben)]).toEqual([before + 1, before + 1])
    for (const who of [ana, ben]) {
      expect(screen(who, id)).toMatchObject({ status: 'agreed', myYes: 'none', partnerYes: 'none' })
      expect(who.board.history.filter(({ what }) => what === 'agreed')).toHaveLength(1)
    }
  })

  it('sharing a draft with a yes, on two devices at once: one boundary, one yes', async () => {
    const phone = closing(
      await Partner.restore(await ana.board.twelveWords(), {
        origin: [...two.wires.values()][1]?.origin ?? '',
      }),
    )
    const made = ana.board.drafts.keep(PHONES)
    const id = 'id' in made ? made.id : ''
    await phone.until(() => phone.board.drafts.get(id) !== null)
    const before = recordsOf(ana)
    const said = await Promise.all([ana, phone].map(({ board }) => board.drafts.shareAndSayYes(id)))
    expect(said).toEqual([
      { id, said: RECORDED },
      { id, said: RECORDED },
    ])
    await level(ana, phone, ben)
    expect([ana, phone, ben].map(recordsOf)).toEqual(Array(3).fill(before + 1))
    for (const who of [ana, phone]) {
      expect(screen(who, id)).toMatchObject({ status: 'waiting', words: PHONES.words })
      expect(who.board.drafts.cards).toEqual([])
    }
    expect(screen(ben, id)).toMatchObject({ forYou: 'answer', words: PHONES.words })
  })
})

describe('R7, S7: cut off after it was sent and before the answer', () => {
  it.each<[string, () => Promise<string>, (id: string) => Promise<unknown>, string]>([
    ['a yes', () => sharedWith(ana, ben), (id) => agree(ana, id), 'waiting'],
    ['a step-back', () => agreed(ana, ben), (id) => ana.board.stepBack(id), 'not-agreed-any-more'],
    ['a no', () => asked(ben, ana), (id) => ana.board.answers.sayNo(id), 'no-for-now'],
  ])(
    '%s: it is done once, shown after the return, and a second tap adds nothing',
    async (_, begin, act, status) => {
      const id = await begin()
      const wire = two.wires.get(ana)
      const before = recordsOf(ben)
      wire?.hold('down')
      const saying = act(id)
      await ben.until(() => recordsOf(ben) === before + 1)
      expect(recordsOf(ana)).toBe(before) // nothing is shown before its answer
      wire?.refuse(true)
      wire?.cut()
      expect(await saying).toEqual({ kind: 'not-recorded-yet' })
      wire?.release()
      wire?.refuse(false)
      ana.board.retry()
      await ana.until(() => screen(ana, id).status === status)
      expect(await act(id)).toEqual(RECORDED)
      await level(ana, ben)
      expect([recordsOf(ana), recordsOf(ben)]).toEqual([before + 1, before + 1])
    },
  )
})

describe('A7: undone again', () => {
  it('words edited and edited back: the yes is to these words again, and nothing is signed', async () => {
    const id = await asked(ana, ben)
    const before = [screen(ana, id), screen(ben, id), recordsOf(ana)]
    type(ben, id, 0, 'So: ')
    await level(ana, ben)
    expect([screen(ana, id).myYes, screen(ben, id).partnerYes]).toEqual([
      ...['earlier-words', 'earlier-words'],
    ])
    undoing(ben, id).undo()
    await level(ana, ben)
    expect([screen(ana, id), screen(ben, id), recordsOf(ana)]).toEqual(before)
    expect(await agree(ben, id)).toEqual(RECORDED)
    await level(ana, ben)
    expect([screen(ana, id).status, screen(ben, id).status]).toEqual(['agreed', 'agreed'])
  })

  it('A1: spaces alone ask nobody again: it is the same wording', async () => {
    const id = await asked(ana, ben)
    type(ben, id, 4, '  \t ')
    type(ben, id, 0, '\n ')
    await level(ana, ben)
    expect([screen(ana, id).myYes, screen(ben, id).partnerYes]).toEqual([
      ...['these-words', 'these-words'],
    ])
    expect(await agree(ben, id)).toEqual(RECORDED)
    await level(ana, ben)
    for (const who of [ana, ben]) {
      expect(screen(who, id)).toMatchObject({ status: 'agreed', inForce: PHONES.words })
      expect(who.board.boundary(id)?.newWords).toBe(false)
    }
  })

  it('A1: words deleted to the last: nobody can agree to that, and both screens say so', async () => {
    const id = await asked(ana, ben)
    const read = ben.board.reading(id)
    const words = ben.board.editor(id)?.texts.words
    words?.delete(0, words.length)
    await level(ana, ben)
    for (const who of [ana, ben]) {
      expect(who.board.boundary(id)).toMatchObject({ problem: 'empty', inForce: null })
      expect(who.board.reading(id)).toBeNull()
    }
    expect(read && (await ben.board.agree(read))).toMatchObject({
      kind: 'words-moved',
      after: null,
    })
    expect([screen(ana, id).myYes, screen(ben, id).partnerYes]).toEqual([
      ...['earlier-words', 'earlier-words'],
    ])
    await ben.board.answers.bringBack(id)
    await level(ana, ben)
    expect(screen(ana, id)).toMatchObject({ myYes: 'these-words', words: PHONES.words })
  })
})

/** Two people do something about one boundary at the same moment: what each is told, and what both see after. */
import { beforeEach, describe, expect, it } from 'vitest'
import { level } from '../support/partners/arrived.ts'
import type { Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type } from '../support/partners/partner-words.ts'
import {
  agreed,
  asked,
  recordsOf,
  screen,
  twoWires,
  type TwoWires,
} from '../support/partners/two-wires.ts'

const RECORDED = { kind: 'recorded' }
const LOOK_AGAIN = { kind: 'look-again' }
const LATER_WORDS = `So: ${PHONES.words}`

let two: TwoWires
let ana: Partner
let ben: Partner

beforeEach(async () => {
  two = await twoWires()
  ;({ ana, ben } = two)
})

/** What both see of it: both seats, told from one's own side. */
const both = (id: string) => ({ ana: screen(ana, id), ben: screen(ben, id) })

/** Deletes a part of the words. */
function strike(who: Partner, id: string, part: string): void {
  const words = who.board.editor(id)?.texts.words
  words?.delete(words.toJSON().indexOf(part), part.length)
}

/** Suggests other words to what is agreed. */
async function suggest(who: Partner, id: string, text: string, at = 0) {
  who.board.answers.suggestChange(id)
  type(who, id, at, text)
  return agree(who, id)
}

describe('A7: an edit meets a yes', () => {
  it('the yes comes first: it stands for the earlier words, and both screens say so', async () => {
    const id = await sharedWith(ana, ben)
    await two.unheard(
      ben,
      () => agree(ana, id),
      () => type(ben, id, 0, 'So: '),
    )
    const seen = { status: 'waiting', words: LATER_WORDS, inForce: null }
    expect(both(id)).toMatchObject({
      ana: { ...seen, myYes: 'earlier-words', partnerYes: 'none', forYou: null },
      ben: { ...seen, status: 'being-worded', partnerYes: 'earlier-words', forYou: 'answer' },
    })
  })

  it('the edit comes first, unread: both yeses are to the words that both read, and those are agreed', async () => {
    const id = await asked(ana, ben)
    const said = await two.unheard(
      ben,
      () => type(ana, id, 0, 'So: '),
      () => agree(ben, id),
    )
    expect(said).toEqual(RECORDED)
    const seen = { status: 'agreed', words: LATER_WORDS, inForce: PHONES.words, forYou: null }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
    expect(ana.board.boundary(id)?.newWords).toBe(true)
    expect(ben.board.boundary(id)?.newWords).toBe(true)
  })
})

describe('S1: both bring back the earlier words at once', () => {
  it('they stand there once, the yes is to them again, and nothing is signed', async () => {
    const id = await asked(ana, ben)
    await two.unheard(
      ben,
      () => strike(ana, id, ' in the hall'),
      () => type(ben, id, 0, 'So: '),
    )
    expect(screen(ana, id).myYes).toBe('earlier-words')
    const before = recordsOf(ana)
    await two.unheard(
      ben,
      () => ana.board.answers.bringBack(id),
      () => ben.board.answers.bringBack(id),
    )
    expect(both(id)).toMatchObject({
      ana: { words: PHONES.words, myYes: 'these-words', status: 'waiting' },
      ben: { words: PHONES.words, partnerYes: 'these-words', forYou: 'answer' },
    })
    expect([recordsOf(ana), recordsOf(ben)]).toEqual([before, before])
  })
})

describe('R7: a take-back meets a yes', () => {
  it('the take-back comes first: nothing is agreed, and who said yes is told', async () => {
    const id = await asked(ana, ben)
    const said = await two.unheard(
      ben,
      () => ana.board.takeBack(id),
      () => agree(ben, id),
    )
    expect(said).toEqual({ kind: 'taken-back-meanwhile' })
    const nobody = { myYes: 'none', partnerYes: 'none', status: 'being-worded', inForce: null }
    expect(both(id)).toMatchObject({ ana: nobody, ben: { ...nobody, forYou: null } })
  })

  it('the yes comes first: it is agreed, and who took back is told', async () => {
    const id = await asked(ana, ben)
    const said = await two.unheard(
      ana,
      () => agree(ben, id),
      () => ana.board.takeBack(id),
    )
    expect(said).toEqual({ kind: 'agreed-meanwhile' })
    const seen = { status: 'agreed', myYes: 'none', partnerYes: 'none', inForce: PHONES.words }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
  })
})

describe('A3, R7: both at once', () => {
  it('say yes: it is agreed, and neither is asked again', async () => {
    const id = await sharedWith(ana, ben)
    const before = recordsOf(ana)
    const said = await two.unheard(
      ben,
      () => agree(ana, id),
      () => agree(ben, id),
    )
    expect(said).toEqual(RECORDED)
    const seen = { status: 'agreed', inForce: PHONES.words, forYou: null }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
    expect([recordsOf(ana), recordsOf(ben)]).toEqual([before + 2, before + 2])
  })

  it('suggest a change: the first stands, the other reads again, and both texts are on the table', async () => {
    const id = await agreed(ana, ben)
    const said = await two.unheard(
      ben,
      () => suggest(ana, id, 'So: '),
      () => suggest(ben, id, ' Mostly.', PHONES.words.length),
    )
    expect(said).toEqual(LOOK_AGAIN)
    const seen = {
      ...{ status: 'change-suggested', inForce: PHONES.words },
      words: `${LATER_WORDS} Mostly.`,
    }
    expect(both(id)).toMatchObject({
      ana: { ...seen, myYes: 'earlier-words', partnerYes: 'none' },
      ben: { ...seen, myYes: 'none', partnerYes: 'earlier-words', forYou: 'answer' },
    })
  })

  it('a change and an ending: the first stands, and the ending is asked again', async () => {
    const id = await agreed(ana, ben)
    const said = await two.unheard(
      ben,
      () => suggest(ana, id, 'So: '),
      () => ben.board.answers.suggestEnding(id),
    )
    expect(said).toEqual(LOOK_AGAIN)
    const seen = { status: 'change-suggested', words: LATER_WORDS, inForce: PHONES.words }
    expect(both(id)).toMatchObject({
      ana: { ...seen, myYes: 'these-words', partnerYes: 'none' },
      ben: { ...seen, myYes: 'none', partnerYes: 'these-words', forYou: 'answer' },
    })
  })

  it('an ending and a change: the first stands, and the change is asked again', async () => {
    const id = await agreed(ana, ben)
    const said = await two.unheard(
      ben,
      () => ana.board.answers.suggestEnding(id),
      () => suggest(ben, id, 'So: '),
    )
    expect(said).toEqual(LOOK_AGAIN)
    const seen = { status: 'ending-suggested', words: LATER_WORDS, inForce: PHONES.words }
    expect(both(id)).toMatchObject({
      ana: { ...seen, myYes: 'ending', partnerYes: 'none' },
      ben: { ...seen, myYes: 'none', partnerYes: 'ending', forYou: 'answer' },
    })
  })

  it('suggest ending it: it has ended, by both, and neither is asked again', async () => {
    const id = await agreed(ana, ben)
    const said = await two.unheard(
      ben,
      () => ana.board.answers.suggestEnding(id),
      () => ben.board.answers.suggestEnding(id),
    )
    expect(said).toEqual(RECORDED)
    const seen = { status: 'let-go', myYes: 'none', partnerYes: 'none', inForce: null }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
  })
})

describe('A5, R7: a step-back meets a yes to a change', () => {
  it('the step-back comes first: nothing is in force, no yes is open, and who agreed is asked again', async () => {
    const id = await agreed(ana, ben)
    await suggest(ana, id, 'So: ')
    await level(ana, ben)
    const said = await two.unheard(
      ben,
      () => ana.board.stepBack(id),
      () => agree(ben, id),
    )
    expect(said).toEqual(LOOK_AGAIN)
    const seen = {
      ...{ status: 'not-agreed-any-more', myYes: 'none', partnerYes: 'none', forYou: null },
      ...{ words: LATER_WORDS, inForce: null },
    }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
  })

  it('the yes comes first: who suggested the change is asked before stepping back from it', async () => {
    const id = await agreed(ana, ben)
    await suggest(ana, id, 'So: ')
    await level(ana, ben)
    const said = await two.unheard(
      ana,
      () => agree(ben, id),
      () => ana.board.stepBack(id),
    )
    expect(said).toEqual(LOOK_AGAIN)
    const seen = { status: 'agreed', myYes: 'none', partnerYes: 'none', inForce: LATER_WORDS }
    expect(both(id)).toMatchObject({ ana: seen, ben: seen })
    expect(await ana.board.stepBack(id)).toEqual(RECORDED)
    await level(ana, ben)
    expect([screen(ana, id).status, screen(ben, id).status]).toEqual([
      'not-agreed-any-more',
      'not-agreed-any-more',
    ])
  })
})

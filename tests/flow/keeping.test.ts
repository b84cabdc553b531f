import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { readKept } from '../../shared/kept-words.ts'
import { makePair, type Partner } from '../support/partners/partner.ts'
import {
  agree,
  PHONES,
  sharedWith,
  type,
  undoing,
  wordsOf,
} from '../support/partners/partner-words.ts'
import { serveBoard } from '../support/server/served-board.ts'

let ana: Partner
let ben: Partner
let id: string

/** In force, and ben has written other words. */
beforeEach(async () => {
  const served = await serveBoard()
  ;[ana, ben] = await makePair({ origin: served.origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  id = await sharedWith(ana, ben)
  await agree(ana, id)
  await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
  await agree(ben, id)
  await ana.until(() => ana.board.boundary(id)?.status === 'agreed')
  for (const who of [ana, ben]) undoing(who, id) // open: undo follows from here
  type(ben, id, 0, 'On weekdays: ')
  await ana.until(() => wordsOf(ana, id) === THEIRS)
})

const THEIRS = `On weekdays: ${PHONES.words}`
const keptBy = ({ board }: Partner) => {
  const boundary = board.boundary(id)
  return readKept(boundary?.kept, boundary?.inForce?.words ?? '')
}

describe('S1: keeping the words in force takes nobody’s writing away for good', () => {
  it('both are told whose words went and who did it, and whose they were brings them back', async () => {
    await ana.board.answers.keepWords(id)
    await ben.until(() => wordsOf(ben, id) === PHONES.words && keptBy(ben) !== null)
    expect(keptBy(ben)).toMatchObject({ by: 'a', ...PHONES, words: THEIRS })
    expect(ben.board.boundary(id)?.newWords).toBe(false)
    await ben.board.answers.bringBackKept(id)
    await ana.until(() => wordsOf(ana, id) === THEIRS && keptBy(ana) === null)
    expect(ana.board.boundary(id)?.newWords).toBe(true)
  })

  it('whoever pressed brings them back too, by the button or by undo', async () => {
    await ana.board.answers.keepWords(id)
    await ana.board.answers.bringBackKept(id)
    await ben.until(() => wordsOf(ben, id) === THEIRS)
    await ana.board.answers.keepWords(id)
    await ben.until(() => wordsOf(ben, id) === PHONES.words)
    undoing(ana, id).undo()
    await ben.until(() => wordsOf(ben, id) === THEIRS)
  })

  it('both at once, kept and brought back: the words are there once', async () => {
    await Promise.all([ana, ben].map(({ board }) => board.answers.keepWords(id)))
    await Promise.all(
      [ana, ben].map((who) => who.until(() => wordsOf(who, id) === PHONES.words && !!keptBy(who))),
    )
    await Promise.all([ana.saved(), ben.saved()])
    await Promise.all([ana, ben].map(({ board }) => board.answers.bringBackKept(id)))
    await Promise.all([ana.saved(), ben.saved()])
    await Promise.all([ana, ben].map((who) => who.until(() => wordsOf(who, id) === THEIRS)))
  })

  it('closed, it is gone; and what stands there of another version or in another shape reads as nothing', async () => {
    await ana.board.answers.keepWords(id)
    await ben.until(() => keptBy(ben) !== null)
    await ben.board.answers.closeKept(id)
    await ana.until(() => keptBy(ana) === null)
    await ana.board.answers.bringBackKept(id)
    expect(wordsOf(ana, id)).toBe(PHONES.words)
    const good = { by: 'a', to: 'hash', ...PHONES }
    expect(readKept(good, 'hash')).toEqual(good)
    for (const bad of [7, null, [], new Y.Map(), { ...good, by: 'c' }, { ...good, words: {} }]) {
      expect(readKept(bad, 'hash')).toBeNull()
    }
    expect(readKept(good, 'another')).toBeNull()
  })
})

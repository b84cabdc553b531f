/** R7: what is said while the server cannot be reached, between two partners over the real server. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Said } from '../../client/board/board-view.ts'
import { makePairAt, Partner } from '../support/partners/partner.ts'
import { agree, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'
import { tapOf, type Tap } from '../support/partners/tap.ts'

const KEPT: Said = { kind: 'not-recorded-yet' }
const RECORDED: Said = { kind: 'recorded' }

let served: ServedBoard
/** Ana's own way to the server. */
let tap: Tap
let ana: Partner
let ben: Partner
let id: string

beforeEach(async () => {
  served = await serveBoard()
  tap = await tapOf(Number(new URL(served.origin).port))
  onTestFinished(() => tap.close())
  ;[ana, ben] = await makePairAt({ origin: tap.origin }, { origin: served.origin })
  onTestFinished(() => [ana, ben].forEach((who) => who.close()))
  await Promise.all([ana.saved(), ben.saved()])
  id = await sharedWith(ana, ben)
})

const view = (who: Partner) => who.board.boundary(id)
const status = (who: Partner) => view(who)?.status
const pending = (who: Partner) => view(who)?.pending ?? null
const card = (who: Partner) => who.board.cards.find((each) => each.id === id)
const acts = (who: Partner) =>
  who.board.records.lines.flatMap(({ act, seat }) =>
    act && 'boundary' in act ? [`${seat} ${act.kind}`] : [],
  )

async function bothAgree(): Promise<void> {
  expect(await agree(ana, id)).toEqual(RECORDED)
  await ben.until(() => view(ben)?.partnerYes === 'these-words')
  expect(await agree(ben, id)).toEqual(RECORDED)
  await ana.until(() => status(ana) === 'agreed')
}

async function cutOff(): Promise<void> {
  tap.refuse(true)
  tap.cut()
  await ana.until(() => ana.board.connection.kind === 'offline')
}

/** Back, and everything that waited is said or is not to be. */
async function comeBack(who = ana): Promise<void> {
  tap.refuse(false)
  who.board.retry()
  await who.until(() => who.board.connection.kind !== 'offline')
  await who.until(() => pending(who) === null || pending(who)?.unsaid !== null, 'nothing waits')
}

/** The page is closed, and opened another day with what this device kept. */
async function reopened(): Promise<Partner> {
  ana.close()
  const again = await Partner.open(ana.address, ana.vault, { origin: tap.origin })
  onTestFinished(() => again.close())
  return again
}

describe('R7: said while cut off', () => {
  it('a yes is Not recorded yet, on record nowhere, and is recorded on return', async () => {
    await cutOff()
    expect(await agree(ana, id)).toEqual(KEPT)
    expect([status(ana), card(ana)?.status, pending(ana)]).toEqual([
      'not-recorded-yet',
      'not-recorded-yet',
      { act: 'yes', unsaid: null },
    ])
    expect(view(ana)?.myYes).toBe('none')
    expect(status(ben)).toBe('being-worded')
    await comeBack()
    await ben.until(() => view(ben)?.partnerYes === 'these-words')
    expect([status(ana), pending(ana), acts(ben)]).toEqual(['waiting', null, ['a yes']])
    expect(ana.board.connection.kind).toBe('back-online')
  })

  it('a yes to words that were changed meanwhile is asked again, and nothing is signed', async () => {
    await cutOff()
    expect(await agree(ana, id)).toEqual(KEPT)
    type(ben, id, 0, 'On weekdays. ')
    await ben.saved()
    await comeBack()
    expect(pending(ana)).toEqual({ act: 'yes', unsaid: 'words-moved' })
    expect([status(ana), card(ana)?.forYou]).toEqual(['being-worded', 'unsaid'])
    expect(wordsOf(ana, id)).toBe(wordsOf(ben, id))
    expect(acts(ana)).toEqual([])
    ana.board.dismissUnsaid(id)
    expect([pending(ana), card(ana)?.forYou]).toEqual([null, null])
  })

  it('a yes meets the other’s yes to the same words: agreed on return', async () => {
    await cutOff()
    expect(await agree(ana, id)).toEqual(KEPT)
    expect(await agree(ben, id)).toEqual(RECORDED)
    await comeBack()
    await ben.until(() => status(ben) === 'agreed')
    expect([status(ana), pending(ana)]).toEqual(['agreed', null])
  })

  it('a yes after the other said no meanwhile is asked again', async () => {
    await cutOff()
    expect(await agree(ana, id)).toEqual(KEPT)
    expect(await ben.board.answers.sayNo(id)).toEqual(RECORDED)
    await comeBack()
    expect(pending(ana)).toEqual({ act: 'yes', unsaid: 'look-again' })
    expect(acts(ana)).toEqual(['b no'])
  })

  it('taken back before it was ever sent, a yes is gone and nothing is recorded', async () => {
    await cutOff()
    await agree(ana, id)
    expect(await ana.board.takeBack(id)).toEqual(RECORDED)
    expect([status(ana), pending(ana)]).toEqual(['being-worded', null])
    await comeBack()
    await ana.saved()
    expect(acts(ana)).toEqual([])
  })

  it('a step-back is recorded on return, whatever else was said meanwhile', async () => {
    await bothAgree()
    await cutOff()
    expect(await ana.board.stepBack(id)).toEqual(KEPT)
    expect([status(ana), status(ben)]).toEqual(['not-recorded-yet', 'agreed'])
    type(ben, id, 0, 'On weekdays. ')
    expect(await agree(ben, id)).toEqual(RECORDED)
    await comeBack()
    await ben.until(() => status(ben) === 'not-agreed-any-more')
    expect([status(ana), view(ana)?.partnerYes]).toEqual(['not-agreed-any-more', 'none'])
  })

  it('a step-back from words that this seat has since changed elsewhere is asked again', async () => {
    await bothAgree()
    await cutOff()
    expect(await ana.board.stepBack(id)).toEqual(KEPT)
    const words = await ana.board.twelveWords()
    const phone = await Partner.restore(words, { origin: served.origin })
    onTestFinished(() => phone.close())
    type(ben, id, 0, 'On weekdays. ')
    await phone.until(() => wordsOf(phone, id)?.startsWith('On weekdays.') === true)
    expect(await agree(ben, id)).toEqual(RECORDED)
    await phone.until(() => phone.board.boundary(id)?.partnerYes === 'these-words')
    expect(await agree(phone, id)).toEqual(RECORDED)
    await comeBack()
    expect(pending(ana)).toEqual({ act: 'step-back', unsaid: 'look-again' })
    expect(view(ana)?.inForce?.wording.words).toMatch(/^On weekdays\./)
  })

  it('is kept by the device when the page closes, sealed, and recorded when it is opened again', async () => {
    await agree(ben, id)
    await ana.until(() => view(ana)?.partnerYes === 'these-words')
    await cutOff()
    expect(await ana.board.answers.notYet(id, '2026-12-24', 'After the trip.')).toEqual(KEPT)
    const kept = (await ana.vault.seat(ana.address))?.intentions
    expect(kept?.length).toBeGreaterThan(40)
    expect(Buffer.from(kept ?? []).toString('latin1')).not.toMatch(/later|trip|2026/)
    const again = await reopened()
    expect(status(again)).toBe('not-recorded-yet')
    await comeBack(again)
    await ben.until(() => view(ben)?.partnerAnswer?.kind === 'later')
    expect(acts(ben)).toEqual(['b yes', 'a later'])
    expect(pending(again)).toBe(null)
  })

  it('two tabs that both come back say it once', async () => {
    await cutOff()
    expect(await agree(ana, id)).toEqual(KEPT)
    const tab = await reopened()
    const other = await Partner.open(ana.address, ana.vault, { origin: tap.origin })
    onTestFinished(() => other.close())
    await Promise.all([comeBack(tab), comeBack(other)])
    await Promise.all([tab.saved(), other.saved()])
    await ben.until(() => view(ben)?.partnerYes === 'these-words')
    expect(acts(ben)).toEqual(['a yes'])
  })

  it('what is said of one boundary waits for no other: the last said of each is recorded', async () => {
    const other = await sharedWith(ana, ben, {
      name: 'Money',
      words: 'We talk first.',
      ifItSlips: '',
    })
    await cutOff()
    await agree(ana, id)
    await agree(ana, other)
    expect(await ana.board.answers.notYet(id, '2026-12-24')).toEqual(KEPT)
    await comeBack()
    await ben.until(() => acts(ben).length === 2)
    expect(acts(ben).sort()).toEqual(['a later', 'a yes'])
    expect(view(ben)?.partnerAnswer?.kind).toBe('later')
  })
})

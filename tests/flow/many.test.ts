import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { addBoundary, BOUNDARIES_MAX } from '../../shared/board-doc.ts'
import { Hostile } from '../support/partners/hostile.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { PHONES, shared } from '../support/partners/partner-words.ts'
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

const lists = ({ board }: Partner, id: string) => board.cards.some((card) => card.id === id)

describe('S1: 250 boundaries for each of the two', () => {
  it('one who has shared 250 is told so, and the other shares on', async () => {
    const ids = Array.from({ length: BOUNDARIES_MAX }, () => shared(ana))
    expect(ana.board.share(PHONES)).toEqual({ problem: 'too-many' })
    const next = shared(ben)
    await ana.until(() => lists(ana, next) && ids.every((id) => lists(ana, id)))
    await ben.until(() => lists(ben, next) && ids.every((id) => lists(ben, id)))
  })

  it('drafts likewise: none is kept that would not be listed', () => {
    for (let i = 0; i < BOUNDARIES_MAX; i++) ana.board.drafts.keep(PHONES)
    expect(ana.board.drafts.cards).toHaveLength(BOUNDARIES_MAX)
    expect(ana.board.drafts.keep(PHONES)).toEqual({ problem: 'too-many' })
  })

  it('whatever a partner writes in whoever’s name, one’s own are listed, on every device', async () => {
    const hostile = await Hostile.with(ben, served.origin)
    const doc = new Y.Doc()
    for (let i = 0; i < 2 * BOUNDARIES_MAX; i++) {
      const id = i.toString(16).padStart(32, '0')
      addBoundary(doc, { id, by: i % 2 ? 'a' : 'b', created: 9e9, ...PHONES })
    }
    const sealed = hostile.sealer.seal(Y.encodeStateAsUpdate(doc))
    await hostile.write((outer) => outer.getArray('w:dead').push([sealed]))
    await ana.until(() => ana.board.cards.length === 2 * BOUNDARIES_MAX)
    const id = shared(ana)
    expect(lists(ana, id)).toBe(true)
    await ana.saved()
    const words = await ana.board.twelveWords()
    const phone = await Partner.restore(words, { origin: served.origin })
    closing(phone)
    await phone.until(() => lists(phone, id))
    expect(phone.board.cards).toHaveLength(2 * BOUNDARIES_MAX)
  })
})

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import * as Y from 'yjs'
import { noSealing, wordsFound } from '../support/partners/leaks.ts'
import { makePair, Partner, type PartnerOptions } from '../support/partners/partner.ts'
import { agree, PHONES, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

const WORDS = ['lighthouse', 'unanswered', 'kitchenware', 'goodnight']
const SECRET = { name: 'Something of mine', words: WORDS.join(' '), ifItSlips: '' }

let served: ServedBoard
beforeEach(async () => {
  served = await serveBoard()
})

function closing<T extends Partner>(partner: T): T {
  onTestFinished(() => partner.close())
  return partner
}

async function pair(more: Partial<PartnerOptions> = {}): Promise<[Partner, Partner]> {
  const [ana, ben] = await makePair({ origin: served.origin, ...more })
  closing(ana)
  closing(ben)
  await Promise.all([ana.saved(), ben.saved()])
  return [ana, ben]
}

async function phoneOf(who: Partner): Promise<Partner> {
  const words = await who.board.twelveWords()
  const phone = closing(await Partner.restore(words, { origin: served.origin }))
  await phone.saved()
  return phone
}

function kept(who: Partner, texts = SECRET): string {
  const made = who.board.drafts.keep(texts)
  if ('problem' in made) throw new Error(made.problem)
  return made.id
}

const drafts = ({ board }: Partner) => board.drafts.cards.map(({ id }) => id)
/** Drafts in the document itself, hidden or not. */
const inDocument = ({ board }: Partner) => [...board.drafts.words.inner.getMap('boundaries').keys()]
const cards = ({ board }: Partner) => board.cards.map(({ id, words }) => ({ id, words }))

/** Everything that reaches this partner from the server but pings, each with what it says. */
function hears(who: Partner): string[] {
  const heard: string[] = []
  for (const fact of ['words:sent', 'words:parted', 'record:appended'] as const) {
    onTestFinished(
      who.board.link.onFact(fact, (said) => {
        heard.push(`${fact} ${JSON.stringify(said)}`)
      }),
    )
  }
  return heard
}

describe('S9: private drafts', () => {
  it('reach all devices of one seat, in every edit; a restored device has them', async () => {
    const [ana] = await pair()
    const phone = await phoneOf(ana)
    const id = kept(ana)
    await phone.until(() => phone.board.drafts.get(id)?.words === SECRET.words)
    phone.board.drafts.edit(id, 'words', `${SECRET.words}, and more`)
    await ana.until(() => ana.board.drafts.get(id)?.words === `${SECRET.words}, and more`)
    expect(ana.board.drafts.cards[0]).toMatchObject({ name: SECRET.name, status: 'private' })
    const later = await phoneOf(ana)
    await later.until(() => drafts(later).includes(id))
  })

  it('reach nothing of the partner: no frame and no record is sent to them, whatever is drafted', async () => {
    const [ana, ben] = await pair()
    const phone = await phoneOf(ana)
    const heard = hears(ben)
    const id = kept(ana)
    for (const letter of 'written a letter at a time') {
      ana.board.drafts.edit(id, 'ifItSlips', ana.board.drafts.get(id)?.ifItSlips + letter)
      await ana.saved()
    }
    kept(ana, { ...SECRET, words: 'x'.repeat(100_000) }) // in parts
    await ana.saved()
    await phone.until(() => drafts(phone).length === 2)
    ana.board.drafts.remove(id)
    await phone.until(() => drafts(phone).length === 1)
    ana.close()
    phone.close()
    await closing(await phoneOf(ben)).saved() // the server has had its turn since
    expect(heard).toEqual([])

    expect(ben.board.drafts.cards).toEqual([])
    expect(inDocument(ben)).toEqual([])
    const known = [ben.board.words.inner.toJSON(), ben.board.history, ben.board.cards]
    expect(JSON.stringify(known)).not.toMatch(new RegExp(WORDS.join('|')))
  })

  it('and the same search hears what is shared', async () => {
    const [ana, ben] = await pair()
    const heard = hears(ben)
    const id = kept(ana)
    await ana.saved()
    expect(heard).toEqual([])
    ana.board.drafts.share(id)
    await ben.until(() => wordsOf(ben, id) === SECRET.words)
    expect(heard.length).toBeGreaterThan(0)
  })

  it('P1: nothing of a draft can be read on the server; with sealing off the same search finds it', async () => {
    const found = async (more: Partial<PartnerOptions>) => {
      const [ana] = await pair(more)
      const id = kept(ana)
      ana.board.drafts.edit(id, 'words', `${SECRET.words} once more`)
      await ana.saved()
      const folder = join(served.dataDir, ana.board.id)
      expect(readdirSync(folder)).toContain('words.mine-a')
      const bytes = readFileSync(join(folder, 'words.mine-a'))
      expect(bytes.length).toBeGreaterThan(200)
      return wordsFound(WORDS, Buffer.concat([bytes, served.tap.bytes()]))
    }
    expect(await found({})).toEqual([])
    expect(await found({ sealer: noSealing })).toEqual(WORDS)
  })

  it('sharing moves the words under the same id, and leaves how they came about behind', async () => {
    let now = Date.UTC(2026, 2, 3)
    const [ana, ben] = await pair({ now: () => now })
    const id = kept(ana, { ...SECRET, words: 'never mind the first version' })
    ana.board.drafts.edit(id, 'words', SECRET.words)
    await ana.saved()
    now += 86_400_000
    expect(ana.board.drafts.share(id)).toEqual({ id })
    expect(drafts(ana)).toEqual([]) // hidden before it is deleted
    await ben.until(() => wordsOf(ben, id) === SECRET.words)
    await ana.until(() => inDocument(ana).length === 0)
    expect(cards(ana)).toEqual([{ id, words: SECRET.words }])
    // Not when it was first written, nor any word that was taken out again.
    expect(ben.board.table.get(id)?.created).toBe(Math.floor(now / 1000))
    const update = Y.encodeStateAsUpdate(ben.board.words.inner)
    expect(Buffer.from(update).includes(SECRET.words)).toBe(true)
    expect(Y.decodeUpdate(update).ds.clients.size).toBe(0)
  })

  it('what cannot be a boundary stays a draft, and says why', async () => {
    const [ana, ben] = await pair()
    expect(ana.board.drafts.keep({ name: ' ', words: '\n', ifItSlips: '' })).toEqual({
      problem: 'empty',
    })
    const id = kept(ana, { ...SECRET, words: '' })
    expect(ana.board.drafts.share(id)).toEqual({ problem: 'empty' })
    expect(drafts(ana)).toEqual([id])
    expect(cards(ben)).toEqual([])
  })

  it('while cut off it is on the board and no draft any more; it is deleted only once it is written there', async () => {
    const [ana, ben] = await pair()
    const id = kept(ana)
    await ana.saved()
    served.tap.refuse(true)
    served.tap.cut()
    await ana.until(() => !ana.board.online)
    ana.board.drafts.share(id)
    await Promise.resolve()
    expect(cards(ana)).toEqual([{ id, words: SECRET.words }])
    expect(drafts(ana)).toEqual([])
    expect(inDocument(ana)).toEqual([id])
    served.tap.refuse(false)
    ana.board.retry()
    ben.board.retry()
    await ben.until(() => wordsOf(ben, id) === SECRET.words)
    await ana.until(() => inDocument(ana).length === 0)
    await ana.saved()
  })

  it('the same draft shared from two devices is one boundary, its words there once', async () => {
    const [ana, ben] = await pair()
    const phone = await phoneOf(ana)
    const id = kept(ana)
    await phone.until(() => drafts(phone).includes(id))
    served.tap.refuse(true)
    served.tap.cut()
    await Promise.all([ana, phone].map((who) => who.until(() => !who.board.online)))
    ana.board.drafts.share(id)
    phone.board.drafts.share(id)
    served.tap.refuse(false)
    for (const who of [ana, phone, ben]) who.board.retry()
    await Promise.all([ana, phone].map((who) => who.until(() => inDocument(who).length === 0)))
    await Promise.all([ana, phone, ben].map((who) => who.saved()))
    await ben.until(() => wordsOf(ben, id) !== undefined)
    for (const who of [ana, phone, ben]) {
      expect(cards(who)).toEqual([{ id, words: SECRET.words }])
    }
  })

  it('A7: sharing and saying yes says it to exactly these words', async () => {
    const [ana, ben] = await pair()
    const id = kept(ana)
    expect(await ana.board.drafts.shareAndSayYes(id)).toEqual({ id, said: { kind: 'recorded' } })
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    expect(ben.board.boundary(id)?.partnerYesTo?.words).toBe(SECRET.words)
    const form = await ana.board.drafts.shareAndSayYes(PHONES)
    if ('problem' in form) throw new Error(form.problem)
    await ben.until(() => ben.board.boundary(form.id)?.partnerYes === 'these-words')
    expect(await agree(ben, form.id)).toEqual({ kind: 'recorded' })
    expect(await ana.board.drafts.shareAndSayYes({ ...PHONES, words: '' })).toEqual({
      problem: 'empty',
    })
  })

  it('deleting is at once and everywhere; for ten seconds it can be undone here', async () => {
    const [ana] = await pair()
    const phone = await phoneOf(ana)
    const [first, second] = [kept(ana), kept(ana, PHONES)]
    await phone.until(() => drafts(phone).length === 2)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    ana.board.drafts.remove(first)
    vi.advanceTimersByTime(5000)
    ana.board.drafts.remove(second)
    expect(inDocument(ana)).toEqual([])
    expect(ana.board.drafts.deleted?.id).toBe(second)
    ana.board.drafts.undoRemove()
    expect(ana.board.drafts.get(second)).toMatchObject(PHONES)
    expect(ana.board.drafts.deleted?.id).toBe(first)
    vi.advanceTimersByTime(4999)
    expect(ana.board.drafts.deleted?.id).toBe(first)
    vi.advanceTimersByTime(1)
    expect(ana.board.drafts.deleted).toBeNull()
    ana.board.drafts.undoRemove()
    expect(inDocument(ana)).toEqual([second])
    vi.useRealTimers()
    await phone.until(() => drafts(phone).join() === second)
  })
})

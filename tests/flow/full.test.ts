import { describe, expect, it, onTestFinished } from 'vitest'
import { follow, kinds, lineOf } from '../support/partners/connection-said.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { agree, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveTroubled, type TroubledBoard } from '../support/server/troubled-board.ts'

async function pairOn(served: TroubledBoard): Promise<[Partner, Partner]> {
  const pair = await makePair({ origin: served.origin })
  onTestFinished(() => pair.forEach((partner) => partner.close()))
  await Promise.all(pair.map((partner) => partner.saved()))
  return pair
}

const STORE_FULL = { kind: 'refused', code: 'store-full' } as const

describe('R7, A3: a full store and acts', () => {
  it('the act is refused with its code, and shown nowhere; it can be said again when there is space', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    await agree(ana, id)
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    served.full = true
    expect(await agree(ben, id)).toEqual(STORE_FULL)
    expect(await agree(ben, id)).toEqual(STORE_FULL)
    for (const who of [ana, ben]) {
      expect(who.board.boundary(id)?.status).not.toBe('agreed')
      expect(who.board.history.at(-1)?.what).toBe('suggested')
      expect(who.board.online).toBe(true)
    }
    served.full = false
    expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
    await ana.until(() => ana.board.boundary(id)?.status === 'agreed')
  })
})

describe('S8: a full store and words', () => {
  it('the line says so while it lasts, and no keystroke is lost; the partner notices nothing', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    await Promise.all([ana.saved(), ben.saved()])
    const [saidAna, saidBen] = [follow(ana), follow(ben)]
    served.full = true
    type(ana, id, 0, 'a')
    await ana.until(() => lineOf(ana).kind === 'refused')
    let typed = 'a'
    while (triesIn(served.refusals).length < 3) {
      const next = String.fromCharCode(97 + (typed.length % 26))
      typed += next
      type(ana, id, typed.length - 1, next)
      await ana.until(changes(ana))
    }
    expect(lineOf(ana)).toEqual(STORE_FULL)
    expect(typed.length).toBeGreaterThan(5)

    const before = served.stored
    served.full = false
    await ana.saved()
    expect(served.stored - before).toBeLessThan(3) // all of it in one go
    await ben.until(() => wordsOf(ben, id) === wordsOf(ana, id))
    expect(wordsOf(ben, id)?.startsWith(typed)).toBe(true)

    // It never flickered, and tries came further and further apart.
    expect(kinds(saidAna)).toEqual(['saved', 'saving', 'refused', 'saved'])
    const [first = 0, second = 0, third = 0] = triesIn(served.refusals)
    expect(second - first).toBeGreaterThan(900)
    expect(third - second).toBeGreaterThan(1800)

    expect(kinds(saidBen)).toEqual(['saved'])
    expect([ben.board.unreadable, ben.board.trouble]).toEqual([0, 'storage-refused'])
    type(ben, id, 0, 'Ben: ')
    await ana.until(() => wordsOf(ana, id)?.startsWith('Ben: ') === true)
  })

  it('both write while it lasts; trying again by hand brings both together without waiting', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    await Promise.all([ana.saved(), ben.saved()])
    served.full = true
    type(ana, id, 0, 'Ana. ')
    type(ben, id, 0, 'Ben. ')
    for (const who of [ana, ben]) await who.until(() => lineOf(who).kind === 'refused')
    await ana.until(() => triesIn(served.refusals).length > 1)
    const waits = ({ board }: Partner) => board.words.tally.holding
    await ana.until(() => waits(ana) && waits(ben))
    served.full = false
    const began = performance.now()
    for (const who of [ana, ben]) who.board.retry()
    await Promise.all([ana.saved(), ben.saved()])
    expect(performance.now() - began).toBeLessThan(1000) // it would have waited for two seconds
    await ana.until(() => wordsOf(ana, id) === wordsOf(ben, id))
    await ben.until(() => wordsOf(ana, id) === wordsOf(ben, id))
    expect(wordsOf(ana, id)).toContain('Ana. ')
    expect(wordsOf(ana, id)).toContain('Ben. ')
  })

  it('words that cannot even be read are a refusal too: a device with nothing shows its records', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    await agree(ana, id)
    await ana.saved()
    const twelve = await ana.board.twelveWords()
    ana.close()
    ben.close()
    served.unreadable = true
    const phone = await Partner.restore(twelve, { origin: served.origin })
    onTestFinished(() => phone.close())
    expect(lineOf(phone)).toEqual({ kind: 'refused', code: 'store-failed' })
    await phone.until(() => phone.board.boundary(id)?.myYes === 'these-words')
    served.unreadable = false
    phone.board.retry()
    await phone.until(() => phone.board.textOf(id) !== null && lineOf(phone).kind === 'saved')
  })
})

describe('a seat over its room', () => {
  it('is told so, and loses nothing; the other seat still writes, and both still agree', async () => {
    const served = await serveTroubled({ LIMIT_WORDS_BYTES: '6000' })
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    await Promise.all([ana.saved(), ben.saved()])
    const said = follow(ben)
    for (let i = 0; i < 200 && lineOf(ana).kind !== 'refused'; i++) {
      type(ana, id, 0, 'x'.repeat(100))
      await ana.until(() => ['saved', 'refused'].includes(lineOf(ana).kind))
    }
    expect(lineOf(ana)).toEqual({ kind: 'refused', code: 'room-full' })
    const held = wordsOf(ana, id)
    expect(wordsOf(ben, id)).not.toBe(held)
    expect(ana.board.online).toBe(true)

    type(ben, id, 0, 'Ben: ')
    await ben.saved()
    await ana.until(() => wordsOf(ana, id)?.includes('Ben: ') === true)
    expect(wordsOf(ana, id)).toHaveLength((held?.length ?? 0) + 'Ben: '.length)
    expect(lineOf(ana).kind).toBe('refused')
    expect(kinds(said)).toEqual(['saved', 'saving', 'saved'])
    expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
    await ana.until(() => ana.board.boundary(id)?.partnerYes === 'earlier-words')
  })
})

/** When it was tried: one try may be several appends. */
const triesIn = (refusals: readonly number[]) =>
  refusals.filter((at, i) => i === 0 || at - (refusals[i - 1] ?? 0) > 500)

/** Holds once the page has changed again. */
function changes({ board }: Partner): () => boolean {
  let changed = false
  const undo = board.changed.on(() => {
    changed = true
    undo()
  })
  return () => changed
}

/** Drafts that the server will not store, for now: kept on the device, said so, and sent when it will (S8, S9, P6). */
import { describe, expect, it, onTestFinished } from 'vitest'
import { refusalWords } from '../../client/words/en-refusals.ts'
import { follow, kinds, lineOf } from '../support/partners/connection-said.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard } from '../support/server/served-board.ts'
import { serveTroubled } from '../support/server/troubled-board.ts'

const SAID = "The board can't store more just now. Keep this page open; nothing you wrote is lost."

async function pairOn({ origin }: { origin: string }): Promise<[Partner, Partner]> {
  const pair = await makePair({ origin })
  onTestFinished(() => pair.forEach((partner) => partner.close()))
  await Promise.all(pair.map((partner) => partner.saved()))
  return pair
}

/** What a second device of this seat finds. */
async function draftsOfPhone(who: Partner, origin: string): Promise<string[]> {
  const phone = await Partner.restore(await who.board.twelveWords(), { origin })
  onTestFinished(() => phone.close())
  await phone.saved()
  return phone.board.drafts.cards.map(({ words }) => words).sort()
}

function kept(who: Partner, words: string): string {
  const made = who.board.drafts.keep({ ...PHONES, words })
  if ('problem' in made) throw new Error(made.problem)
  return made.id
}

describe('S8, S9: a full store and drafts', () => {
  it('the line says so while it lasts, the draft stays, and it is sent when there is space', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const [saidAna, saidBen] = [follow(ana), follow(ben)]
    served.full = 'mine-a'
    const id = kept(ana, 'one')
    await ana.until(() => lineOf(ana).kind === 'refused')
    expect(lineOf(ana)).toEqual({ kind: 'refused', code: 'store-full' })
    expect(refusalWords('store-full')).toBe(SAID)
    ana.board.drafts.edit(id, 'words', 'one, and two')
    expect(ana.board.drafts.get(id)?.words).toBe('one, and two')
    await ana.until(() => served.refusals.length > 1) // it was tried again
    expect(lineOf(ana).kind).toBe('refused')

    served.full = false
    await ana.saved()
    expect(kinds(saidAna)).toEqual(['saved', 'saving', 'refused', 'saved'])
    expect(kinds(saidBen)).toEqual(['saved'])
    expect(await draftsOfPhone(ana, served.origin)).toEqual(['one, and two'])
  })

  it('words on the board and acts go both ways meanwhile', async () => {
    const served = await serveTroubled()
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    served.full = 'mine-a'
    kept(ana, 'one')
    await ana.until(() => lineOf(ana).kind === 'refused')
    type(ana, id, 0, 'Ana. ')
    await ben.until(() => wordsOf(ben, id)?.startsWith('Ana. ') === true)
    type(ben, id, 0, 'Ben. ')
    await ana.until(() => wordsOf(ana, id)?.startsWith('Ben. Ana. ') === true)
    expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
    expect(lineOf(ana).kind).toBe('refused')
    served.full = false
    ana.board.retry()
    await ana.saved()
    expect(await draftsOfPhone(ana, served.origin)).toEqual(['one'])
  })
})

describe('S9: drafts over the room of their seat', () => {
  it('are told so and lose nothing; the other seat writes and drafts; with more room they are sent', async () => {
    const small = { LIMIT_WORDS_BYTES: '12000' }
    const served = await serveBoard(small)
    const [ana, ben] = await pairOn(served)
    const id = await sharedWith(ana, ben)
    const written: string[] = []
    while (lineOf(ana).kind !== 'refused' && written.length < 20) {
      written.push(`${String(written.length).padStart(2, '0')} ${'x'.repeat(2500)}`)
      kept(ana, written.at(-1) ?? '')
      await ana.until(() => ['saved', 'refused'].includes(lineOf(ana).kind))
    }
    expect(lineOf(ana)).toEqual({ kind: 'refused', code: 'room-full' })
    expect(refusalWords('room-full')).toBe(SAID)
    expect(ana.board.drafts.cards.map(({ words }) => words).sort()).toEqual(written)

    // One room for all that one seat writes, and none of it is the other's.
    type(ana, id, 0, 'y'.repeat(2500))
    kept(ben, 'of Ben')
    type(ben, id, 0, 'Ben. ')
    await ben.saved()
    await ana.until(() => wordsOf(ana, id)?.includes('Ben. ') === true)
    expect(wordsOf(ben, id)).toBe(`Ben. ${PHONES.words}`)
    expect(await draftsOfPhone(ben, served.origin)).toEqual(['of Ben'])
    expect(await draftsOfPhone(ana, served.origin)).toEqual(written.slice(0, -1))
    expect(lineOf(ana).kind).toBe('refused')

    await served.stop()
    await served.start({ LIMIT_WORDS_BYTES: '100000' })
    for (const who of [ana, ben]) who.board.retry()
    await Promise.all([ana.saved(), ben.saved()])
    await ben.until(() => wordsOf(ben, id) === wordsOf(ana, id))
    expect(wordsOf(ben, id)).toHaveLength(2500 + 'Ben. '.length + PHONES.words.length)
    expect(await draftsOfPhone(ana, served.origin)).toEqual(written)
  })
})

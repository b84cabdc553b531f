import fc from 'fast-check'
import * as Y from 'yjs'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { equalBytes } from '../../shared/bytes.ts'
import { mergeTree } from '../../shared/yjs-merge.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { holdsAsync } from '../support/property.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard

beforeEach(async () => {
  served = await serveBoard()
})

function closing(partner: Partner): Partner {
  onTestFinished(() => partner.close())
  return partner
}

async function pair(): Promise<[Partner, Partner]> {
  const made = await makePair({ origin: served.origin })
  made.forEach(closing)
  return made
}

const PHONES = {
  name: 'Phones at night',
  words: 'From ten our phones stay in the hall.',
  ifItSlips: '',
}

function shared(who: Partner, texts = PHONES): string {
  const made = who.board.share(texts)
  if ('problem' in made) throw new Error(made.problem)
  return made.id
}

async function agree(who: Partner, id: string) {
  const reading = who.board.reading(id)
  if (!reading) throw new Error('nothing to agree to')
  return who.board.agree(reading)
}

/** Whether two logs hold the same document, deletions included. */
const sameState = (one: Uint8Array[], other: Uint8Array[]): boolean => {
  const [first, second] = [one, other].map((updates) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, mergeTree(updates))
    return Y.encodeStateAsUpdate(doc)
  })
  return first !== undefined && second !== undefined && equalBytes(first, second)
}

const statusOf = (who: Partner, id: string) => who.board.boundary(id)?.status

describe('two partners on one board', () => {
  it('A3–A5: share, both agree, take back, change, step back: both see the same', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await ben.until(() => ben.board.textOf(id)?.words === PHONES.words)
    expect(statusOf(ben, id)).toBe('being-worded')

    expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
    expect(statusOf(ana, id)).toBe('waiting')
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    expect(await ana.board.takeBack(id)).toEqual({ kind: 'recorded' })
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'none')
    expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
    expect(statusOf(ben, id)).toBe('agreed')
    await ana.until(() => statusOf(ana, id) === 'agreed')

    // A4: a change is discussed, and the old words hold until both agree to the new ones.
    const words = ben.board.editor(id)?.texts.words
    words?.delete(words.toJSON().indexOf('in the hall'), 'in the hall'.length)
    words?.insert(words.toJSON().length - 1, 'on the kitchen table')
    await ana.until(() => ana.board.boundary(id)?.newWords === true)
    expect(statusOf(ana, id)).toBe('agreed')
    expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
    await ana.until(() => statusOf(ana, id) === 'change-suggested')
    expect(ana.board.boundary(id)?.inForce?.wording.words).toBe(PHONES.words)
    await ana.until(() => ana.board.boundary(id)?.partnerYes === 'these-words')
    expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
    await ben.until(
      () => ben.board.boundary(id)?.inForce?.wording.words.includes('kitchen') === true,
    )

    expect(await ben.board.stepBack(id)).toEqual({ kind: 'recorded' })
    await ana.until(() => statusOf(ana, id) === 'not-agreed-any-more')
    const said = ana.board.history.filter(({ boundary }) => boundary === id).map(({ what }) => what)
    expect(said).toEqual([
      'suggested',
      'took-back',
      'suggested',
      'agreed',
      'suggested',
      'changed',
      'stepped-back',
    ])
    expect(ben.board.history).toEqual(ana.board.history)
  })

  it('the sheet signs exactly what it shows: words that move under it sign nothing', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await ben.until(() => ben.board.reading(id) !== null)
    const reading = ben.board.reading(id)
    ana.board.editor(id)?.texts.words.insert(0, 'Perhaps: ')
    await ben.until(() => ben.board.textOf(id)?.words.startsWith('Perhaps') === true)
    const said = reading && (await ben.board.agree(reading))
    expect(said).toMatchObject({
      kind: 'words-moved',
      before: { words: PHONES.words },
      after: { words: `Perhaps: ${PHONES.words}` },
    })
    expect(ben.board.boundary(id)?.myYes).toBe('none')
  })

  it('A7: an edit after a yes clears nothing and signs nothing; the screens say the yes is to earlier words', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await agree(ana, id)
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    await ben.until(() => ben.board.textOf(id) !== null)
    ben.board.editor(id)?.texts.words.insert(0, 'Mostly: ')
    await ana.until(() => ana.board.boundary(id)?.myYes === 'earlier-words')
    expect(ben.board.boundary(id)).toMatchObject({
      partnerYes: 'earlier-words',
      partnerYesTo: { words: PHONES.words },
    })
    expect(statusOf(ana, id)).toBe('waiting')
  })

  it('S1: keeping the words puts them back with a minimal change', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await agree(ana, id)
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    await agree(ben, id)
    await ana.until(() => statusOf(ana, id) === 'agreed')
    ana.board.editor(id)?.texts.words.insert(4, ' half past')
    expect(ana.board.boundary(id)?.newWords).toBe(true)
    await ana.board.answers.keepWords(id)
    expect(ana.board.boundary(id)?.newWords).toBe(false)
    await ben.until(() => ben.board.textOf(id)?.words === PHONES.words)
  })

  it('S5: presence only while both have the boundary open, and it ends when one leaves or is cut', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await ben.until(() => ben.board.textOf(id) !== null)
    const leaveAna = ana.board.enter(id)
    expect(ana.board.boundary(id)?.partnerHere).toBe(false)
    ben.board.enter(id)
    await ana.until(() => ana.board.boundary(id)?.partnerHere === true)
    await ben.until(() => ben.board.boundary(id)?.partnerHere === true)
    leaveAna()
    await ben.until(() => ben.board.boundary(id)?.partnerHere === false)
    ana.board.enter(id)
    await ben.until(() => ben.board.boundary(id)?.partnerHere === true)
    ana.close()
    await ben.until(() => ben.board.boundary(id)?.partnerHere === false)
  })

  it('P5, K1: twelve words open the board elsewhere, with everything in it', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await agree(ana, id)
    const phone = closing(
      await Partner.restore(await ben.board.twelveWords(), { origin: served.origin }),
    )
    expect(phone.seat).toBe('b')
    await phone.until(() => phone.board.boundary(id)?.partnerYes === 'these-words')
    await agree(phone, id)
    await ben.until(() => statusOf(ben, id) === 'agreed')
    expect(await ana.board.fourWords()).toEqual(await phone.board.fourWords())
  })

  it('before Share, nothing of a form is in the partner’s document', async () => {
    const [ana, ben] = await pair()
    const tooLong = ana.board.share({ ...PHONES, words: 'x'.repeat(4001) })
    expect(tooLong).toEqual({ problem: 'words-too-long' })
    expect(ana.board.share({ ...PHONES, words: '' })).toEqual({ problem: 'empty' })
    shared(ana, { ...PHONES, name: 'Marker' })
    await ben.until(() => ben.board.cards.length === 1)
    expect(JSON.stringify(ben.board.words.inner.toJSON())).not.toContain('xxx')
    expect(ben.board.cards[0]?.name).toBe('Marker')
  })
})

describe('S8, P6: cut, back, and nothing twice', () => {
  it('an offline night of 5,000 keystrokes arrives, in parts, and a reconnect with nothing new adds nothing to the log', async () => {
    const [ana, ben] = await pair()
    const id = shared(ana)
    await ana.saved()
    await ben.until(() => ben.board.textOf(id) !== null)
    served.tap.refuse(true)
    served.tap.cut()
    await ana.until(() => !ana.board.online)
    const words = ana.board.editor(id)?.texts.words
    for (let i = 0; i < 5000; i++) words?.insert(i % 97, String.fromCharCode(97 + (i % 26)))
    expect(ana.board.connection.kind).toBe('offline')
    served.tap.refuse(false)
    ana.board.retry()
    ben.board.retry()
    await ana.saved()
    await ben.until(() => ben.board.textOf(id)?.words === ana.board.textOf(id)?.words)

    await ben.saved()
    const before = await served.storedWords(ana.board.id)
    for (let i = 0; i < 3; i++) {
      served.tap.cut()
      await Promise.all([ana, ben].map((who) => who.until(() => !who.board.online)))
      ana.board.retry()
      ben.board.retry()
      await Promise.all([ana, ben].map((who) => who.saved()))
    }
    // The board fell quiet meanwhile and may have been compacted: the same words, in no more entries.
    const after = await served.storedWords(ana.board.id)
    expect(after.length).toBeLessThanOrEqual(before.length)
    expect(sameState(after, before)).toBe(true)
  })

  it('random edits by both over a wire that is cut and comes back: they always converge', async () => {
    const step = fc.record({
      who: fc.constantFrom(0 as const, 1 as const),
      what: fc.constantFrom('type', 'type', 'type', 'delete', 'cut', 'squash'),
      at: fc.nat(),
      text: fc.string({ minLength: 1, maxLength: 3 }),
    })
    const both = await pair()
    const id = shared(both[0])
    await both[1].until(() => both[1].board.textOf(id) !== null)
    await holdsAsync(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        for (const { who, what, at, text } of steps) {
          const { board } = both[who]
          const words = board.editor(id)?.texts.words
          if (!words) throw new Error('no words')
          if (what === 'type') words.insert(at % (words.length + 1), text)
          else if (what === 'delete' && words.length > 0) words.delete(at % words.length, 1)
          else if (what === 'squash') board.words.sealed.squash()
          else if (what === 'cut') served.tap.cut()
        }
        both.forEach(({ board }) => board.retry())
        await Promise.all(both.map((partner) => partner.saved()))
        const read = () => both.map(({ board }) => board.textOf(id)?.words)
        await both[0].until(() => read()[0] === read()[1])
        await both[1].until(() => read()[0] === read()[1])
        expect(both.map(({ board }) => board.unreadable)).toEqual([0, 0])
      }),
      15,
    )
  }, 60_000)
})

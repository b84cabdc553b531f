/** *Since you were last here*: two partners over the real server, each with a device's own memory. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { SinceView } from '../../client/board/board-view.ts'
import { readFrame } from '../../server/live/sync-frames.ts'
import { makePair, Partner, type PartnerOptions } from '../support/partners/partner.ts'
import { agree, shared, sharedWith, type } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
let options: PartnerOptions
let ana: Partner
let ben: Partner

beforeEach(async () => {
  served = await serveBoard()
  options = { origin: served.origin }
  ;[ana, ben] = await makePair(options)
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
})

/** A page whose person looks at it, or does not. */
class Sight {
  #tell: (here: boolean) => void = () => undefined
  readonly whileHere = (tell: (here: boolean) => void) => {
    this.#tell = tell
    return () => (this.#tell = () => undefined)
  }
  hide = () => this.#tell(false)
  show = () => this.#tell(true)
}

/** That person opens the board on that device once more. */
async function again(who: Partner, more: Partial<PartnerOptions> = {}): Promise<Partner> {
  const next = await Partner.open(who.address, who.vault, { ...options, ...more })
  onTestFinished(() => next.close())
  return next
}

const told = (since: SinceView) => since.told.map(({ what }) => what)
const seenBy = async ({ vault, address }: Partner) => (await vault.seat(address))?.seen

/** Its memory has begun, or moved. Everything that was asked of the vault before is done by then. */
async function remembered(who: Partner, seq: number): Promise<void> {
  while (((await seenBy(who))?.seq ?? -1) < seq) await new Promise(setImmediate)
}
const last = ({ board }: Partner) => board.records.next - 1

/** Looks at the board, and leaves it. */
async function looksAndLeaves(who: Partner): Promise<void> {
  const since = await who.board.since()
  await remembered(who, last(who))
  expect(since.told).toEqual([])
  who.close()
}

describe('Since you were last here', () => {
  it('is told on the next opening of this device, and not once it was closed', async () => {
    const phones = await sharedWith(ben, ana)
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    const money = shared(ben, { name: 'Money', words: 'Ask first.', ifItSlips: '' })
    await agree(ben, phones)
    await ben.saved()

    const back = await again(ana)
    expect(back.board.cameBack).toBe(true)
    const since = await back.board.since()
    await back.until(() => since.told.length === 2)
    expect(since.told).toEqual([
      { boundary: phones, name: 'Phones at night', what: 'agrees', day: null },
      { boundary: money, name: 'Money', what: 'shared', day: null },
    ])
    since.dismiss()
    expect(since.told).toEqual([])
    await remembered(ana, last(ben))
    back.close()

    const third = await again(ana)
    await third.until(() => third.board.words.tally.inStep)
    await looksAndLeaves(third)
  })

  it('says nothing where the board is opened for the first time, was just joined, or restored', async () => {
    await sharedWith(ana, ben)
    await Promise.all([ana.saved(), ben.saved()])
    expect([ana.board.cameBack, ben.board.cameBack]).toEqual([false, false])
    await looksAndLeaves(ben)
    const words = await ana.board.twelveWords()
    await agree(ana, shared(ana))
    await ana.saved()
    const other = await Partner.restore(words, options)
    onTestFinished(() => other.close())
    expect(other.board.cameBack).toBe(false)
    await looksAndLeaves(other)
  })

  it('stays untold until it was on the screen: leaving before that loses nothing', async () => {
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    const phones = shared(ben)
    await ben.saved()
    const unseen = await again(ana)
    const since = await unseen.board.since()
    await unseen.until(() => since.told.length === 1)
    const before = await seenBy(ana)
    unseen.close()
    expect(await seenBy(ana)).toEqual(before)

    const seen = await again(ana)
    const strip = await seen.board.since()
    await seen.until(() => strip.told.length === 1)
    strip.shown()
    expect(await seenBy(ana)).toEqual(before) // not while it is being read
    seen.close()
    expect((await seenBy(ana))?.shared).toEqual([phones])
  })

  it('a page that was hidden tells what came meanwhile, and keeps what is still being read', async () => {
    const phones = await sharedWith(ben, ana)
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    const sight = new Sight()
    const page = await again(ana, { whileHere: sight.whileHere })
    const since = await page.board.since()
    await page.until(() => page.board.words.tally.inStep)
    await agree(ben, phones) // while she looks: it stands before her eyes
    await page.until(() => page.board.boundary(phones)?.partnerYes === 'these-words')
    expect(since.told).toEqual([])
    sight.hide()
    const money = shared(ben, { name: 'Money', words: 'Ask first.', ifItSlips: '' })
    await ben.saved()
    await page.until(() => page.board.textOf(money) !== null)
    expect(since.told).toEqual([])
    sight.show()
    await page.until(() => since.told.length === 1)
    expect(told(since)).toEqual(['shared'])
    since.shown()
    sight.hide()
    sight.show()
    expect(told(since)).toEqual(['shared'])
  })

  it('a line goes when something newer happened there: it is on the list as it stands', async () => {
    const phones = await sharedWith(ben, ana)
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    await agree(ben, phones)
    const page = await again(ana)
    const since = await page.board.since()
    await page.until(() => since.told.length === 1)
    await ben.board.takeBack(phones)
    await page.until(() => since.told.length === 0)
  })

  it('what was seen in another tab is not told in this one', async () => {
    const phones = await sharedWith(ben, ana)
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    const sight = new Sight()
    const hidden = await again(ana, { whileHere: sight.whileHere })
    const since = await hidden.board.since()
    await hidden.until(() => hidden.board.words.tally.inStep)
    await new Promise(setImmediate)
    sight.hide()
    await agree(ben, phones)
    const open = await again(ana)
    const strip = await open.board.since()
    await open.until(() => strip.told.length === 1)
    strip.dismiss()
    await remembered(ana, last(ben))
    sight.show()
    await hidden.until(() => hidden.board.boundary(phones)?.partnerYes === 'these-words')
    await new Promise(setImmediate)
    expect(since.told).toEqual([])
  })
})

describe('principle 9: nobody hears of it', () => {
  it('nothing is on the partner’s wire, and nothing leaves, when it is shown, closed, hidden or left', async () => {
    const phones = await sharedWith(ben, ana)
    await Promise.all([ana.saved(), ben.saved()])
    await looksAndLeaves(ana)
    await agree(ben, phones)
    const heard: string[] = []
    onTestFinished(
      ben.board.link.onFact('words:sent', ({ frames }) => {
        for (const frame of frames) heard.push(readFrame(frame)?.kind ?? 'unreadable')
      }),
    )
    onTestFinished(ben.board.link.onFact('record:appended', () => void heard.push('record')))
    const arrived = async () => {
      for (let i = 0; i < 2; i++)
        await ben.board.link.request('record:since', { seq: ben.board.records.next })
    }

    const sight = new Sight()
    const asked: string[] = []
    const page = await again(ana, {
      whileHere: sight.whileHere,
      prepare: ({ link }) => {
        const request = link.request.bind(link)
        link.request = (name, payload) => {
          asked.push(name)
          return request(name, payload)
        }
        const send = link.send.bind(link)
        link.send = (name, payload) => {
          asked.push(name)
          send(name, payload)
        }
      },
    })
    await page.until(() => page.board.words.tally.inStep && page.board.records.next > last(ben))
    await page.saved()
    const before = asked.length
    const since = await page.board.since()
    await page.until(() => since.told.length === 1)
    since.shown()
    sight.hide()
    sight.show()
    since.dismiss()
    await remembered(ana, last(ben))
    await arrived()
    expect([heard, asked.slice(before)]).toEqual([[], []])
    page.board.enter(phones)
    type(page, phones, 0, 'x') // and this one would have been seen
    await ben.until(() => ben.board.textOf(phones)?.words.startsWith('x') === true)
    expect(heard).toContain('update')
    expect(asked.slice(before)).toContain('words:send')
  })
})

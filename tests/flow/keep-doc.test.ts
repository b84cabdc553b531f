import 'fake-indexeddb/auto'
import { describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { keepInBrowser } from '../../client/sync/keep-doc.ts'
import type { KeepDoc } from '../../client/sync/words-sync.ts'
import { closable, onDisk } from '../support/browser/kept-browser.ts'
import { noSealing, wordsFound } from '../support/partners/leaks.ts'
import { makePair, Partner, type PartnerOptions } from '../support/partners/partner.ts'
import { PHONES, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { offline, serveBoard } from '../support/server/served-board.ts'

const WORDS = ['telephones', 'nightstand', 'whispering', 'tomorrow']
const TEXT = `${WORDS.join(' ')} `

const nameOf = ({ address }: Partner) => `hedgerow/${address.board}/${address.seat}`

/** Ana on a browser that keeps, Ben on none; one boundary on both tables. */
async function begin(more: Partial<PartnerOptions> = {}) {
  const served = await serveBoard()
  const [first, ben] = await makePair({ origin: served.origin, ...more })
  onTestFinished(() => ben.close())
  first.close()
  const open = async () => {
    const { keep, closed } = closable()
    const options = { origin: served.origin, keep, ...more }
    const ana = await Partner.open(first.address, first.vault, options)
    onTestFinished(() => ana.close())
    const close = async () => {
      ana.close()
      await closed()
    }
    return { ana, close }
  }
  const { ana, close } = await open()
  const id = await sharedWith(ana, ben)
  await ana.saved()
  return { served, ben, ana, close, open, id }
}

describe('S2, P6: a browser keeps the outer document', () => {
  it('words written offline are there at the next opening, offline too, and are sent when it can be', async () => {
    const { served, ben, ana, close, open, id } = await begin()
    await offline(served, ana, ben)
    type(ana, id, 0, TEXT)
    await close()

    const again = await open()
    expect(again.ana.board.online).toBe(false)
    expect(wordsOf(again.ana, id)).toBe(TEXT + PHONES.words)
    type(again.ana, id, 0, 'Once more: ')
    served.tap.refuse(false)
    for (const who of [again.ana, ben]) who.board.retry()
    await again.ana.saved()
    await ben.until(() => wordsOf(ben, id) === `Once more: ${TEXT}${PHONES.words}`)
    expect([again.ana.board.unreadable, ben.board.unreadable]).toEqual([0, 0])
  })

  it('P1: none of what is kept on the device can be read there', async () => {
    const { ana, close, id } = await begin()
    type(ana, id, 0, TEXT)
    await ana.saved()
    await close()
    const updates = await onDisk(nameOf(ana))
    expect(updates.length).toBeGreaterThan(1)
    const bytes = Buffer.concat(updates)
    expect(bytes.length).toBeGreaterThan(300)
    expect(wordsFound([...WORDS, 'Phones'], bytes, updates)).toEqual([])
  })

  it('the same look at it finds them where sealing is switched off', async () => {
    const { ana, close, id } = await begin({ sealer: noSealing })
    type(ana, id, 0, TEXT)
    await ana.saved()
    await close()
    const bytes = Buffer.concat(await onDisk(nameOf(ana)))
    expect(wordsFound(WORDS, bytes)).toEqual(WORDS)
  })

  it('the two seats of one browser keep apart', async () => {
    const { ana, close } = await begin()
    const [kept, other] = [new Y.Doc(), new Y.Doc()]
    const seats = ['a', 'b'].map((seat) => `hedgerow/${ana.address.board}/${seat}`)
    await close()
    const loads = [kept, other].map((doc, i) => keepInBrowser(seats[i] ?? '', doc))
    await Promise.all(loads.map(({ loaded }) => loaded))
    expect(kept.getArray('w:' + (await deviceOf(ana))).length).toBeGreaterThan(0)
    expect([...other.share.keys()]).toEqual([])
    loads.forEach((load) => load.close())
  })

  it('many entries become one again, with those of another tab, and none of either is lost', async () => {
    const { served, ana, close, open, id } = await begin()
    const tab = await open()
    await tab.ana.until(() => wordsOf(tab.ana, id) !== undefined)
    for (let n = 0; n < 3; n++) type(tab.ana, id, 0, 'o')
    await ana.until(() => wordsOf(ana, id)?.startsWith('ooo') === true)
    await offline(served, ana, tab.ana)
    for (let n = 0; n < 20; n++) type(tab.ana, id, 0, 'o')
    for (let n = 0; n < 600; n++) type(ana, id, 0, 'a')
    const entries = async () => (await onDisk(nameOf(ana))).length
    expect(await entries()).toBeGreaterThan(600)
    await expect.poll(entries, { timeout: 5000 }).toBe(1)
    for (const who of [ana, tab.ana]) type(who, id, 0, 'z')
    await Promise.all([close(), tab.close()])

    const { ana: again } = await open()
    const count = (letter: string) => (wordsOf(again, id) ?? '').split(letter).length
    const before = (letter: string) => PHONES.words.split(letter).length
    expect(again.board.online).toBe(false)
    expect(['a', 'o', 'z'].map((letter) => count(letter) - before(letter))).toEqual([600, 23, 2])
  })

  it('a browser that never answers keeps nobody waiting for more than two seconds', async () => {
    const { ben, ana, close, id, served } = await begin()
    await close()
    const silent: KeepDoc = () => ({ loaded: new Promise(() => undefined), close: () => undefined })
    const failing: KeepDoc = () => ({
      loaded: Promise.reject(new Error('refused')),
      close: () => undefined,
    })
    for (const keep of [silent, failing]) {
      const began = performance.now()
      const again = await Partner.open(ana.address, ana.vault, { origin: served.origin, keep })
      onTestFinished(() => again.close())
      await again.until(() => wordsOf(again, id) === wordsOf(ben, id))
      expect(performance.now() - began).toBeLessThan(4000)
    }
  })
})

const deviceOf = async ({ vault, address }: Partner) => (await vault.seat(address))?.device ?? ''

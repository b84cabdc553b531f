/** A browser that keeps nothing, or nothing more: the page works, knows it, and loses nothing that was acknowledged (S2, P6). */
import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { foundBoard } from '../../client/entrances/found.ts'
import { fallingBack } from '../../client/entrances/vault-fallback.ts'
import { openVault } from '../../client/entrances/vault.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { lineOf } from '../support/partners/connection-said.ts'
import { fullBrowser, type Full } from '../support/browser/full-browser.ts'
import { closable } from '../support/browser/kept-browser.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { PHONES, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { offline, serveBoard } from '../support/server/served-board.ts'

function closing<T extends Partner>(partner: T): T {
  onTestFinished(() => partner.close())
  return partner
}

async function begin() {
  const served = await serveBoard()
  const [first, ben] = await makePair({ origin: served.origin })
  closing(ben)
  first.close()
  const open = async () => {
    const { keep, closed } = closable()
    const keys = { ...first.vault, durable: true } // these are kept: it is words that are not
    const ana = closing(await Partner.open(first.address, keys, { ...served, keep }))
    const close = async () => {
      ana.close()
      await closed()
    }
    return { ana, close }
  }
  return { served, ben, open }
}

async function goesOn(ana: Partner, ben: Partner): Promise<void> {
  const id = await sharedWith(ana, ben)
  type(ana, id, 0, 'Ana. ')
  await ben.until(() => wordsOf(ben, id)?.startsWith('Ana. ') === true)
  type(ben, id, 0, 'Ben. ')
  await ana.until(() => wordsOf(ana, id)?.startsWith('Ben. Ana. ') === true)
  const draft = ana.board.drafts.keep({ ...PHONES, words: 'to myself' })
  await ana.saved()
  expect('id' in draft && ana.board.drafts.get(draft.id)?.words).toBe('to myself')
  expect(lineOf(ana).kind).toBe('saved')
}

const refuses = ({ board }: Partner) => [board.words.keepRefused, board.drafts.words.keepRefused]

describe('S2, P6: a browser whose storage does not open', () => {
  it.each<[string, () => unknown]>([
    ['is missing', () => undefined],
    [
      'throws',
      () => ({
        open: () => {
          throw new DOMException('not here', 'SecurityError')
        },
      }),
    ],
    [
      'fails later',
      () => {
        const factory = new IDBFactory()
        const real = factory.open.bind(factory)
        factory.open = (name: string) => {
          void real(name, 5)
          return real(name, 1) // an older version than is there: a VersionError
        }
        return factory
      },
    ],
  ])(
    'where it %s, both write on at once, and it is known that nothing is kept',
    async (_, make) => {
      const { served, ben, open } = await begin()
      vi.stubGlobal('indexedDB', make())
      onTestFinished(() => void vi.unstubAllGlobals())
      const began = performance.now()
      const { ana } = await open()
      expect(performance.now() - began).toBeLessThan(1500) // not the patience for one that is silent
      expect(refuses(ana)).toEqual([true, true])
      await goesOn(ana, ben)
      ana.close()
      const words = await ana.board.twelveWords()
      const phone = closing(await Partner.restore(words, { origin: served.origin }))
      await phone.saved()
      expect([phone.board.cards.length, phone.board.drafts.cards.length]).toEqual([1, 1])
    },
  )
})

describe.each<Full>(['at once', 'later'])('S2, P6: a browser that is full (%s)', (how) => {
  it('from the start: both write on, it is known, and once there is room all is kept', async () => {
    const browser = fullBrowser()
    const { served, ben, open } = await begin()
    browser.full = how
    const { ana, close } = await open()
    await goesOn(ana, ben)
    await expect.poll(() => refuses(ana)).toEqual([true, true])
    expect(ana.board.trouble).toBe('words-not-kept')
    const [card] = ana.board.cards
    const id = card?.id ?? ''

    browser.full = null
    type(ana, id, 0, 'Room. ')
    ana.board.drafts.keep({ ...PHONES, words: 'another' })
    await expect.poll(() => refuses(ana), { timeout: 5000 }).toEqual([false, false])
    expect(ana.board.trouble).toBe(null)
    await offline(served, ana, ben)
    type(ana, id, 0, 'Off. ')
    await close()
    const again = await open()
    expect(again.ana.board.online).toBe(false)
    expect(wordsOf(again.ana, id)).toBe(`Off. Room. Ben. Ana. ${PHONES.words}`)
    expect(again.ana.board.drafts.cards).toHaveLength(2)
  })

  it('while one writes offline: what was kept is there later, and what the page still holds is sent', async () => {
    const browser = fullBrowser()
    const { served, ben, open } = await begin()
    const { ana, close } = await open()
    const id = await sharedWith(ana, ben, { ...PHONES, words: '.' })
    await ana.saved()
    await offline(served, ana, ben)
    type(ana, id, 0, 'kept ')
    browser.full = how
    type(ana, id, 0, 'not kept ')
    await expect.poll(() => ana.board.words.keepRefused).toBe(true)
    expect(wordsOf(ana, id)).toBe('not kept kept .')
    served.tap.refuse(false)
    for (const who of [ana, ben]) who.board.retry()
    await ana.saved()
    await ben.until(() => wordsOf(ben, id) === 'not kept kept .')
    await close()

    // Acknowledged, so not lost, though the device did not keep it.
    const { ana: again } = await open()
    await again.until(() => wordsOf(again, id) === 'not kept kept .')
  })

  it('K1: a board that is started is started: its page goes on, and says that nothing is kept', async () => {
    const browser = fullBrowser()
    const served = await serveBoard()
    const vault = fallingBack(await openVault(`start-${how}`))
    browser.full = how
    const means = { origin: served.origin, vault, random: randomBytes, now: () => Date.now() }
    const started = await foundBoard(means, 'Ana')
    if (!started.ok) throw new Error(started.code)
    const ana = closing(await Partner.open(started.value, vault, { origin: served.origin }))
    expect([ana.board.online, ana.board.trouble]).toEqual([true, 'storage-refused'])
    expect((await ana.board.invite()).kind).toBe('recorded')
    expect(ana.board.invitation?.link).toContain('/join#')
  })
})

/** Away and back: for minutes, over a restart, for a night, and on more than one device at once (S2, S7, S8, P6). */
import 'fake-indexeddb/auto'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { words as catalogue } from '../../client/words/en.ts'
import type { Connection } from '../../client/board/board-view.ts'
import { follow, lineOf } from '../support/partners/connection-said.ts'
import { closable } from '../support/browser/kept-browser.ts'
import { makePair, Partner, type PartnerOptions } from '../support/partners/partner.ts'
import { PHONES, sharedWith, type, undoing, wordsOf } from '../support/partners/partner-words.ts'
import { offline, serveBoard, type ServedBoard } from '../support/server/served-board.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function closing<T extends Partner>(partner: T): T {
  onTestFinished(() => partner.close())
  return partner
}

async function begin(more: Partial<PartnerOptions> = {}) {
  const served = await serveBoard()
  const [ana, ben] = await makePair({ origin: served.origin, ...more })
  closing(ana)
  closing(ben)
  const id = await sharedWith(ana, ben, { ...PHONES, words: '.' })
  await Promise.all([ana.saved(), ben.saved()])
  return { served, ana, ben, id }
}

async function back(served: ServedBoard, ...partners: Partner[]): Promise<void> {
  served.tap.refuse(false)
  for (const who of partners) who.board.retry()
  await Promise.all(partners.map((who) => who.saved()))
}

const equal = (id: string, first: Partner, ...others: Partner[]) =>
  Promise.all(others.map((who) => who.until(() => wordsOf(who, id) === wordsOf(first, id))))

const count = (who: Partner, id: string, letter: string) =>
  (wordsOf(who, id) ?? '').split(letter).length - 1

/** What a person reads on the line, in order; while something is being sent it is empty. */
const read = (said: readonly Connection[]) =>
  said
    .map(({ kind }) => {
      if (kind === 'offline') return catalogue.connection.offline
      if (kind === 'back-online') return catalogue.connection.backOnline
      return kind === 'saved' ? catalogue.connection.saved : null
    })
    .filter((line) => line !== null)

describe('S7, S8: cut off for ten minutes', () => {
  it('both write on; on return all of it is sent, once, and the line says no more than it must', async () => {
    // Timers and dates are the test's to move; between moves they run as ever.
    const faked = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] as const
    vi.useFakeTimers({ toFake: [...faked], shouldAdvanceTime: true, advanceTimeDelta: 4 })
    onTestFinished(() => void vi.useRealTimers())
    const { served, ana, ben, id } = await begin()
    const said = [ana, ben].map((who) => follow(who))
    const stored = (await served.storedWords(ana.board.id)).length
    await offline(served, ana, ben)
    const left = Date.now()
    for (let minute = 0; minute < 10; minute++) {
      await vi.advanceTimersByTimeAsync(MINUTE)
      for (let n = 0; n < 10; n++) {
        type(ana, id, 0, 'a')
        type(ben, id, 0, 'b')
      }
      expect([lineOf(ana).kind, lineOf(ben).kind]).toEqual(['offline', 'offline'])
    }
    expect(Date.now() - left).toBeGreaterThanOrEqual(10 * MINUTE)
    expect([count(ana, id, 'b'), count(ben, id, 'a')]).toEqual([0, 0])

    // Without a word from anyone: the connection comes back by itself.
    served.tap.refuse(false)
    await Promise.all([ana.saved(), ben.saved()])
    await equal(id, ana, ben)
    expect([count(ana, id, 'a'), count(ana, id, 'b')]).toEqual([100, 100])
    expect([ana.board.unreadable, ben.board.unreadable]).toEqual([0, 0])
    // Each sent what the server lacked in one piece, and nothing that it had.
    expect((await served.storedWords(ana.board.id)).length - stored).toBe(2)
    await vi.advanceTimersByTimeAsync(5000)
    const { saved, offline: off, backOnline } = catalogue.connection
    for (const each of said) expect(read(each)).toEqual([saved, off, backOnline, saved])
  })
})

describe('S8, P6: the server restarts while one writes', () => {
  it.each([1, 2, 3])('nothing is lost, nothing comes twice (%i restarts)', async (restarts) => {
    const { served, ana, ben, id } = await begin()
    let typed = 0
    const write = async (letters: number) => {
      for (let n = 0; n < letters; n++) {
        type(ana, id, typed, 'a')
        typed++
        if (n % 7 === 0) type(ben, id, wordsOf(ben, id)?.length ?? 0, 'b')
        await new Promise(setImmediate)
      }
    }
    for (let n = 0; n < restarts; n++) {
      await write(60)
      const stopping = served.stop()
      await write(60)
      await stopping
      await write(30)
      await served.start()
      for (const who of [ana, ben]) who.board.retry()
      await write(30)
    }
    await Promise.all([ana.saved(), ben.saved()])
    await equal(id, ana, ben)
    expect([count(ana, id, 'a'), typed]).toEqual([180 * restarts, 180 * restarts])
    expect(count(ana, id, 'b')).toBe((9 + 9 + 5 + 5) * restarts)
    // What the server has is all of it: a device that comes with nothing finds the same.
    await served.stop()
    await served.start()
    const words = await ana.board.twelveWords()
    const phone = closing(await Partner.restore(words, { origin: served.origin }))
    expect(wordsOf(phone, id)).toBe(wordsOf(ana, id))
  })
})

/** Opens a seat as a browser does that keeps its documents; `close` closes that browser. */
function keeping(who: Partner, origin: string, now: () => number) {
  return async () => {
    const { keep, closed } = closable()
    const partner = closing(await Partner.open(who.address, who.vault, { origin, keep, now }))
    const close = async () => {
      partner.close()
      await closed()
    }
    return { partner, close }
  }
}

describe('S2, P6: a night', () => {
  it('what was written offline, and the device closed, is sent the next day; a draft too', async () => {
    let now = Date.UTC(2026, 2, 3, 22)
    const { served, ana: first, ben, id } = await begin({ now: () => now })
    first.close()
    const open = keeping(first, served.origin, () => now)
    const evening = await open()
    await evening.partner.saved()
    await offline(served, evening.partner, ben)
    for (let n = 0; n < 40; n++) type(evening.partner, id, 0, 'a')
    const made = evening.partner.board.drafts.keep({ ...PHONES, words: 'to myself' })
    if ('problem' in made) throw new Error(made.problem)
    await evening.close()

    // The partner is there again first, and writes, and has none of it.
    await back(served, ben)
    for (let n = 0; n < 10; n++) type(ben, id, 0, 'b')
    await ben.saved()
    expect(count(ben, id, 'a')).toBe(0)

    now += 9 * HOUR
    const { partner: morning } = await open()
    await morning.saved()
    await equal(id, morning, ben)
    expect([count(ben, id, 'a'), count(ben, id, 'b')]).toEqual([40, 10])
    expect(morning.board.drafts.get(made.id)?.words).toBe('to myself')
    const words = await morning.board.twelveWords()
    const phone = closing(await Partner.restore(words, { origin: served.origin }))
    await phone.saved()
    expect(phone.board.drafts.get(made.id)?.words).toBe('to myself')
  })
})

describe('S1, S2: one seat twice, both written offline', () => {
  const undo = (who: Partner, id: string) => undoing(who, id).undo()

  const tabOf = (who: Partner, origin: string) => Partner.open(who.address, who.vault, { origin })
  const phoneOf = async (who: Partner, origin: string) =>
    Partner.restore(await who.board.twelveWords(), { origin })

  describe.each([
    ['two tabs', tabOf],
    ['two devices', phoneOf],
  ])('%s', (_, another) => {
    async function twice() {
      const { served, ana, ben, id } = await begin()
      const other = closing(await another(ana, served.origin))
      await other.saved()
      for (const who of [ana, other, ben]) undoing(who, id) // open: undo follows from here
      await offline(served, ana, other, ben)
      return { served, ana, other, ben, id }
    }

    it('neither takes back what the other wrote, offline or after it', async () => {
      const { served, ana, other, ben, id } = await twice()
      type(ana, id, 0, 'A')
      type(other, id, 0, 'O')
      type(ben, id, 0, 'B')
      type(other, id, 0, 'x')
      undo(other, id) // in one go with what was typed just before
      type(other, id, 0, 'P')
      await back(served, ana, other, ben)
      await equal(id, ana, other, ben)
      const letters = () => [...(wordsOf(ana, id) ?? '')].sort().join('')
      expect(letters()).toBe('.ABP')
      undo(ana, id)
      await Promise.all([other, ben].map((who) => who.until(() => count(who, id, 'A') === 0)))
      await equal(id, ana, other, ben)
      expect(letters()).toBe('.BP')
      undo(ana, id)
      undo(other, id)
      await Promise.all([ana, ben].map((who) => who.until(() => count(who, id, 'P') === 0)))
      expect(letters()).toBe('.B')
    })

    it('the same words changed on both: no letter that was typed is lost', async () => {
      const { served, ana, other, ben, id } = await twice()
      const rewrite = (who: Partner, text: string) => {
        const live = who.board.editor(id)?.texts.words
        who.board.words.inner.transact(() => {
          live?.delete(0, live.length)
          live?.insert(0, text)
        }, 'verb')
      }
      rewrite(ana, 'in the hall')
      rewrite(other, 'ON THE TABLE')
      await back(served, ana, other, ben)
      await equal(id, ana, other, ben)
      const text = wordsOf(ben, id)
      expect([`in the hallON THE TABLE`, `ON THE TABLEin the hall`]).toContain(text)
    })

    it('S4: both squash what they have, and nothing of either is lost', async () => {
      const { served, ana, other, ben, id } = await twice()
      for (const [who, letter] of [
        [ana, 'a'],
        [other, 'o'],
      ] as const) {
        for (let n = 0; n < 30; n++) type(who, id, 0, letter)
        expect(who.board.words.sealed.squash()).toBe(true)
        for (let n = 0; n < 5; n++) type(who, id, 0, letter)
      }
      await back(served, ana, other, ben)
      await equal(id, ana, other, ben)
      expect([count(ben, id, 'a'), count(ben, id, 'o')]).toEqual([35, 35])
      const words = await ana.board.twelveWords()
      const late = closing(await Partner.restore(words, { origin: served.origin }))
      expect(wordsOf(late, id)).toBe(wordsOf(ben, id))
    })
  })

  it('two tabs over one browser store, both closed offline: both are there the next day, and sent', async () => {
    const { served, ana: first, ben, id } = await begin()
    first.close()
    const open = keeping(first, served.origin, () => Date.now())
    const tabs = [await open(), await open()]
    const [one, other] = tabs.map(({ partner }) => partner)
    if (!one || !other) throw new Error('no tabs')
    await Promise.all([one.saved(), other.saved()])
    await offline(served, one, other, ben)
    for (let n = 0; n < 20; n++) {
      type(one, id, 0, 'a')
      type(other, id, 0, 'o')
    }
    for (const { close } of tabs) await close()

    const { partner: again } = await open()
    expect(again.board.online).toBe(false)
    expect([count(again, id, 'a'), count(again, id, 'o')]).toEqual([20, 20])
    await back(served, again, ben)
    await equal(id, again, ben)
    expect([count(ben, id, 'a'), count(ben, id, 'o')]).toEqual([20, 20])
  })
})

import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Caret } from '../../client/editor/editor-binding.ts'
import { otherSeat } from '../../shared/ids.ts'
import { readFrame } from '../../server/live/sync-frames.ts'
import { makePair, Partner } from '../support/partners/partner.ts'
import { sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { arrived } from '../support/partners/arrived.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
let ana: Partner
let ben: Partner
let phones: string
let money: string

beforeEach(async () => {
  served = await serveBoard()
  ;[ana, ben] = await makePair({ origin: served.origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  phones = await sharedWith(ana, ben)
  money = await sharedWith(ben, ana, { name: 'Money', words: 'Ask first.', ifItSlips: '' })
  await Promise.all([ana.saved(), ben.saved()])
})

/** The kinds of frames, and the facts, that reach this page from now on. */
function wireOf({ board }: Partner): string[] {
  const heard: string[] = []
  onTestFinished(
    board.link.onFact('words:sent', ({ frames }) => {
      for (const frame of frames) heard.push(readFrame(frame)?.kind ?? 'unreadable')
    }),
  )
  onTestFinished(board.link.onFact('words:parted', () => void heard.push('part')))
  onTestFinished(board.link.onFact('record:appended', () => void heard.push('record')))
  return heard
}

const isHere = (who: Partner, id: string) => who.board.boundary(id)?.partnerHere
/** Where that person's caret is, as this page knows it. */
const caretOf = (who: Partner, of: Partner): unknown => {
  const states = [...who.board.words.presence.inner.getStates().values()]
  const found = states.find(({ seat }) => seat === of.seat)?.caret as Caret | undefined
  return found?.anchor
}
const moveCaret = ({ board }: Partner, anchor: number) =>
  board.words.presence.inner.setLocalStateField('caret', { field: 'words', anchor, head: anchor })

it('S5: whoever shows what is no sealed caret is nobody, and the next caret is seen', async () => {
  ana.board.enter(phones)
  ben.board.enter(phones)
  await ana.until(() => isHere(ana, phones) === true)
  const { awareness, presence } = ana.board.words
  const shown = presence.inner.getStates().size
  const texts = ['', 'A', 'AB=', 'A===', '%%%%', 'ÄÄÄÄ', ' AAA', 'A'.repeat(120), 'A'.repeat(8000)]
  const stranger = new Awareness(new Y.Doc())
  onTestFinished(() => stranger.destroy())
  for (const live of [...texts, null, 7, ['AAAA'], { live: 'AAAA' }]) {
    stranger.setLocalState({ live })
    applyAwarenessUpdate(awareness, encodeAwarenessUpdate(stranger, [stranger.clientID]), 'wire')
    expect(awareness.getStates().get(stranger.clientID)).toEqual({ live })
    expect(presence.inner.getStates().size).toBe(shown)
  }
  moveCaret(ben, 3)
  await ana.until(() => caretOf(ana, ben) === 3)
})

it('S5: a caret that was on its way when one left shows nobody in the boundary entered next', async () => {
  const leave = ana.board.enter(phones)
  ben.board.enter(phones)
  await ana.until(() => isHere(ana, phones) === true)
  const { awareness, presence } = ana.board.words
  leave()
  moveCaret(ben, 1)
  const theirs = ben.board.words.awareness
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'late')
  ana.board.enter(money)
  expect(presence.isHere(money, ben.seat)).toBe(false)
})

describe('S5: who only reads is not seen to', () => {
  it('nothing about it is on the partner’s wire while only one has the boundary open', async () => {
    const heard = wireOf(ben)
    const leave = ana.board.enter(phones)
    for (let i = 0; i < 5; i++) moveCaret(ana, i)
    await arrived(ana, ben)
    leave()
    ana.board.enter(phones)
    await arrived(ana, ben)
    expect(heard).toEqual([])
    type(ana, phones, 0, 'x') // and this one would have been seen
    await ben.until(() => wordsOf(ben, phones)?.startsWith('x') === true)
    expect(heard).toEqual(['update'])
  })

  it('nor while both are inside, each in another boundary', async () => {
    const heard = [wireOf(ana), wireOf(ben)]
    ana.board.enter(phones)
    ben.board.enter(money)
    moveCaret(ana, 3)
    moveCaret(ben, 4)
    await arrived(ana, ben)
    expect(heard).toEqual([[], []])
    expect([isHere(ana, phones), isHere(ana, money), isHere(ben, money)]).toEqual([
      ...[false, false, false],
    ])
  })

  it('nor when the one who reads loses the connection, or comes back to an open boundary', async () => {
    const heard = wireOf(ben)
    ana.board.enter(phones)
    await arrived(ana, ben)
    ana.board.link.restart()
    await ana.until(() => !ana.board.online)
    await ana.until(() => ana.board.online)
    await ana.saved()
    moveCaret(ana, 2)
    await arrived(ana, ben)
    ana.close()
    await arrived(ben)
    expect(heard).toEqual([])
  })
})

/** A state is renewed every fifteen seconds; nobody should have to wait for that. */
const AT_ONCE = 8_000

describe('S5: both in one boundary', () => {
  const meet = async () => {
    const leave = [ana, ben].map(({ board }) => board.enter(phones))
    await ana.until(() => isHere(ana, phones) === true)
    await ben.until(() => isHere(ben, phones) === true)
    return leave
  }

  it('each sees the other and their caret, by the seat; only there', async () => {
    await meet()
    moveCaret(ana, 7)
    await ben.until(() => caretOf(ben, ana) === 7)
    expect(isHere(ben, money)).toBe(false)
    expect(ana.board.words.presence.isHere(phones, otherSeat(ana.seat))).toBe(true)
  })

  it('P1: what travels is sealed: no seat, no caret, no boundary in the clear', async () => {
    const before = served.tap.bytes().length
    await meet()
    moveCaret(ana, 7)
    await ben.until(() => caretOf(ben, ana) === 7)
    const passed = served.tap.bytes().subarray(before).toString('latin1')
    expect(passed).toContain('"live"')
    for (const word of ['caret', 'anchor', 'seat', phones]) expect(passed).not.toContain(word)
  })

  it('leaving ends it, at once and for both ends', async () => {
    const [leaveAna] = await meet()
    leaveAna?.()
    expect(isHere(ana, phones)).toBe(false)
    await ben.until(() => isHere(ben, phones) === false)
    const heard = wireOf(ana)
    moveCaret(ben, 5)
    await arrived(ben, ana)
    expect(heard).toEqual([])
  })

  it('a page that is hidden has left, sees nobody, and comes back with the boundary', async () => {
    await meet()
    ana.board.setSeen(false)
    expect(isHere(ana, phones)).toBe(false)
    await ben.until(() => isHere(ben, phones) === false)
    const heard = wireOf(ana)
    moveCaret(ben, 5)
    ana.board.link.restart() // a connection that comes back brings nobody back
    await ana.until(() => !ana.board.online)
    await ana.until(() => ana.board.online)
    await arrived(ben, ana)
    expect(heard).not.toContain('awareness')
    expect(isHere(ben, phones)).toBe(false)
    ana.board.setSeen(true)
    await Promise.all([ana, ben].map((who) => who.until(() => isHere(who, phones) === true)))
  })

  it('a hidden page goes on to another boundary unseen', async () => {
    await meet()
    ana.board.setSeen(false)
    ana.board.enter(money)
    ben.board.enter(money)
    await arrived(ana, ben)
    expect([isHere(ana, money), isHere(ben, money)]).toEqual([false, false])
    ana.board.setSeen(true)
    await ben.until(() => isHere(ben, money) === true)
  })

  it('going on to another boundary ends it here', async () => {
    await meet()
    ana.board.enter(money)
    await ben.until(() => isHere(ben, phones) === false)
    ben.board.enter(money)
    await ana.until(() => isHere(ana, money) === true)
  })

  it('closing the tab ends it, and so does a cut wire', async () => {
    await meet()
    ana.close()
    await ben.until(() => isHere(ben, phones) === false)
    const phone = await Partner.open(ana.address, ana.vault, { origin: served.origin })
    onTestFinished(() => phone.close())
    phone.board.enter(phones)
    await ben.until(() => isHere(ben, phones) === true)
    served.tap.refuse(true)
    served.tap.cut()
    await ben.until(() => !ben.board.online)
    expect(isHere(ben, phones)).toBe(false)
  })

  it(
    'after a cut both are there again',
    async () => {
      await meet()
      served.tap.cut()
      await Promise.all([ana, ben].map((who) => who.until(() => isHere(who, phones) === false)))
      await Promise.all([ana, ben].map((who) => who.until(() => isHere(who, phones) === true)))
      moveCaret(ben, 9)
      await ana.until(() => caretOf(ana, ben) === 9)
    },
    AT_ONCE,
  )

  it(
    'two devices of one seat: the partner is here until the last has left',
    async () => {
      await meet()
      const phone = await Partner.open(ana.address, ana.vault, { origin: served.origin })
      onTestFinished(() => phone.close())
      phone.board.enter(phones)
      await phone.until(() => isHere(phone, phones) === true)
      await ben.until(() => ben.board.words.presence.inner.getStates().size === 3)
      ana.close()
      await ben.until(() => ben.board.words.presence.inner.getStates().size === 2)
      expect(isHere(ben, phones)).toBe(true)
      phone.close()
      await ben.until(() => isHere(ben, phones) === false)
    },
    AT_ONCE,
  )
})

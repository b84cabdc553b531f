/** A device whose clock is wrong by a day: only the day that is shown can tell, and it never goes back (A9, threat 19). */
import { describe, expect, it, onTestFinished } from 'vitest'
import { Partner } from '../support/partners/partner.ts'
import { agree, PHONES, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard } from '../support/server/served-board.ts'

const DAY_MS = 86_400_000
const dayOf = (seconds: number) => Math.floor((seconds * 1000) / DAY_MS)

function closing<T extends Partner>(partner: T): T {
  onTestFinished(() => partner.close())
  return partner
}

/** Ana's clock is right, Ben's is off; `offset` in milliseconds. */
async function pairWith(offset: number) {
  const served = await serveBoard()
  const { origin } = served
  const ana = closing(await Partner.start('Ana', { origin }))
  expect((await ana.board.invite()).kind).toBe('recorded')
  const link = ana.board.invitation?.link ?? ''
  const now = () => Date.now() + offset
  const ben = closing(await Partner.join('Ben', link, { origin, now }))
  await ana.until(() => ana.board.joined)
  return { origin, ana, ben }
}

/** What both say of one boundary, from proposing to stepping back, taking turns. */
async function tell(ana: Partner, ben: Partner): Promise<string> {
  const id = await sharedWith(ben, ana)
  const inStep = async () => {
    const next = Math.max(ana.board.records.next, ben.board.records.next)
    await Promise.all([ana, ben].map((who) => who.until(() => who.board.records.next === next)))
  }
  const say = async (said: Promise<{ readonly kind: string }>) => {
    expect(await said).toEqual({ kind: 'recorded' })
    await inStep()
  }
  await say(agree(ben, id))
  await say(ben.board.takeBack(id))
  await say(agree(ben, id))
  await say(agree(ana, id))
  expect([ana, ben].map(({ board }) => board.boundary(id)?.status)).toEqual(['agreed', 'agreed'])
  type(ana, id, 0, 'New: ')
  await ben.until(() => wordsOf(ben, id) === `New: ${PHONES.words}`)
  await say(agree(ana, id))
  await say(agree(ben, id))
  await say(ana.board.stepBack(id))
  return id
}

const shown = ({ board }: Partner) => board.history.map(({ at }) => at)

describe.each<[string, number]>([
  ['a day behind', -DAY_MS],
  ['a day ahead', DAY_MS],
  ['ten years behind', -3652 * DAY_MS],
  ['ten years ahead', 3652 * DAY_MS],
])('A9: a clock %s', (_, offset) => {
  it('changes neither order, validity nor standing; both show the same days, which never go back', async () => {
    const { origin, ana, ben } = await pairWith(offset)
    const began = dayOf(Date.now() / 1000)
    const id = await tell(ana, ben)
    const ended = dayOf(Date.now() / 1000)

    expect(ben.board.records.standing).toEqual(ana.board.records.standing)
    expect(ben.board.history).toEqual(ana.board.history)
    for (const { board } of [ana, ben]) {
      expect([board.trouble, board.unreadable]).toEqual(['storage-refused', 0])
      expect(board.boundary(id)?.status).toBe('not-agreed-any-more')
      expect(board.history.map(({ what }) => what).slice(-6)).toEqual([
        ...['took-back', 'suggested', 'agreed', 'suggested', 'changed', 'stepped-back'],
      ])
    }
    const moments = shown(ana)
    expect(moments).toEqual(moments.toSorted((one, other) => one - other))
    // Never a day that has not come, and never one before the board was started.
    for (const at of moments) {
      expect(dayOf(at)).toBeGreaterThanOrEqual(began)
      expect(dayOf(at)).toBeLessThanOrEqual(ended)
    }
    // A device that comes later, with nothing, works out the very same.
    const words = await ben.board.twelveWords()
    const phone = closing(await Partner.restore(words, { origin }))
    await phone.until(() => phone.board.records.next === ana.board.records.next)
    expect(phone.board.records.standing).toEqual(ana.board.records.standing)
    expect(shown(phone)).toEqual(moments)
  })
})

it('A9: said with a right clock and with wrong ones, it is the same tale', async () => {
  const tales: unknown[] = []
  for (const offset of [0, -DAY_MS, DAY_MS]) {
    const { ana, ben } = await pairWith(offset)
    const id = await tell(ana, ben)
    for (const { board } of [ana, ben]) {
      const items = board.history.map(({ seq, who, what, name, before, after }) => ({
        ...{ seq, who, what, name, before, after },
      }))
      tales.push({ items, words: board.textOf(id), status: board.boundary(id)?.status })
    }
  }
  expect(tales).toHaveLength(6)
  for (const tale of tales) expect(tale).toEqual(tales[0])
})

/** The made-up board, opened from both seats with twelve words over a real server. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { story } from '../../server/demo/story.ts'
import { layDown } from '../../server/demo/tell.ts'
import { createMemoryStore } from '../../server/store/memory-store.ts'
import { wordsOf } from '../../shared/crypto.ts'
import type { Card } from '../../client/board/board-view.ts'
import { appForTest } from '../support/server/app.ts'
import { DEMO_NOW, tellDemo } from '../support/server/demo.ts'
import { Partner } from '../support/partners/partner.ts'

async function bothPeople() {
  const store = createMemoryStore()
  const told = await tellDemo()
  await layDown(store, told)
  const { origin } = await appForTest({ store })
  const open = async (seed: Uint8Array) => {
    const partner = await Partner.restore(await wordsOf(seed), { origin, now: () => DEMO_NOW })
    onTestFinished(() => partner.close())
    const { records, drafts } = partner.board
    await partner.until(() => records.next === told.records.length)
    await partner.until(() => drafts.words.tally.everSynced)
    await drafts.words.sealed.settled()
    return partner
  }
  const people = [await open(told.seeds.a), await open(told.seeds.b)] as const
  return { people, told }
}

const stands = ({ status, forYou }: Card): string => {
  const said =
    typeof status === 'string'
      ? status
      : status.kind === 'limit'
        ? `${status.mine ? 'my' : 'their'} limit, ${status.heard ? 'heard' : 'not heard'}`
        : `needs until ${status.until}`
  return forYou ? `${said}; for you: ${forYou}` : said
}

describe('the demo', () => {
  it('R10, A8 verifies from the first record and stands for both as the story says', async () => {
    const { people, told } = await bothPeople()
    const names = new Map([...told.ids].map(([about, id]) => [id, about]))
    const [robin, sam] = people.map(({ board }): Record<string, string> => {
      const { records, unreadable, cards } = board
      expect([records.trouble, records.next, unreadable, cards.length]).toEqual([null, 63, 0, 20])
      return Object.fromEntries(cards.map((card) => [names.get(card.id) ?? '', stands(card)]))
    })
    const both = {
      ...{ late: 'agreed', walk: 'agreed', questions: 'agreed', basket: 'agreed', post: 'agreed' },
      ...{ pictures: 'agreed', families: 'agreed', wine: 'agreed', trips: 'agreed' },
      ...{ allowance: 'agreed', pause: 'agreed' },
      ...{ sundays: 'let-go', leaving: 'let-go', calendar: 'not-agreed-any-more' },
      room: 'set-aside',
    }
    expect(robin).toEqual({
      ...both,
      purchases: 'change-suggested',
      holidays: 'needs until 2027-05-26',
      shifts: 'being-worded; for you: answer',
      hand: 'their limit, heard',
      block: 'my limit, not heard',
    })
    expect(sam).toEqual({
      ...both,
      purchases: 'change-suggested; for you: answer',
      holidays: 'needs until 2027-05-26',
      shifts: 'waiting',
      hand: 'my limit, heard',
      block: 'their limit, not heard; for you: hear',
    })
  })

  it('S1 has the words in force on every table, and the notes beside', async () => {
    const { people, told } = await bothPeople()
    for (const { board } of people) {
      for (const id of board.table.ids) {
        const open = board.boundary(id)
        if (id === told.ids.get('purchases')) expect(open?.newWords).toBe(true)
        else if (open?.inForce) expect(open.newWords).toBe(false)
      }
      const notes = (await board.notes()).of(told.ids.get('holidays') ?? '')
      expect(notes.map(({ kind, by, answer }) => [kind, by, answer?.right ?? null])).toEqual([
        ['note', 'b', null],
        ['said-back', 'a', true],
      ])
    }
  })

  it('S9 opens a draft only with the seat that wrote it', async () => {
    const { people } = await bothPeople()
    const seen = people.map(({ board }) => board.drafts.cards.map(({ name }) => name))
    const written = story.flatMap(([, who, step]) =>
      step.does === 'draft' ? [[who, step.name]] : [],
    )
    expect(written).toEqual([
      ['a', seen[0]?.[0]],
      ['b', seen[1]?.[0]],
    ])
    expect(seen.flat()).toHaveLength(2)
  })
})

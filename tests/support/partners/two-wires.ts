/**
 * Two partners, each on a wire of their own that the test can hold: so one of
 * them can act before hearing of what the other did a moment ago.
 */
import { onTestFinished } from 'vitest'
import type { Clock } from '../../../server/clock.ts'
import { level } from './arrived.ts'
import { Partner, type PartnerOptions } from './partner.ts'
import { agree, PHONES, sharedWith } from './partner-words.ts'
import { serveBoard } from '../server/served-board.ts'
import type { Tap } from './tap.ts'

export interface TwoWires {
  readonly ana: Partner
  readonly ben: Partner
  readonly wires: ReadonlyMap<Partner, Tap>
  /** The other does `first`; then `who`, who has not heard of it, does `then`. Returns what that says. */
  unheard<T>(who: Partner, first: () => unknown, then: () => Promise<T> | T): Promise<T>
}

/** With a clock, it is that of the server and of both devices. */
export async function twoWires(clock?: Clock): Promise<TwoWires> {
  const { origin, tap, anotherWire } = await serveBoard({}, clock)
  const options: Partial<PartnerOptions> = clock ? { now: () => clock.now() } : {}
  const other = await anotherWire()
  const ana = closing(await Partner.start('Ana', { ...options, origin }))
  await ana.board.invite()
  const link = ana.board.invitation?.link ?? ''
  const ben = closing(await Partner.join('Ben', link, { ...options, origin: other.origin }))
  await level(ana, ben)
  const wires = new Map([
    [ana, tap],
    [ben, other],
  ])
  return {
    ...{ ana, ben, wires },
    unheard: async (who, first, then) => {
      const wire = wires.get(who)
      wire?.hold()
      await first()
      const said = Promise.resolve(then())
      wire?.release()
      const done = await said
      await level(ana, ben)
      return done
    },
  }
}

export function closing(partner: Partner): Partner {
  onTestFinished(() => partner.close())
  return partner
}

/** Agreed by both, and known to both. Returns the boundary. */
export async function agreed(ana: Partner, ben: Partner, texts = PHONES): Promise<string> {
  const id = await sharedWith(ana, ben, texts)
  await agree(ana, id)
  await level(ana, ben)
  await agree(ben, id)
  await level(ana, ben)
  return id
}

/** Suggested by one, and known to both. Returns the boundary. */
export async function asked(who: Partner, other: Partner, texts = PHONES): Promise<string> {
  const id = await sharedWith(who, other, texts)
  await agree(who, id)
  await level(who, other)
  return id
}

/** What this person's screen says about a boundary, in short. */
export function screen(who: Partner, id: string) {
  const boundary = who.board.boundary(id)
  if (!boundary) throw new Error('not on this board')
  const { status, myYes, partnerYes, table, inForce } = boundary
  const card = who.board.cards.find((each) => each.id === id)
  return {
    ...{ status, myYes, partnerYes, forYou: card?.forYou ?? null },
    words: table.words,
    inForce: inForce?.wording.words ?? null,
  }
}

/** How many records this person has: nothing said leaves it as it is. */
export const recordsOf = ({ board }: Partner): number => board.records.next

/** Histories that every implementation accepts, and what they come to. */
import { encodeAct, type Act } from '../../shared/act.ts'
import { concat, u32be, utf8 } from '../../shared/bytes.ts'
import { hash, seal } from '../../shared/crypto.ts'
import { boxHash, type SignedRecord } from '../../shared/record.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import type { HistoryMaker } from '../support/history/make-history.ts'

type Story = (maker: HistoryMaker) => unknown

const boundary = 'b0'.repeat(16)
const words = (text: string, kind: Wording['kind'] = 'ours'): Wording => ({
  kind,
  name: 'Evenings',
  words: text,
  ifItSlips: 'We say so the same day.',
  until: null,
})
const early = words('Phones away after nine.')
const late = words('Phones away after ten.')
const limit = words('I do not lend out my car.', 'a')

const yes = (wording: Wording | null): Act => ({ kind: 'yes', boundary, wording })
const of = (wording: Wording | null) => ({ boundary, words: wordingHash(boundary, wording) })

const agreed = (maker: HistoryMaker) => maker.together().say('a', yes(early)).say('b', yes(early))

/** By the sentence that says what happens. */
export const validStories: Readonly<Record<string, Story>> = {
  'founded and nothing more': (m) => m.found(),
  'founded, invited, claimed': (m) => m.together(),
  'a new invitation replaces the open one': (m) => {
    m.found().invite()
    m.claim(m.invite())
  },
  'cancelled and invited again': (m) => {
    m.found().cancel(m.invite())
    m.claim(m.invite())
  },
  'a yes before the partner came is a proposal': (m) => m.found().say('a', yes(early)),
  'a proposal from before the partner came is agreed to': (m) => {
    const invitation = m.found().invite()
    m.say('a', yes(early)).claim(invitation).say('b', yes(early))
  },
  'a yes from both': agreed,
  'a counter-proposal is agreed to': (m) =>
    m.together().say('a', yes(early)).say('b', yes(late)).say('a', yes(late)),
  'new words while the earlier ones are in force': (m) =>
    agreed(m).say('a', { kind: 'yes', boundary, wording: late, why: 'The show runs until ten.' }),
  'taken back before the other answered': (m) =>
    m
      .together()
      .say('a', yes(early))
      .say('a', { kind: 'take-back', boundary })
      .say('b', yes(early)),
  'a no clears the yes it answers': (m) =>
    m
      .together()
      .say('a', yes(early))
      .say('b', { kind: 'no', ...of(early), note: 'Not on Fridays.' })
      .say('b', yes(early)),
  'one steps back alone': (m) => agreed(m).say('b', { kind: 'step-back', ...of(early) }),
  'both let it go': (m) => agreed(m).say('a', yes(null)).say('b', yes(null)),
  'a limit is heard': (m) =>
    m
      .together()
      .say('a', yes(limit))
      .say('b', { kind: 'heard', ...of(limit) }),
  'a yes to the limit of the other is void': (m) =>
    m
      .together()
      .say('a', yes(limit))
      .say('b', yes(words('I do lend out my car.', 'a'))),
  'a later answer and a day to look again': (m) =>
    agreed(m)
      .say('b', { kind: 'later', boundary, until: '2026-11-01', note: 'After the move.' })
      .say('a', { kind: 'look-again', boundary, on: '2027-01-01' }),
  'a clock that runs backwards': (m) =>
    agreed(m).append(m.make({ seat: 'b', at: 0 }, { kind: 'step-back', ...of(early) })),
  'a clock ten years ahead': (m) =>
    m
      .together()
      .append(m.make({ at: 2_105_000_000 }, yes(early)))
      .say('b', yes(early)),
  'an act of a kind that this version does not know': (m) =>
    m.together().append(m.make({ seat: 'b' }, utf8('{"kind":"dance","to":"anything"}'))),
}

/** A record by `a`, whose yes is open when it comes, that is valid but cannot be read. */
const unreadableRecords: Readonly<Record<string, (maker: HistoryMaker) => SignedRecord>> = {
  'a box sealed with another key': (m) => m.make({}, yes(late), { acts: m.keys.draft }),
  'a box that opens to other words than those committed to': otherWords,
  'the box of another record': (m) => resealed(m, m.records.at(-1)!.box),
  'a box of noise': (m) => resealed(m, m.random(1064)),
  'an empty box': (m) => resealed(m, new Uint8Array()),
  'a body that is not JSON': (m) => m.make({}, utf8('yes')),
  'a yes without its wording': (m) => m.make({}, json({ kind: 'yes', boundary })),
  'a yes with one field too many': (m) => m.make({}, json({ ...yes(late), by: 'b' })),
  'a later until a day that is in no calendar': (m) =>
    m.make({}, json({ kind: 'later', boundary, until: '2026-02-31' })),
  'a note that turns the direction of reading': (m) =>
    m.make({}, json({ ...yes(late), why: 'for \u202euoy' })),
}

/** The open yes of `a` is cleared, so the yes of `b` that follows agrees to nothing. */
export const unreadableStories: Readonly<Record<string, Story>> = Object.fromEntries(
  Object.entries(unreadableRecords).map(([name, record]) => [
    `cannot be read: ${name}`,
    (m: HistoryMaker) => {
      m.together().say('a', yes(early))
      m.append(record(m)).say('b', yes(early))
    },
  ]),
)

const json = (value: unknown): Uint8Array => utf8(JSON.stringify(value))

/** Written out from the format, so that only the commitment is at fault. */
function otherWords(m: HistoryMaker): SignedRecord {
  const { board, seq, prev, seat, epoch } = m.slot()
  const commit = m.other32()
  const body = encodeAct(yes(late))
  const plain = new Uint8Array(1024)
  plain.set(concat(m.random(32), u32be(body.length), body))
  const context = hash('aad', board, `${seq}`, prev, seat, `${epoch}`, commit)
  const sealed = seal(m.keys.acts, context, plain, m.random)
  return resealed(m, sealed, (head) => head.replace(/"commit":"\w+"/, `"commit":"${commit}"`))
}

/** A record that holds `box` and a head that rightly names it. */
function resealed(m: HistoryMaker, box: Uint8Array, change = (head: string) => head) {
  return m.write((head) => change(head).replace(/"box":"\w+"/, `"box":"${boxHash(box)}"`), {
    ...m.make(),
    box,
  })
}

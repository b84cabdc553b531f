/** What is refused about one record and its place (R1–R5), and by which law. */
import { sign } from '../../shared/crypto.ts'
import { chainHash, type Open } from '../../shared/record.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { signAs, smallOrder, withTorsion } from '../support/history/ed25519.ts'
import { inviteOf } from '../support/history/make-history.ts'
import {
  first,
  foundOf,
  next,
  reads,
  seats,
  signed,
  after,
  twinSigned,
  type Stories,
  type Story,
} from './tell.ts'

const chain: Stories = {
  'a record of another board': ['wrong-board', next((m) => ({ board: m.other32() }))],
  'a record that names no board': ['wrong-board', next(() => ({ board: '' }))],
  'a gap in the numbers': ['not-next', next((m) => ({ seq: m.records.length + 1 }))],
  'a number used twice': ['not-next', next((m) => ({ seq: m.records.length - 1 }))],
  'a wrong link to the record before': ['not-next', next((m) => ({ prev: m.other32() }))],
  'a link to the record before the last': [
    'not-next',
    next((m) => ({ prev: chainHash(m.records.at(-2)!) })),
  ],
  'two records in the other order': [
    'not-next',
    (m) => {
      m.together()
        .append(m.make())
        .append(m.make({ seat: 'b' }))
      return [...m.records.slice(0, -2), m.records.at(-1)!, m.records.at(-2)!]
    },
  ],
  'the same record again': ['not-next', (m) => after(m.together(), m.records.at(-1)!)],
  'the first record missing': ['wrong-board', (m) => m.together().records.slice(1)],
  'a record from the middle missing': [
    'not-next',
    (m) => m.together().records.filter((_, i) => i !== 1),
  ],
  'the first record names a board': ['wrong-board', first((m) => ({ board: m.other32() }))],
  'the first record is not number zero': ['not-next', first(() => ({ seq: 1 }))],
  'the first record links to another': ['not-next', first((m) => ({ prev: m.other32() }))],
  'an epoch that is not there yet': ['epoch-unknown', next(() => ({ epoch: 1 }))],
  'the box of another record': [
    'box-mismatch',
    (m) => {
      m.together()
      return after(m, { ...m.make(), box: m.records[0]!.box })
    },
  ],
  'a box cut short': [
    'box-mismatch',
    (m) => {
      m.together()
      const record = m.make()
      return after(m, { ...record, box: record.box.subarray(0, -1) })
    },
  ],
  'a record that is too large': [
    'too-large',
    (m) => after(m.together(), { ...m.make(), box: m.random(16 * 1024) }),
  ],
  'a head that is too large': ['too-large', reads((head) => head.padEnd(2049))],
}

const signatures: Stories = {
  'a signature by a random key': [
    'bad-signature',
    signed(({ head }, m) => sign(m.random(32), 'record', head)),
  ],
  'a signature by the other seat': [
    'bad-signature',
    signed(({ head }, m) => sign(m.seats.b.sign.secret, 'record', head)),
  ],
  'the seat swapped after signing': [
    'bad-signature',
    (m) => {
      m.together()
      const { sig } = m.make()
      const swapped = m.write((head) => head.replace('"seat":"a"', '"seat":"b"'))
      return after(m, { ...swapped, sig })
    },
  ],
  'a signature made for a hello': [
    'bad-signature',
    signed(({ head }, m) => sign(m.seats.a.sign.secret, 'hello', head)),
  ],
  'a signature made for a claim': [
    'bad-signature',
    signed(({ head }, m) => sign(m.seats.a.sign.secret, 'claim', head)),
  ],
  'a signature over the bare head': [
    'bad-signature',
    signed(({ head }, m) => {
      const { secret, public: key } = m.seats.a.sign
      return signAs(secret, key, head, m.random(32))
    }),
  ],
  'a signature cut short': ['bad-signature', signed(({ sig }) => sig.subarray(0, 63))],
  'a signature of zeros': ['bad-signature', signed(() => new Uint8Array(64))],
  'founded by a key of small order': [
    'bad-signature',
    (m) => {
      const record = m.make({ open: { ...foundOf(m), sign: smallOrder[0]! } as Open })
      const sig = Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : 0))
      return [{ ...record, sig }]
    },
  ],
  'founded by a key outside the prime-order group': [
    'key-unsafe',
    (m) => {
      const { secret, public: key } = m.seats.a.sign
      const twin = withTorsion(key)
      const record = m.make({ open: { ...foundOf(m), sign: twin } as Open })
      return [{ ...record, sig: twinSigned(m, secret, twin, record.head) }]
    },
  ],
}

const withOpen = (open: string) => reads((head) => head.replace('"open":null', `"open":${open}`))
const field = (from: RegExp | string, to: string): readonly [RefusalCode, Story] => [
  'head-malformed',
  reads((head) => head.replace(from, to)),
]

const heads: Stories = {
  'a head of another version': field('"v":1', '"v":2'),
  'a head without a version': field('"v":1,', ''),
  'a head with a field too many': field('}', ',"more":1}'),
  'a head with a field twice': field('"seat":"a"', '"seat":"b","seat":"a"'),
  'a head in another order': field(/("seq":\d+),("prev":"\w+")/, '$2,$1'),
  'a head without an open field': field(',"open":null', ''),
  'a number written 1e3': field(/"at":\d+/, '"at":1e3'),
  'a number written 1.0': field(/"at":\d+/, '"at":1.0'),
  'a number written minus zero': field(/"at":\d+/, '"at":-0'),
  'a number with a leading zero': field('"at":', '"at":0'),
  'a number with a fraction': field(/"at":\d+/, '"at":1.5'),
  'a number below zero': field(/"at":\d+/, '"at":-1'),
  'a number of 2 to the 53 plus 1': field(/"seq":\d+/, '"seq":9007199254740993'),
  'a moment that is no date': field(/"at":\d+/, '"at":9007199254740991'),
  'an epoch of more than 16 bits': field('"epoch":0', '"epoch":65536'),
  'a number as a string': field(/"seq":(\d+)/, '"seq":"$1"'),
  'a space after a colon': field('"v":1', '"v": 1'),
  'a space before the head': field('{', ' {'),
  'a line end after the head': field(/$/, '\n'),
  'a byte-order mark before the head': field('{', '\ufeff{'),
  'a letter written as an escape': field('"seat":"a"', '"seat":"\\u0061"'),
  'a slash written as an escape': field('"prev":"', '"prev":"\\/'),
  'a hash in capitals': field(/"commit":"\w+"/, `"commit":"${'AB'.repeat(32)}"`),
  'a hash too short': field(/"commit":"\w\w/, '"commit":"'),
  'a third seat': field('"seat":"a"', '"seat":"c"'),
  'a field named __proto__': field('}', ',"__proto__":{"polluted":true}}'),
  'a field named constructor': field('}', ',"constructor":{"prototype":{"polluted":true}}}'),
  'a head that is a list': field(/.+/, '[]'),
  'a head that is null': field(/.+/, 'null'),
  'a head that is nothing': field(/.+/, ''),
  'a head cut short': field(/.$/, ''),
  'an open field of an unknown kind': ['head-malformed', withOpen('{"kind":"crown","seat":"a"}')],
  'an open field of the kind constructor': ['head-malformed', withOpen('{"kind":"constructor"}')],
  'an open field with a field too many': [
    'head-malformed',
    withOpen(`{"kind":"cancel","invite":"${'0'.repeat(32)}","why":1}`),
  ],
  'an open field in another order': [
    'head-malformed',
    withOpen(`{"invite":"${'0'.repeat(32)}","kind":"cancel"}`),
  ],
  'an open field named __proto__': [
    'head-malformed',
    withOpen(`{"kind":"cancel","invite":"${'0'.repeat(32)}","__proto__":{"polluted":true}}`),
  ],
  'an invitation for no days': [
    'head-malformed',
    seats((m) => ({ open: { ...inviteOf(m.newInvitation()), days: 0 } })),
  ],
  'an invitation for a year': [
    'head-malformed',
    seats((m) => ({ open: { ...inviteOf(m.newInvitation()), days: 365 } })),
  ],
}

export const invalidRecords: Stories = { ...chain, ...signatures, ...heads }

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeAct } from '../../shared/act.ts'
import { utf8 } from '../../shared/bytes.ts'
import { hash, hexHash, open, seal, sign, verify } from '../../shared/crypto.ts'
import { extend, type Chain } from '../../shared/history.ts'
import {
  BODY_MAX_BYTES,
  boxHash,
  encodeHead,
  HEAD_MAX_BYTES,
  makeRecord,
  openBody,
  readHead,
  RECORD_MAX_BYTES,
  type Head,
  type SignedRecord,
} from '../../shared/record.ts'
import { HistoryMaker, inviteOf } from '../support/history/make-history.ts'
import { holds } from '../support/property.ts'

const headOf = (record: SignedRecord): Head => {
  const head = readHead(record.head)
  if (!head.ok) throw new Error(head.code)
  return head.value
}

describe('a record', () => {
  const maker = new HistoryMaker().together()
  const record = maker.make({ at: 1_790_000_123 }, { kind: 'name', name: 'Ada' })
  const head = headOf(record)

  it('R2: its head is JSON in one field order', () => {
    const { board, hash: prev } = maker.chain!
    expect(new TextDecoder().decode(record.head)).toBe(
      `{"v":1,"board":"${board}","seq":3,"prev":"${prev}","seat":"a","epoch":0,` +
        `"commit":"${head.commit}","box":"${head.box}","at":1790000123,"open":null}`,
    )
  })

  it('R3: its signature covers the tag, a zero byte and the head', () => {
    expect(record.sig).toEqual(sign(maker.seats.a.sign.secret, 'record', record.head))
    expect(verify(maker.seats.a.sign.public, 'record', record.head, record.sig)).toBe(true)
  })

  it('R4: its box is salt, length, body and zeros to a whole KiB, sealed to its place', () => {
    const { board, prev, commit } = head
    const context = hash('aad', board, '3', prev, 'a', '0', commit)
    const plain = open(maker.keys.acts, context, record.box)!
    const body = encodeAct({ kind: 'name', name: 'Ada' })
    expect(plain).toHaveLength(1024)
    expect([...plain.subarray(32, 36)]).toEqual([0, 0, 0, body.length])
    expect(plain.subarray(36, 36 + body.length)).toEqual(body)
    expect(plain.subarray(36 + body.length).every((byte) => byte === 0)).toBe(true)
    expect(hexHash('commit', plain.subarray(0, 32), body)).toBe(commit)
    expect(hexHash('box', record.box)).toBe(head.box)
    expect(openBody(head, record.box, maker.keys.acts)).toEqual(body)
  })

  it('P1 R4: bodies of up to 988 bytes have boxes of one size, longer ones a KiB more', () => {
    const sizes = [0, 1, 500, 988, 989, 2012, 2013].map(
      (length) => maker.make({}, new Uint8Array(length)).box.length - 24 - 16,
    )
    expect(sizes).toEqual([1024, 1024, 1024, 1024, 2048, 2048, 3072])
  })

  it('R1 R2: the largest body makes a record within the limit, a larger one throws', () => {
    const { length } = maker.make({}, new Uint8Array(BODY_MAX_BYTES)).box
    expect(length + HEAD_MAX_BYTES + 64).toBeLessThan(RECORD_MAX_BYTES)
    expect(() => maker.make({}, new Uint8Array(BODY_MAX_BYTES + 1))).toThrow('12 KiB')
  })

  it('R3 R4: the same act twice is two records, with other salts and nonces', () => {
    const again = maker.make({ at: 1_790_000_123 }, { kind: 'name', name: 'Ada' })
    expect(headOf(again).commit).not.toBe(head.commit)
    expect(again.box).not.toEqual(record.box)
  })

  it('R2: every head that can be written reads back as itself', () => {
    const hex = (bytes: number) =>
      fc
        .uint8Array({ minLength: bytes, maxLength: bytes })
        .map((b) => Buffer.from(b).toString('hex'))
    const opens = fc.oneof(
      fc.constant(null),
      fc.record({ kind: fc.constant('found' as const), sign: hex(32), exchange: hex(32) }),
      fc.record({
        kind: fc.constant('invite' as const),
        id: hex(16),
        prove: hex(32),
        days: fc.integer({ min: 1, max: 30 }),
      }),
      fc.record({ kind: fc.constant('cancel' as const), invite: hex(16) }),
      fc.record({
        kind: fc.constant('claim' as const),
        invite: hex(16),
        sign: hex(32),
        exchange: hex(32),
        proof: hex(64),
      }),
    )
    const heads = fc.record({
      v: fc.constant(1 as const),
      board: fc.oneof(fc.constant(''), hex(32)),
      seq: fc.maxSafeNat(),
      prev: fc.oneof(fc.constant(''), hex(32)),
      seat: fc.constantFrom('a' as const, 'b' as const),
      epoch: fc.integer({ min: 0, max: 0xffff }),
      commit: hex(32),
      box: hex(32),
      at: fc.integer({ min: 0, max: 0x7fffffff }),
      open: opens,
    })
    const check = (written: Head) => {
      const bytes = encodeHead(written)
      expect(bytes.length).toBeLessThanOrEqual(HEAD_MAX_BYTES)
      expect(readHead(bytes)).toEqual({ ok: true, value: written })
      const shuffled = Object.fromEntries(Object.entries(written).reverse()) as unknown as Head
      expect(encodeHead(shuffled)).toEqual(bytes)
    }
    holds(fc.property(heads, check), 300)
  })

  it('R2: no bytes whatever make reading a head throw', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.json().map(utf8))
    const check = (any: Uint8Array) => {
      expect(readHead(any).ok).toBe(false)
    }
    holds(fc.property(bytes, check), 1000)
  })
})

describe('one bit changed', () => {
  const maker = new HistoryMaker().together()

  /** What is said to each record that differs from `record` by one bit of one part. */
  function verdicts(chain: Chain | null, record: SignedRecord, part: keyof SignedRecord) {
    const codes = new Set<string>()
    const bytes = record[part].slice()
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7)
      const extended = extend(chain, { ...record, [part]: bytes })
      codes.add(extended.ok ? `accepted with bit ${bit} changed` : extended.code)
      bytes[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(bytes).toEqual(record[part])
    return [...codes].sort()
  }

  const histories: [string, Chain | null, SignedRecord][] = [
    ['an act', maker.chain, maker.make({}, { kind: 'name', name: 'Ada' })],
    ['a founding', null, new HistoryMaker(2).found().records[0]!],
  ]

  describe.each(histories)('in %s', (_what, chain, record) => {
    it('R3 R4 R5: the record as it was made is accepted', () => {
      expect(extend(chain, record).ok).toBe(true)
    })

    it('R2 R3 R5: in the head, any bit: refused', () => {
      const codes = verdicts(chain, record, 'head')
      expect(codes).toEqual(expect.arrayContaining(['bad-signature', 'head-malformed', 'not-next']))
      expect(codes.join()).not.toContain('accepted')
    })

    it('R3: in the signature, any bit: refused', () => {
      expect(verdicts(chain, record, 'sig')).toEqual(['bad-signature'])
    })

    it('R4 R9: in the box, any bit: refused without any board key', () => {
      expect(record.box).toHaveLength(1024 + 24 + 16)
      expect(verdicts(chain, record, 'box')).toEqual(['box-mismatch'])
    })
  })

  it('R4: in the box, any bit: it does not open', () => {
    const record = maker.make()
    const head = headOf(record)
    const box = record.box.slice()
    for (let bit = 0; bit < box.length * 8; bit++) {
      box[bit >> 3]! ^= 1 << (bit & 7)
      if (openBody(head, box, maker.keys.acts) !== null) throw new Error(`opens with bit ${bit}`)
      box[bit >> 3]! ^= 1 << (bit & 7)
    }
    expect(openBody(head, box, maker.keys.acts)).not.toBeNull()
  })

  it('R3: in the key that is asked, any bit: refused', () => {
    const record = maker.make()
    const key = Buffer.from(maker.seats.a.sign.public, 'hex')
    for (let bit = 0; bit < 256; bit++) {
      key[bit >> 3]! ^= 1 << (bit & 7)
      expect(verify(key.toString('hex'), 'record', record.head, record.sig)).toBe(false)
      key[bit >> 3]! ^= 1 << (bit & 7)
    }
  })
})

describe('a body that a head does not stand for', () => {
  const maker = new HistoryMaker().together()
  const { acts, draft } = maker.keys
  const record = maker.make()
  const head = headOf(record)
  const { board, seq, prev, seat, epoch, commit } = head
  const context = hash('aad', board, `${seq}`, prev, seat, `${epoch}`, commit)
  const body = encodeAct({ kind: 'name', name: 'Ada' })
  const plain = open(acts, context, record.box)!

  const openOther = (change: (bytes: Uint8Array) => Uint8Array | undefined) => {
    const bytes = plain.slice()
    const box = seal(acts, context, change(bytes) ?? bytes, maker.random)
    return openBody({ ...head, box: boxHash(box) }, box, acts)
  }

  it('R4: opens with its own key, and with no other', () => {
    expect(openBody(head, record.box, acts)).toEqual(body)
    expect(openBody(head, record.box, draft)).toBeNull()
    const sealed = maker.make({}, body, { acts: draft })
    expect(openBody(headOf(sealed), sealed.box, acts)).toBeNull()
    expect(openBody(headOf(sealed), sealed.box, draft)).toEqual(body)
  })

  it('R4: sealed again as it was, it opens', () => {
    expect(openOther((bytes) => bytes)).toEqual(body)
  })

  it.each<[string, (bytes: Uint8Array) => Uint8Array | undefined]>([
    ['another salt', (bytes) => void (bytes[0]! ^= 1)],
    ['other words', (bytes) => void (bytes[36]! ^= 1)],
    ['a shorter length', (bytes) => void (bytes[35]! -= 1)],
    ['a longer length', (bytes) => void (bytes[35]! += 1)],
    ['a length beyond the end', (bytes) => void bytes.fill(0xff, 32, 36)],
    ['something after the body', (bytes) => void (bytes[1023] = 1)],
    ['no whole KiB', (bytes) => bytes.subarray(0, 1000)],
    ['nothing at all', () => new Uint8Array()],
  ])('R4: %s: null', (_what, change) => {
    expect(openOther(change)).toBeNull()
  })

  it('R4: the box of one record under the head of another: null', () => {
    const other = maker.make()
    expect(openBody(head, other.box, acts)).toBeNull()
    expect(openBody(headOf(other), record.box, acts)).toBeNull()
  })

  it.each<[string, Partial<Head>]>([
    ['board', { board: maker.other32() }],
    ['seq', { seq: 4 }],
    ['prev', { prev: maker.other32() }],
    ['seat', { seat: 'b' }],
    ['epoch', { epoch: 1 }],
    ['commit', { commit: maker.other32() }],
  ])('R4: with another %s in the head: null', (_field, change) => {
    expect(openBody({ ...head, ...change }, record.box, acts)).toBeNull()
  })

  it('R4: a box cut short anywhere: null', () => {
    for (let length = 0; length < record.box.length; length++) {
      expect(openBody(head, record.box.subarray(0, length), acts)).toBeNull()
    }
  })
})

describe('writing a head', () => {
  it('R2: the fields of an open part come in their own order, whatever order they were given in', () => {
    const maker = new HistoryMaker()
    const { kind, days, id, prove } = inviteOf(maker.newInvitation())
    const keys = { sign: maker.seats.a.sign.secret, acts: maker.keys.acts }
    const slot = maker.slot({ open: { days, prove, kind, id } })
    const record = makeRecord(slot, new Uint8Array(), keys, maker.random)
    expect(new TextDecoder().decode(record.head)).toContain(
      `"open":{"kind":"invite","id":"${id}","prove":"${prove}","days":7}}`,
    )
    expect(readHead(record.head).ok).toBe(true)
  })
})

import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { SealedDoc } from '../../shared/sealed-doc.ts'
import { holdsAsync } from '../support/property.ts'
import {
  makeEnd,
  openFresh,
  testSealer,
  WirePair,
  type End,
} from '../support/partners/wire-pair.ts'

const opened: { destroy(): void }[] = []
afterEach(() => opened.splice(0).forEach((each) => each.destroy()))

function pair(): WirePair {
  const made = new WirePair()
  opened.push(made)
  return made
}

const side = fc.constantFrom(0 as const, 1 as const)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('type' as const),
      who: side,
      at: fc.nat(),
      text: fc.string({ minLength: 1, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('delete' as const),
      who: side,
      at: fc.nat(),
      count: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      who: side,
      at: fc.nat(),
      repeat: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('squash' as const), who: side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'restore' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('open' as const), who: side }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(wire: WirePair, move: Step): Promise<void> {
  switch (move.do) {
    case 'type': {
      const { text } = wire.ends[move.who]
      text.insert(move.at % (text.length + 1), move.text)
      return
    }
    case 'delete': {
      const { text } = wire.ends[move.who]
      if (text.length === 0) return
      const at = move.at % text.length
      text.delete(at, Math.min(move.count, text.length - at))
      return
    }
    case 'deliver':
      wire.deliver(move.who, move.at, move.repeat)
      return
    case 'squash':
      wire.ends[move.who].sealed.squash()
      return
    case 'cut':
      wire.cut()
      return
    case 'restore':
      if (!wire.up) wire.restore()
      return
    case 'open':
      await wire.ends[move.who].sealed.settled()
  }
}

describe('S2–S4: two ends of one sealed document', () => {
  it('S3, S4: converge whatever is edited, squashed, cut, repeated or reordered, and so does a third that opens from nothing', async () => {
    await holdsAsync(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const wire = new WirePair()
        for (const move of steps) await take(wire, move)
        await wire.settle()
        const [one, other] = wire.ends
        const third = await openFresh(one.outer)
        expect(other.text.toJSON()).toBe(one.text.toJSON())
        expect(third.text.toJSON()).toBe(one.text.toJSON())
        expect([one, other, third].map(({ sealed }) => sealed.setAsideCount)).toEqual([0, 0, 0])
        third.sealed.destroy()
        wire.destroy()
      }),
      250,
    )
  })

  it('S4: two squashes at once lose nothing that either wrote', async () => {
    const wire = pair()
    const [one, other] = wire.ends
    one.text.insert(0, 'hall ')
    other.text.insert(0, 'kitchen ')
    await wire.settle()
    one.text.insert(0, 'late ')
    other.text.insert(0, 'early ')
    expect(one.sealed.squash() && other.sealed.squash()).toBe(true)
    await wire.settle()
    const words = one.text.toJSON().trim().split(' ').sort()
    expect(words).toEqual(['early', 'hall', 'kitchen', 'late'])
    expect(other.text.toJSON()).toBe(one.text.toJSON())
  })

  it('S4: a squash leaves one envelope in base and keeps others that it has not opened', async () => {
    const end = lone()
    for (let i = 0; i < 300; i++) end.text.insert(i, 'x')
    expect(end.sealed.load()).toMatchObject({ looseCount: 300, baseCount: 0 })
    end.sealed.squash()
    expect(end.sealed.load()).toMatchObject({ looseCount: 0, baseCount: 1 })
    end.text.insert(0, 'y')
    end.sealed.squash()
    expect(end.sealed.load()).toMatchObject({ looseCount: 0, baseCount: 1 })
    expect((await openFresh(end.outer)).text.toJSON()).toBe('y' + 'x'.repeat(300))
  })
})

function lone(): End {
  const end = makeEnd('a0')
  opened.push({ destroy: () => end.sealed.destroy() })
  return end
}

describe('S3: what does not open or decode is set aside, counted and kept', () => {
  const goodUpdate = (text: string): Uint8Array => {
    const doc = new Y.Doc()
    doc.getText('words').insert(0, text)
    return Y.encodeStateAsUpdate(doc)
  }
  const v2Update = (): Uint8Array => {
    const doc = new Y.Doc()
    doc.getText('words').insert(0, 'second version')
    return Y.encodeStateAsUpdateV2(doc)
  }
  const good = testSealer().seal(goodUpdate('moved'))
  const flipped = good.slice()
  flipped[40] = (flipped[40] ?? 0) ^ 1
  const bad: [string, unknown][] = [
    ['sealed with another key', testSealer({ key: new Uint8Array(32) }).seal(goodUpdate('x'))],
    ['from another board', testSealer({ board: 'other' }).seal(goodUpdate('x'))],
    ['from another channel', testSealer({ channel: 'mine' }).seal(goodUpdate('x'))],
    ['with one bit changed', flipped],
    ['of another version', Uint8Array.of(2, ...good.subarray(1))],
    ['of another epoch', Uint8Array.of(1, 0, 1, ...good.subarray(3))],
    ['cut short', good.subarray(0, 20)],
    ['empty', new Uint8Array(0)],
    ['not bytes', { words: 'x' }],
    ['holding no update', testSealer().seal(Uint8Array.of(9, 9, 9, 9))],
    ['holding a cut-off update', testSealer().seal(goodUpdate('words').subarray(0, 9))],
    [
      'declaring billions of structs',
      testSealer().seal(Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 0)),
    ],
  ]

  it.each(bad)('an envelope %s', async (_, envelope) => {
    const end = lone()
    end.text.insert(0, 'ours')
    const theirs = new Y.Doc()
    theirs.getArray('w:b0').push([envelope])
    Y.applyUpdate(end.outer, Y.encodeStateAsUpdate(theirs))
    await end.sealed.settled()
    expect(end.text.toJSON()).toBe('ours')
    expect(end.sealed.setAsideCount).toBe(1)
    // Their next words still arrive, and a squash does not delete what was set aside.
    theirs.getArray('w:b0').push([testSealer().seal(goodUpdate(' and theirs'))])
    Y.applyUpdate(end.outer, Y.encodeStateAsUpdate(theirs))
    await end.sealed.settled()
    expect(end.text.toJSON()).toContain('and theirs')
    end.sealed.squash()
    expect(end.outer.getArray('w:b0').length).toBe(1)
  })

  it('a V2 update, which reads as an empty V1 update, adds nothing and harms nothing', async () => {
    const end = lone()
    end.text.insert(0, 'ours')
    const theirs = new Y.Doc()
    theirs.getArray('w:b0').push([testSealer().seal(v2Update())])
    Y.applyUpdate(end.outer, Y.encodeStateAsUpdate(theirs))
    await end.sealed.settled()
    expect(end.text.toJSON()).toBe('ours')
  })

  it('S3: many at once, one of them bad: only the bad one is set aside', async () => {
    const source = lone()
    for (let i = 0; i < 100; i++) source.text.insert(i, 'x')
    const theirs = new Y.Doc()
    theirs.getArray('w:z').push([testSealer().seal(goodUpdate('words').subarray(0, 9))])
    Y.applyUpdate(source.outer, Y.encodeStateAsUpdate(theirs))
    const fresh = await openFresh(source.outer)
    expect(fresh.text.toJSON()).toBe('x'.repeat(100))
    expect(fresh.sealed.setAsideCount).toBe(1)
  })

  it('a loose envelope in our own name cannot make our next words known before we write them', async () => {
    const end = lone()
    end.text.insert(0, 'a')
    const forged = new Y.Doc()
    forged.clientID = end.sealed.inner.clientID
    forged.getText('words').insert(0, 'x'.repeat(50))
    const theirs = new Y.Doc()
    theirs.getArray('w:b0').push([testSealer().seal(Y.encodeStateAsUpdate(forged))])
    Y.applyUpdate(end.outer, Y.encodeStateAsUpdate(theirs))
    await end.sealed.settled()
    expect(end.sealed.setAsideCount).toBe(1)
    end.text.insert(1, 'b')
    expect(end.text.toJSON()).toBe('ab')
    expect(end.sealed.inner.store.pendingStructs).toBeNull()
  })
})

it('S3: an observer that throws does not keep later envelopes from being opened', async () => {
  const wire = pair()
  const [one, other] = wire.ends
  let thrown = 0
  other.text.observe(() => {
    if (thrown++ === 0) throw new Error('a fault of the editor')
  })
  one.text.insert(0, 'first ')
  expect(() => wire.deliver(1, 0, false)).toThrow('a fault of the editor')
  one.text.insert(0, 'second ')
  wire.deliver(1, 0, false)
  await other.sealed.settled()
  expect(thrown).toBe(2)
  expect(other.text.toJSON()).toBe('second first ')
})

it('S3: what arrives together is on the table at once, in arrays that are known and in new ones', () => {
  const outer = new Y.Doc()
  const [one, other] = ['a0', 'b0'].map((device) => new SealedDoc(outer, device, testSealer()))
  one!.inner.getText('words').insert(0, 'own ')
  other!.inner.getText('words').insert(0, 'other ')
  for (const sealed of [one!, other!]) sealed.destroy()
  const fresh = new Y.Doc()
  const sealed = new SealedDoc(fresh, 'a0', testSealer()) // its own array is known, the other is new
  let times = 0
  sealed.inner.getText('words').observe(() => void times++)
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(outer))
  expect(times).toBe(1)
  expect(sealed.inner.getText('words').toJSON()).toBe('other own ')
  const late = new SealedDoc(fresh, 'd0', testSealer())
  expect(late.inner.getText('words').toJSON()).toBe('other own ')
  for (const each of [sealed, late]) each.destroy()
})

it('S3: many envelopes of no use are told of once, and do not keep the others closed', () => {
  const outer = new Y.Doc()
  const { sealed, inner } = ((made) => ({ sealed: made, inner: made.inner }))(
    new SealedDoc(outer, 'a0', testSealer()),
  )
  let told = 0
  sealed.onSetAside = () => void told++
  const theirs = new Y.Doc()
  const good = new Y.Doc()
  good.getText('words').insert(0, 'good')
  // It merges with the others, and throws when it is applied: a deletion of nothing of what nobody has.
  const ofNothing = Uint8Array.of(0, 1, 5, 1, 9, 0)
  const envelopes = [
    ...Array.from({ length: 100 }, () => new Uint8Array(50)),
    ...Array.from({ length: 20 }, () => testSealer().seal(Y.encodeStateAsUpdate(good))),
    testSealer().seal(ofNothing),
  ]
  theirs.getArray('w:z').push(envelopes)
  Y.applyUpdate(outer, Y.encodeStateAsUpdate(theirs))
  expect(inner.getText('words').toJSON()).toBe('good')
  expect(told).toBe(1)
  expect(sealed.setAsideCount).toBe(101)
  sealed.destroy()
})

it('S3: what lies under a key of an array is no envelope', () => {
  const outer = new Y.Doc()
  const sealed = new SealedDoc(outer, 'a0', testSealer())
  const theirs = new Y.Doc()
  const words = new Y.Doc()
  words.getText('words').insert(0, 'under a key')
  theirs.getMap('w:z').set('k', testSealer().seal(Y.encodeStateAsUpdate(words)))
  Y.applyUpdate(outer, Y.encodeStateAsUpdate(theirs))
  theirs.getMap('w:z').set('k', testSealer().seal(Y.encodeStateAsUpdate(words)))
  Y.applyUpdate(outer, Y.encodeStateAsUpdate(theirs))
  expect(sealed.inner.getText('words').toJSON()).toBe('')
  sealed.destroy()
})

it('S2: nothing is followed any more after destroy', () => {
  const outer = new Y.Doc()
  const sealed = new SealedDoc(outer, 'a0', testSealer())
  sealed.destroy()
  sealed.inner.getText('words').insert(0, 'late')
  expect(outer.getArray('w:a0').length).toBe(0)
})

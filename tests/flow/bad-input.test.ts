import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import type { Act } from '../../shared/act.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { chainHash, type SignedRecord } from '../../shared/record.ts'
import { Hostile } from '../support/partners/hostile.ts'
import { makePair, type Partner } from '../support/partners/partner.ts'
import { PHONES, agree, sharedWith, type, wordsOf } from '../support/partners/partner-words.ts'
import { serveBoard, type ServedBoard } from '../support/server/served-board.ts'

let served: ServedBoard
let ana: Partner
let ben: Partner
/** Holds ben's keys. */
let hostile: Hostile
let id: string

beforeEach(async () => {
  served = await serveBoard()
  ;[ana, ben] = await makePair({ origin: served.origin })
  onTestFinished(() => [ana, ben].forEach((partner) => partner.close()))
  await Promise.all([ana.saved(), ben.saved()])
  id = await sharedWith(ana, ben)
  await ana.saved()
  hostile = await Hostile.with(ben, served.origin)
})

const body = (json: unknown) => new TextEncoder().encode(JSON.stringify(json))

/** Everything a page draws can be drawn. */
function draws({ board }: Partner): void {
  for (const { id: each } of board.cards) {
    board.boundary(each)
    board.reading(each)
    board.textOf(each)
    board.editor(each)
  }
  expect([board.history.length > 0, board.trouble]).toEqual([true, 'storage-refused'])
}

/** Words and acts still go both ways, and the pages still draw. */
async function goesOn(): Promise<void> {
  await ben.until(() => wordsOf(ben, id) !== undefined && wordsOf(ben, id) === wordsOf(ana, id))
  type(ben, id, 0, 'Still: ')
  await ana.until(() => wordsOf(ana, id)?.startsWith('Still: ') === true)
  type(ana, id, 0, 'Here. ')
  await ben.until(() => wordsOf(ben, id)?.startsWith('Here. Still: ') === true)
  await ana.until(() => ana.board.records.next === ben.board.records.next)
  expect(await agree(ana, id)).toEqual({ kind: 'recorded' })
  await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
  expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
  await ana.until(() => ana.board.boundary(id)?.status === 'agreed')
  draws(ana)
  draws(ben)
}

describe('R10: records from a partner who means ill', () => {
  it.each<[string, (h: Hostile) => SignedRecord]>([
    ['sealed with another key', (h) => h.record(body({ kind: 'membership' }), randomBytes(32))],
    ['that hold no JSON', (h) => h.record(randomBytes(300))],
    ['that hold nothing', (h) => h.record(new Uint8Array())],
    ['with a wording that is a number', (h) => h.record(body(yesTo(7)))],
    ['about no boundary', (h) => h.record(body({ ...yesTo(null), boundary: '__proto__' }))],
    [
      'with a name as long as a page',
      (h) => h.record(body({ kind: 'name', name: 'x'.repeat(9e3) })),
    ],
  ])('%s are counted, shown as unreadable, and break nothing', async (_, make) => {
    expect(await agree(ben, id)).toEqual({ kind: 'recorded' })
    await ana.until(() => ana.board.boundary(id)?.partnerYes === 'these-words')
    expect((await hostile.append(make(hostile))).ok).toBe(true)
    await ana.until(() => ana.board.unreadable === 1)
    expect(ana.board.history.at(-1)?.what).toBe('unreadable')
    expect(ana.board.boundary(id)?.partnerYes).toBe('none') // that seat's open answers are cleared
    await goesOn()
    expect(ana.board.unreadable).toBe(1)
  })

  it('R9: that the server can see are wrong are refused, and reach nobody', async () => {
    const good = hostile.record(body({ kind: 'name', name: 'Ben' }))
    const before = ana.board.records.next
    const codes = await Promise.all(
      [
        { ...good, box: good.box.map((byte) => byte ^ 1) },
        { ...good, sig: new Uint8Array(64) },
        { ...good, head: good.head.slice(1) },
        { ...good, head: new TextEncoder().encode('{"__proto__":{"v":1}}') },
      ].map((record) => hostile.append(record)),
    )
    expect(codes.map((answer) => answer.ok || answer.code)).toEqual([
      ...['box-mismatch', 'bad-signature', 'head-malformed', 'head-malformed'],
    ])
    expect((await hostile.append(good)).ok).toBe(true)
    await ana.until(() => ana.board.records.next === before + 1)
    expect(ana.board.unreadable).toBe(0)
    await goesOn()
  })

  it('P3, P4: a fork that reaches a page stops it from agreeing, never from stepping back', async () => {
    await agree(ana, id)
    await ben.until(() => ben.board.boundary(id)?.partnerYes === 'these-words')
    const fork = { ...hostile.record(body({ kind: 'name', name: 'B' })), received: Date.now() }
    await agree(ben, id)
    await ana.until(() => ana.board.boundary(id)?.status === 'agreed')
    expect(chainHash(fork)).not.toBe(ana.board.records.hashAt(ana.board.records.next - 1))
    await ana.board.records.take([fork])
    expect(ana.board.trouble).toBe('history-broken')
    const refused = { kind: 'refused', code: 'history-broken' }
    type(ana, id, 0, 'New: ')
    expect(await agree(ana, id)).toEqual(refused)
    expect(await ana.board.takeBack(id)).toEqual(refused)
    expect(await ana.board.rename('Anna')).toEqual(refused)
    expect(await ana.board.stepBack(id)).toEqual({ kind: 'recorded' })
    await ben.until(() => ben.board.boundary(id)?.status === 'not-agreed-any-more')
  })
})

const yesTo = (wording: unknown) => ({ kind: 'yes', boundary: '00'.repeat(16), wording }) as Act

describe('S3: envelopes from a partner who means ill', () => {
  const loose = (value: unknown) => (outer: Y.Doc) => outer.getArray('w:dead').push([value])
  const typed = (client: number, text = 'x') => {
    const doc = new Y.Doc()
    doc.clientID = client
    doc.getText('t').insert(0, text)
    return doc
  }

  it.each<[string, number, (h: Hostile) => (outer: Y.Doc) => void]>([
    ['random bytes', 1, () => loose(randomBytes(200))],
    ['no bytes', 1, () => loose(new Uint8Array())],
    ['no bytes in base', 1, () => (outer) => outer.getArray('base').push([new Uint8Array()])],
    [
      'a number, a text, null, an object',
      4,
      () => (outer) => {
        outer.getArray('w:dead').push([7, 'text', null, { a: 1 }])
      },
    ],
    ['a map', 1, () => loose(new Y.Map([['a', 1]]))],
    ['bytes sealed that are no update', 1, (h) => loose(h.sealer.seal(randomBytes(99)))],
    [
      'a billion structs declared',
      1,
      (h) => loose(h.sealer.seal(Uint8Array.of(1, 255, 255, 255, 255, 3, 9, 0))),
    ],
    [
      'an update in the name of the reader',
      1,
      (h) => loose(h.sealer.seal(Y.encodeStateAsUpdate(typed(ana.board.words.inner.clientID)))),
    ],
    [
      'updates of two writers in one',
      1,
      (h) => {
        const two = typed(5)
        Y.applyUpdate(two, Y.encodeStateAsUpdate(typed(6)))
        return loose(h.sealer.seal(Y.encodeStateAsUpdate(two)))
      },
    ],
    [
      'one of another board',
      1,
      (h) => loose(h.sealerFor({ board: 'ff'.repeat(32) }).seal(Y.encodeStateAsUpdate(typed(5)))),
    ],
    [
      'one of another channel',
      1,
      (h) => loose(h.sealerFor({ channel: 'mine' }).seal(Y.encodeStateAsUpdate(typed(5)))),
    ],
    [
      'twenty at once',
      20,
      () => (outer) => {
        outer.getArray('w:dead').push(Array.from({ length: 20 }, () => randomBytes(60)))
      },
    ],
  ])('%s: set aside and counted; words go on', async (_, count, make) => {
    expect((await hostile.write(make(hostile))).ok).toBe(true)
    await ana.until(() => ana.board.unreadable === count)
    await goesOn()
    expect(ana.board.unreadable).toBe(count)
    expect(ana.board.words.sealed.squash()).toBe(true)
    await ana.saved()
    expect(ana.board.unreadable).toBe(count) // never deleted
  })

  it('a deletion of nothing, of what nobody has, is set aside; it would throw wherever it is merged in', async () => {
    const { setAsideCount } = ana.board.words.sealed
    const update = Uint8Array.of(0, 1, 5, 1, 7, 0)
    expect((await hostile.write(loose(hostile.sealer.seal(update)))).ok).toBe(true)
    await ana.until(() => ana.board.words.sealed.setAsideCount > setAsideCount)
    await goesOn()
  })

  it('an update of another format reads as one that says nothing', async () => {
    const update = Y.encodeStateAsUpdateV2(typed(5))
    expect((await hostile.write(loose(hostile.sealer.seal(update)))).ok).toBe(true)
    await goesOn()
    expect(ana.board.words.inner.share.has('t')).toBe(false)
  })

  it('S6: frames that are no updates are refused by the server, and reach nobody', async () => {
    const frames = [[0], [0, 2], [0, 2, 5, 1], [0, 9, 0], [0, 2, 3, 255, 255, 255]]
    for (const frame of frames) {
      const answer = await hostile.send(Uint8Array.from(frame))
      expect(answer).toEqual({ ok: false, code: 'update-malformed' })
    }
    await goesOn()
    expect(ana.board.unreadable).toBe(0)
  })

  it.each<[string, (boundaries: Y.Map<Y.Map<unknown>>, words: Y.Text) => void]>([
    [
      'things that are no text within the words',
      (_, words) => {
        words.insertEmbed(3, { image: 'x' })
        words.format(0, 5, { bold: true })
        words.applyDelta([{ insert: { a: 1 } }, { insert: 'b', attributes: { c: null } }])
      },
    ],
    [
      'a list where the words were',
      (boundaries) => boundaries.get(id)?.set('words', new Y.Array()),
    ],
    ['a number where the boundary was', (boundaries) => boundaries.set(id, 7 as never)],
    [
      'boundaries that are none',
      (boundaries) => {
        for (let i = 0; i < 40; i++) boundaries.set(`${i}`.padStart(32, '0'), new Y.Map())
        boundaries.set('__proto__', new Y.Map())
      },
    ],
    [
      'half a character, a direction override, 100,000 letters',
      (_, words) => {
        words.insert(0, '\ud800\u202e')
        words.insert(0, 'x'.repeat(100_000))
      },
    ],
  ])('S1: %s in a good envelope: the page still draws', async (_, spoil) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.board.words.inner))
    const before = Y.encodeStateVector(doc)
    const boundaries = doc.getMap<Y.Map<unknown>>('boundaries')
    spoil(boundaries, boundaries.get(id)?.get('words') as Y.Text)
    const [seen] = [ana, ben].map((who) => Y.encodeStateVector(who.board.words.inner).length)
    const update = Y.encodeStateAsUpdate(doc, before)
    const sealed = hostile.sealer.seal(update)
    expect((await hostile.write((outer) => outer.getArray('w:dead').push([sealed]))).ok).toBe(true)
    const arrived = (who: Partner) =>
      Y.decodeStateVector(Y.encodeStateVector(who.board.words.inner)).has(doc.clientID)
    await Promise.all([ana, ben].map((who) => who.until(() => arrived(who))))
    expect(seen).toBeGreaterThan(0)
    draws(ana)
    draws(ben)
    const other = await sharedWith(ben, ana, { ...PHONES, name: 'Another' })
    type(ana, other, 0, 'Here: ')
    await ben.until(() => wordsOf(ben, other)?.startsWith('Here: ') === true)
    expect(ana.board.unreadable).toBe(0)
  })
})

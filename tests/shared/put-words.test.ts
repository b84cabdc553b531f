import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { addBoundary, readBoundary, setAside, textsOf } from '../../shared/board-doc.ts'
import { putWords } from '../../shared/put-words.ts'

const ID = 'ab'.repeat(16)
const EARLIER = { name: 'Phones', words: 'From ten our phones stay in the hall.', ifItSlips: '' }

/** Two devices with the same words on the table: the earlier ones, edited. */
function two(): [Y.Doc, Y.Doc] {
  const [one, other] = [new Y.Doc(), new Y.Doc()]
  addBoundary(one, { id: ID, by: 'a', created: 1, ...EARLIER })
  const words = textsOf(one, ID)?.words
  words?.delete(9, 11) // “our phones ”
  words?.insert(0, 'Mostly: ')
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  return [one, other]
}

function meet(one: Y.Doc, other: Y.Doc): (string | undefined)[] {
  Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
  Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
  return [one, other].map((doc) => readBoundary(doc, ID)?.words)
}

const put = (doc: Y.Doc) => putWords(doc, ID, EARLIER, 'verb')

describe('S1: earlier words are put back by a minimal difference', () => {
  it('both at once: the words are there once, on both screens', () => {
    const [one, other] = two()
    put(one)
    put(other)
    expect(readBoundary(one, ID)?.words).toBe(EARLIER.words)
    expect(meet(one, other)).toEqual([EARLIER.words, EARLIER.words])
  })

  it('and once more after another edit: still once, and typing goes on after it', () => {
    const [one, other] = two()
    put(one)
    put(other)
    meet(one, other)
    textsOf(other, ID)?.words.delete(0, 9)
    meet(one, other)
    put(one)
    put(other)
    expect(meet(one, other)).toEqual([EARLIER.words, EARLIER.words])
    textsOf(one, ID)?.words.insert(0, 'So: ')
    expect(meet(one, other)).toEqual([`So: ${EARLIER.words}`, `So: ${EARLIER.words}`])
  })

  it('an edit elsewhere at the same moment survives, and both read the same', () => {
    const [one, other] = two()
    put(one)
    const words = textsOf(other, ID)?.words
    words?.insert(words.length, ' Weekdays.')
    expect(meet(one, other)).toEqual(Array(2).fill(`${EARLIER.words} Weekdays.`))
  })

  it('is one step to undo, and changes nothing where nothing differs', () => {
    const [one] = two()
    const edited = readBoundary(one, ID)?.words
    const undo = new Y.UndoManager(textsOf(one, ID)?.words ?? [], {
      trackedOrigins: new Set(['verb']),
    })
    put(one)
    const before = Y.encodeStateAsUpdate(one)
    put(one)
    expect(Y.encodeStateAsUpdate(one)).toEqual(before)
    undo.undo()
    expect(readBoundary(one, ID)?.words).toBe(edited)
  })
})

describe('A6, S1: plain values of the document are read defensively', () => {
  const held = (kind: unknown, by = 'a') => {
    const [doc] = two()
    const boundary = doc.getMap<Y.Map<unknown>>('boundaries').get(ID)
    boundary?.set('kind', kind)
    boundary?.set('by', by)
    return readBoundary(doc, ID)?.kind
  }

  it('a limit is its writer’s own, or it is ours', () => {
    expect(held('a')).toBe('a')
    expect(held('b', 'b')).toBe('b')
    for (const kind of ['b', 'c', null, 7, {}, 'ours']) expect(held(kind)).toBe('ours')
  })

  it('set aside and picked up again; anything else is not set aside', () => {
    const [doc] = two()
    const boundary = doc.getMap<Y.Map<unknown>>('boundaries').get(ID)
    setAside(doc, ID, true)
    expect(readBoundary(doc, ID)?.aside).toBe(true)
    setAside(doc, ID, false)
    expect(readBoundary(doc, ID)?.aside).toBe(false)
    boundary?.set('aside', 'yes')
    expect(readBoundary(doc, ID)?.aside).toBe(false)
  })
})

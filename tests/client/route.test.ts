import { describe, expect, test } from 'vitest'
import { readFragment } from '../../client/link-secret.svelte.ts'
import { boardPath, pageOf, parsePath, type BoardScreen } from '../../client/path.ts'

const board = 'ab'.repeat(32)
const id = '0f'.repeat(16)

describe('addresses', () => {
  test.each(['safety', 'start', 'open', 'join'] as const)('/%s is a screen', (screen) => {
    expect(parsePath(`/${screen}`)).toEqual({ screen })
    expect(parsePath(`/${screen}/`)).toEqual({ screen })
  })

  test('/ is the welcome', () => {
    expect(parsePath('/')).toEqual({ screen: 'welcome' })
  })

  const screens: BoardScreen[] = [
    { kind: 'list' },
    { kind: 'words' },
    { kind: 'write' },
    { kind: 'history' },
    { kind: 'picture' },
    { kind: 'save' },
    { kind: 'agreed' },
    { kind: 'changes' },
    { kind: 'people' },
    { kind: 'more' },
    { kind: 'boundary', id },
    ...['on/17', 'changed', `of/${id}`, `of/${id}/ended`].map((at) => ({
      ...{ kind: 'history' as const, at },
    })),
  ]
  test.each(screens)('of a board lead back to where they came from: $kind', (view) => {
    for (const seat of ['a', 'b'] as const) {
      const path = boardPath({ board, seat }, view)
      expect(path).not.toContain('#')
      expect(parsePath(path)).toEqual({ screen: 'board', board, seat, view })
    }
  })

  test.each([
    ['list', ['list', 'boundary', 'draft', 'write', 'examples']],
    ['history', ['history', 'picture', 'save', 'agreed', 'changes']],
    ['people', ['people']],
    ['more', ['more']],
  ] as const)('under the page %s', (page, kinds) => {
    for (const kind of kinds) expect(pageOf(kind)).toBe(page)
  })

  test.each([
    '//',
    '/nothing',
    '/b',
    `/b/${board}`,
    `/b/${board}/c`,
    `/b/${board.toUpperCase()}/a`,
    `/b/${board.slice(1)}/a`,
    `/b/${board}/a/nothing`,
    `/b/${board}/a/list`,
    `/b/${board}/a/picture`,
    `/b/${board}/a/history/list`,
    `/b/${board}/a/boundary`,
    `/b/${board}/a/boundary/${id}0`,
    `/b/${board}/a/boundary/${id}/more`,
    `/b/${board}/a/words/more`,
    `/b/${board}/a/history/on`,
    `/b/${board}/a/history/on/x`,
    `/b/${board}/a/history/on/1/changed`,
    `/b/${board}/a/history/of/${id}0`,
    `/b/${board}/a/history/of/${id}changed`,
    `/b/${board}/a/history/all`,
    `/x/b/${board}/a`,
    '/start/more',
  ])('%s is none of ours', (path) => {
    expect(parsePath(path)).toEqual({ screen: 'nowhere' })
  })
})

describe('the fragment of an invitation (K3)', () => {
  test('is 32 hex characters', () => {
    expect(readFragment(`#${id}`)).toBe(id)
    expect(readFragment(`#${id.toUpperCase()}`)).toBe(id)
  })

  test.each(['', '#', `#${id.slice(1)}`, `#${id}0`, `#${id.replace('0', 'g')}`, '#secret'])(
    '%j is incomplete',
    (fragment) => {
      expect(readFragment(fragment)).toBe(null)
    },
  )
})

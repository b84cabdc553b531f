/**
 * Addresses of screens. They are paths: the fragment carries invitations only,
 * so that no address a person might pass on holds a secret.
 */
import type { Seat } from '../shared/ids.ts'

export type Place =
  { readonly screen: 'welcome' | 'safety' | 'start' | 'open' | 'join' | 'nowhere' } | BoardPlace

export interface BoardPlace {
  readonly screen: 'board'
  readonly board: string
  readonly seat: Seat
  readonly view: BoardScreen
}

export type BoardScreen =
  | { readonly kind: 'list' | 'words' | 'write' | 'examples' | 'people' | 'more' }
  /** `at`: which part of it, as `past/history-place.ts` reads it. */
  | { readonly kind: 'history'; readonly at?: string }
  | { readonly kind: keyof typeof lookingBack }
  | { readonly kind: 'boundary' | 'draft'; readonly id: string }

const plain = ['safety', 'start', 'open', 'join'] as const
const views = ['words', 'write', 'examples', 'history', 'people', 'more'] as const
/** Under the history, and where. */
const lookingBack = {
  picture: 'picture',
  save: 'save',
  agreed: 'save/agreed',
  changes: 'save/changes',
} as const
const LOOKING_BACK = ['picture', 'save', 'agreed', 'changes'] as const
const boardPattern = /^\/b\/([0-9a-f]{64})\/(a|b)(?:\/(.+))?$/
const openPattern = /^(boundary|draft)\/([0-9a-f]{32})$/
const pastPattern =
  /^history\/(on\/\d{1,6}|of\/[0-9a-f]{32}|(?:of\/[0-9a-f]{32}\/)?(?:agreed|changed|ended))$/

/** The screen at a path; whatever is not an address of ours is `nowhere`. */
export function parsePath(pathname: string): Place {
  const path = pathname.replace(/\/$/, '')
  if (path === '') return { screen: 'welcome' }
  const screen = plain.find((name) => path === `/${name}`)
  if (screen) return { screen }
  const [, board, seat, rest] = boardPattern.exec(path) ?? []
  if (!board || !seat) return { screen: 'nowhere' }
  const view = parseView(rest)
  return view
    ? { screen: 'board', board, seat: seat === 'a' ? 'a' : 'b', view }
    : { screen: 'nowhere' }
}

function parseView(rest: string | undefined): BoardScreen | null {
  if (rest === undefined) return { kind: 'list' }
  const [, open, id] = openPattern.exec(rest) ?? []
  if (id) return { kind: open === 'draft' ? 'draft' : 'boundary', id }
  const [, at] = pastPattern.exec(rest) ?? []
  if (at) return { kind: 'history', at }
  const kind =
    views.find((name) => name === rest) ??
    LOOKING_BACK.find((name) => `history/${lookingBack[name]}` === rest)
  return kind ? { kind } : null
}

/** Which of a board's pages a screen is under. */
export function pageOf(kind: BoardScreen['kind']): 'list' | 'history' | 'people' | 'more' {
  if (kind in lookingBack) return 'history'
  return kind === 'history' || kind === 'people' || kind === 'more' ? kind : 'list'
}

/** The path of a board for one seat, or of a screen of it. */
export function boardPath(
  { board, seat }: { readonly board: string; readonly seat: Seat },
  view: BoardScreen = { kind: 'list' },
): string {
  const top = `/b/${board}/${seat}`
  if (view.kind === 'list') return top
  const back = LOOKING_BACK.find((kind) => kind === view.kind)
  if (back) return `${top}/history/${lookingBack[back]}`
  const part = 'id' in view ? view.id : 'at' in view ? view.at : null
  return part ? `${top}/${view.kind}/${part}` : `${top}/${view.kind}`
}

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
  | { readonly kind: 'list' | 'words' | 'write' | 'examples' | 'history' | 'people' | 'more' }
  | { readonly kind: 'picture' | 'save' | 'agreed' | 'changes' }
  | { readonly kind: 'boundary' | 'draft'; readonly id: string }

const plain = ['safety', 'start', 'open', 'join'] as const
const views = ['words', 'write', 'examples', 'history', 'people', 'more'] as const
/** Under the history. */
const lookingBack = ['picture', 'save', 'agreed', 'changes'] as const
const boardPattern = /^\/b\/([0-9a-f]{64})\/(a|b)(?:\/(.+))?$/
const openPattern = /^(boundary|draft)\/([0-9a-f]{32})$/

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
  const kind =
    views.find((name) => name === rest) ?? lookingBack.find((name) => `history/${name}` === rest)
  return kind ? { kind } : null
}

/** The path of a board for one seat, or of a screen of it. */
export function boardPath(
  { board, seat }: { readonly board: string; readonly seat: Seat },
  view: BoardScreen = { kind: 'list' },
): string {
  const top = `/b/${board}/${seat}`
  if (view.kind === 'list') return top
  if (lookingBack.some((kind) => kind === view.kind)) return `${top}/history/${view.kind}`
  return 'id' in view ? `${top}/${view.kind}/${view.id}` : `${top}/${view.kind}`
}

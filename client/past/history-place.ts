/** What the address of the history says: of which boundary, which entries, or on which day the board is looked at. */
import type { BoardScreen } from '../path.ts'
import type { Only } from './list/only.ts'

export type HistoryPlace =
  | { readonly kind: 'entries'; readonly of: string | null; readonly only: Only }
  | { readonly kind: 'board-on'; readonly seq: number }

/** `at` is what follows `history/` in the address; `path.ts` lets nothing else through. */
export function historyPlace(at = ''): HistoryPlace {
  const [, seq] = /^on\/(\d+)$/.exec(at) ?? []
  if (seq !== undefined) return { kind: 'board-on', seq: Number(seq) }
  const [, of = null] = /^of\/([0-9a-f]{32})/.exec(at) ?? []
  const [, word] = /(agreed|changed|ended)$/.exec(at) ?? []
  const only = word === 'agreed' || word === 'changed' || word === 'ended' ? word : 'all'
  return { kind: 'entries', of, only }
}

export function historyView(place: HistoryPlace): BoardScreen {
  const parts =
    place.kind === 'board-on'
      ? ['on', String(place.seq)]
      : [
          ...(place.of === null ? [] : ['of', place.of]),
          ...(place.only === 'all' ? [] : [place.only]),
        ]
  return parts.length > 0 ? { kind: 'history', at: parts.join('/') } : { kind: 'history' }
}

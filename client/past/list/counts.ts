/** How often something was agreed, changed and let go, for one sentence. Nobody's share in it is told. */
import type { HistoryItem } from '../../reading/history-item.ts'

export interface Counts {
  readonly agreed: number
  readonly limits: number
  readonly changed: number
  readonly letGo: number
  readonly steppedBack: number
}

export function countsOf(items: readonly HistoryItem[]): Counts {
  const of = (...whats: HistoryItem['what'][]) =>
    items.filter(({ what }) => whats.includes(what)).length
  return {
    agreed: of('agreed'),
    limits: of('limit'),
    changed: of('changed', 'limit-changed'),
    letGo: of('let-go', 'limit-ended'),
    steppedBack: of('stepped-back'),
  }
}

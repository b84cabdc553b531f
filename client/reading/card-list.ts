/** The cards of the list, newest first. A card is the same object until what it shows changes. */
import { standingOf, type BoundaryStanding, type Standing } from '../../shared/agreement.ts'
import type { TableBoundary } from '../../shared/board-doc.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Intention } from '../history/intentions.ts'
import type { Card } from '../board/board-view.ts'
import { cardOf, type Beside } from './status.ts'
import type { Table } from '../board/table.ts'

interface Made {
  readonly standing: BoundaryStanding
  readonly table: TableBoundary | null
  readonly today: string
  readonly refusals: Beside['refusals']
  readonly intention: Intention | null
  readonly card: Card
}

export class CardList {
  readonly #table: Table
  readonly #seat: Seat
  readonly #made = new Map<string, Made>()
  #current: readonly Card[] = []

  constructor(table: Table, seat: Seat) {
    this.#table = table
    this.#seat = seat
  }

  current(standing: Standing, beside: Beside): readonly Card[] {
    const ids = new Set([...this.#table.ids, ...standing.boundaries.keys()])
    const cards = [...ids]
      // What the other device put there need not be a boundary.
      .filter((id) => this.#table.get(id) !== null || standing.boundaries.has(id))
      .map((id) => ({
        card: this.#card(id, standing, beside),
        created: this.#created(id, standing),
      }))
      .sort((one, other) => other.created - one.created || (one.card.id < other.card.id ? -1 : 1))
      .map(({ card }) => card)
    const same =
      cards.length === this.#current.length && cards.every((card, i) => card === this.#current[i])
    if (!same) this.#current = cards
    return this.#current
  }

  #card(id: string, all: Standing, beside: Beside): Card {
    const standing = standingOf(all, id)
    const table = this.#table.get(id)
    const made = this.#made.get(id)
    const { today, refusals } = beside
    const intention = beside.intention(id)
    const same =
      made?.standing === standing &&
      made.table === table &&
      made.today === today &&
      made.refusals === refusals &&
      made.intention === intention
    if (same) return made.card
    const card = cardOf(id, standing, table, this.#seat, beside)
    this.#made.set(id, { standing, table, today, refusals, intention, card })
    return card
  }

  #created(id: string, standing: Standing): number {
    return this.#table.get(id)?.created ?? standingOf(standing, id).inForce?.at ?? 0
  }
}

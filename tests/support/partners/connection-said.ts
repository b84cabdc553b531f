/** What the connection line of a partner says. */
import { onTestFinished } from 'vitest'
import type { Connection } from '../../../client/board/board-view.ts'
import type { Partner } from './partner.ts'

/** Everything it says from now on, each once in a row. */
export function follow({ board }: Partner): Connection[] {
  const said: Connection[] = []
  const look = () => {
    const now = board.connection
    if (JSON.stringify(said.at(-1)) !== JSON.stringify(now)) said.push(now)
  }
  look()
  onTestFinished(board.changed.on(look))
  return said
}

export const kinds = (said: readonly Connection[]) => said.map(({ kind }) => kind)

export const lineOf = ({ board }: Partner): Connection => board.connection

/**
 * Saying something on record from a button: while it is under way a second tap
 * does nothing, and what went wrong is kept as one sentence.
 */
import type { Said } from '../board/board-view.ts'
import type { Partner } from '../words/en.ts'
import { outcomeWords, refusalWords } from '../words/en-refusals.ts'

export class Acting {
  #under = $state<string | null>(null)
  problem = $state<string | null>(null)

  /** Which act is under way. */
  get under(): string | null {
    return this.#under
  }

  /** Runs the act unless one is under way. Null: nothing was run, or it failed and `problem` says so. */
  async run(name: string, act: () => Promise<Said>): Promise<Said | null> {
    if (this.#under !== null) return null
    this.#under = name
    this.problem = null
    try {
      return await act()
    } catch {
      this.problem = outcomeWords.notRecorded
      return null
    } finally {
      this.#under = null
    }
  }
}

/** It is on record, or kept until it can be: the sheet that asked has done its part. */
export const isDone = (said: Said | null): boolean =>
  said?.kind === 'recorded' || said?.kind === 'not-recorded-yet'

/** What to tell the person, or null where what happened shows by itself. */
export function saidWords(said: Said, partner: Partner): string | null {
  switch (said.kind) {
    case 'recorded':
    case 'not-recorded-yet':
    case 'words-moved':
      return null
    case 'taken-back-meanwhile':
      return outcomeWords.takenBack(partner)
    case 'agreed-meanwhile':
      return outcomeWords.agreedMeanwhile(partner)
    case 'look-again':
      return outcomeWords.lookAgain
    case 'offline':
      return outcomeWords.offline
    case 'refused':
      return refusalWords(said.code)
  }
}

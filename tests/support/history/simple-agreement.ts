/**
 * A second, simpler reading of the rules about agreement (A3–A6, R10) for one
 * boundary, to compare the real one with. It keeps no answers: it keeps the list
 * of what was said, what each of it did, and what was in force after it, and
 * finds an open answer by looking backwards through the list.
 */
import type { Seat } from '../../../shared/ids.ts'
import type { Kind } from '../../../shared/wording.ts'

/** A wording as far as the rules can tell two apart. */
export interface Words {
  readonly name: string
  readonly kind: Kind
  readonly clean: boolean
}

/** Something a seat says about the boundary. `null` words mean letting it go. */
export type Move = { readonly seat: Seat } & (
  | { readonly say: 'yes'; readonly words: Words | null }
  | { readonly say: 'no' | 'step-back' | 'heard'; readonly words: Words | null }
  | { readonly say: 'later' | 'take-back' | 'look-again' | 'unreadable' | 'unknown' }
)

/** What a move did: nothing, it stands as an answer, it changed what is in force, or it cleared. */
type Effect = 'void' | 'answer' | 'in-force' | 'ended' | 'cleared' | 'noted'

interface Line {
  readonly move: Move
  readonly effect: Effect
  /** After the move. */
  readonly inForce: Words | null
  readonly kind: Kind | null
}

export class SimpleAgreement {
  readonly #lines: Line[] = []

  get length(): number {
    return this.#lines.length
  }

  get last(): Line | undefined {
    return this.#lines[this.#lines.length - 1]
  }

  get inForce(): Words | null {
    return this.last?.inForce ?? null
  }

  get kind(): Kind | null {
    return this.last?.kind ?? null
  }

  say(move: Move): void {
    const effect = this.#effectOf(move)
    const words = move.say === 'yes' ? move.words : null
    const firstYes = move.say === 'yes' && effect !== 'void' && this.kind === null
    this.#lines.push({
      move,
      effect,
      inForce: effect === 'in-force' ? words : effect === 'ended' ? null : this.inForce,
      kind: firstYes ? (words?.kind ?? null) : this.kind,
    })
  }

  unsay(): void {
    this.#lines.pop()
  }

  #effectOf(move: Move): Effect {
    const { inForce } = this
    if (move.say === 'unreadable') return 'cleared'
    if (move.say === 'unknown') return 'void'
    const owner = this.kind === 'ours' ? null : this.kind
    if (owner !== null && owner !== move.seat) {
      // A6: on another's limit, only having heard the one in force counts.
      return move.say === 'heard' && inForce !== null && move.words === inForce ? 'noted' : 'void'
    }
    switch (move.say) {
      case 'heard':
        return 'void'
      case 'look-again':
        return inForce === null ? 'void' : 'noted'
      case 'take-back':
        return this.openAnswer(move.seat) === null ? 'void' : 'cleared'
      case 'step-back':
        return inForce !== null && move.words === inForce ? 'ended' : 'void'
      case 'later':
      case 'no':
        return 'answer'
      case 'yes':
        return this.#effectOfYes(move.seat, move.words)
    }
  }

  #effectOfYes(seat: Seat, words: Words | null): Effect {
    // A5: nothing to let go of, or already in force.
    if (words === this.inForce) return 'void'
    if (words !== null) {
      const kind = this.kind ?? words.kind
      const mayDecide = kind === 'ours' || kind === seat
      if (!words.clean || words.kind !== kind || !mayDecide) return 'void'
      if (kind === seat) return 'in-force'
    } else if (this.kind === seat) return 'ended'
    const other = this.openAnswer(seat === 'a' ? 'b' : 'a')
    if (other?.say !== 'yes' || other.words !== words) return 'answer' // A3
    return words === null ? 'ended' : 'in-force'
  }

  /** The answer of a seat that still counts: the last one, unless something since undid it. */
  openAnswer(seat: Seat): Move | null {
    const refusedSince: (Words | null)[] = []
    for (let i = this.#lines.length - 1; i >= 0; i--) {
      const { move, effect } = this.#lines[i]!
      if (effect === 'in-force' || effect === 'ended') return null // A3, A5: spent or cleared
      if (effect === 'void' || effect === 'noted') continue
      if (move.seat !== seat) {
        if (move.say === 'no') refusedSince.push(move.words)
        continue
      }
      if (effect === 'cleared') return null
      return move.say === 'yes' && refusedSince.includes(move.words) ? null : move // A5
    }
    return null
  }

  /** How many wordings have come into force. */
  get versions(): number {
    return this.#lines.filter(({ effect }) => effect === 'in-force').length
  }

  /** Whether the other has said about the limit in force that they heard it. */
  get heard(): boolean {
    return this.#lastNoted('heard') !== null
  }

  get lookAgain(): boolean {
    return this.#lastNoted('look-again') !== null
  }

  /** How the last wording ended, while nothing is in force. */
  get ended(): 'let-go' | 'stepped-back' | null {
    if (this.inForce !== null) return null
    const end = this.#lines.findLast(({ effect }) => effect === 'ended')
    return end ? (end.move.say === 'step-back' ? 'stepped-back' : 'let-go') : null
  }

  #lastNoted(say: 'heard' | 'look-again'): Move | null {
    const since = this.#lines.findLastIndex(
      ({ effect }) => effect === 'in-force' || effect === 'ended',
    )
    return (
      this.#lines.slice(since + 1).findLast(({ move, effect }) => {
        return effect === 'noted' && move.say === say
      })?.move ?? null
    )
  }
}

/**
 * Every boundary as it stood after every record that said something about it,
 * from records alone: the same fold as the standing (A8), kept along the way, so
 * that the board of any moment is looked up and not folded again. What is only
 * on a device, drafts and live words, is in no record and so not in here.
 */
import { boundaryOf } from '../../shared/act.ts'
import {
  apply,
  emptyBoundary,
  standingOf,
  type BoundaryStanding,
  type Entry,
  type Standing,
} from '../../shared/agreement.ts'
import type { Kind, Wording } from '../../shared/wording.ts'

/** How a boundary stood from one record until the next about it. */
export interface State {
  readonly seq: number
  readonly standing: BoundaryStanding
  /** The words that were said yes to last, in force or not. */
  readonly said: Wording | null
}

/** A record that changed what is agreed. */
export interface Moment {
  readonly seq: number
  /** Seconds since the epoch. */
  readonly at: number
  readonly boundary: string
  readonly name: string
  readonly kind: Kind
  readonly what: 'agreed' | 'changed' | 'let-go' | 'stepped-back'
}

const NO_NAMES: Standing['names'] = { a: null, b: null }

export class Timeline {
  readonly #states = new Map<string, State[]>()
  readonly #moments: Moment[] = []
  #length = 0

  /** Goes on from where it was; `lines` only ever grow. */
  follow(lines: readonly Entry[]): this {
    for (; this.#length < lines.length; this.#length++) {
      const line = lines[this.#length]
      if (line) this.#add(line)
    }
    return this
  }

  /** In the order in which they happened. */
  get moments(): readonly Moment[] {
    return this.#moments
  }

  /** How every boundary stood after record `seq`, those first spoken of first. */
  on(seq: number): ReadonlyMap<string, State> {
    const board = new Map<string, State>()
    for (const [id, states] of this.#states) {
      const state = states[indexAfter(states, seq) - 1]
      if (state) board.set(id, state)
    }
    return board
  }

  #add(line: Entry): void {
    const boundary = boundaryOf(line.act)
    if (boundary !== null) this.#step(boundary, line)
    // An unreadable record clears what its seat had said anywhere (R10).
    else if (line.act === null) for (const id of this.#states.keys()) this.#step(id, line)
  }

  // The laws look at one boundary at a time, so a board of this one alone does.
  #step(id: string, line: Entry): void {
    const states = this.#states.get(id) ?? []
    const last = states.at(-1)
    const was = last?.standing ?? emptyBoundary
    const before: Standing = { names: NO_NAMES, boundaries: new Map([[id, was]]) }
    const is = standingOf(apply(before, line), id)
    if (is === was) return
    const said = line.act?.kind === 'yes' && line.act.wording ? line.act.wording : null
    states.push({ seq: line.seq, standing: is, said: said ?? last?.said ?? null })
    this.#states.set(id, states)
    if (is.inForce !== was.inForce) this.#moments.push(momentOf(id, line, was, is))
  }
}

function momentOf(
  boundary: string,
  { seq, at }: Entry,
  was: BoundaryStanding,
  is: BoundaryStanding,
): Moment {
  const name = (is.inForce ?? was.inForce)?.wording.name ?? ''
  const ended = is.ended?.how ?? 'stepped-back'
  const what = !is.inForce ? ended : was.inForce ? 'changed' : 'agreed'
  return { seq, at, boundary, name, kind: is.kind ?? 'ours', what }
}

/** How many of them, in order, are not after record `seq`. */
export function indexAfter(of: readonly { readonly seq: number }[], seq: number): number {
  let [low, high] = [0, of.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((of[middle]?.seq ?? 0) <= seq) low = middle + 1
    else high = middle
  }
  return low
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apply, emptyStanding, standingOf, type Standing } from '../../shared/agreement.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { wordingHash, type Wording } from '../../shared/wording.ts'
import {
  actOf,
  BOUNDARY,
  hashOf,
  LIMIT_A,
  LIMIT_A2,
  LIMIT_B,
  lineOfReal,
  lineOfSimple,
  moreOfReal,
  moreOfSimple,
  UNCLEAN,
  W1,
  W2,
} from '../support/history/moves.ts'
import { holds } from '../support/property.ts'
import { simulateYear, type Year } from '../support/history/simulate-year.ts'
import { SimpleAgreement, type Move, type Words } from '../support/history/simple-agreement.ts'

const SEATS: readonly Seat[] = ['a', 'b']

describe('every sequence of acts on one boundary, against a second implementation', () => {
  /** Moves of either seat, given what is in force: a step-back names that. */
  const alphabet = (words: readonly Words[]): ((inForce: Words | null) => Move)[] =>
    SEATS.flatMap((seat) => [
      ...[...words, null].map((w) => () => ({ seat, say: 'yes', words: w }) as const),
      () => ({ seat, say: 'no', words: words[0]! }) as const,
      () => ({ seat, say: 'take-back' }) as const,
      (inForce) => ({ seat, say: 'step-back', words: inForce ?? words[0]! }) as const,
      () => ({ seat, say: 'later' }) as const,
    ])

  /**
   * Walks the tree of all sequences. The real fold is stepped once for each pair
   * of a standing and a move: it is a pure function, and all entries bear the
   * same number and moment here, so equal standings have equal futures. The
   * second implementation, which reads the whole list, is asked at every node.
   */
  function compareAll(moves: ReturnType<typeof alphabet>, depth: number): number {
    interface Node {
      readonly standing: Standing
      readonly line: string
      readonly next: (Node | undefined)[]
    }
    const nodes = new Map<string, Node>()
    const nodeOf = (standing: Standing): Node => {
      const key = JSON.stringify(standingOf(standing, BOUNDARY))
      const node = nodes.get(key) ?? { standing, line: lineOfReal(standing), next: [] }
      nodes.set(key, node)
      return node
    }
    const simple = new SimpleAgreement()
    let sequences = 0

    const walk = (node: Node, path: Move[]): void => {
      for (let i = 0; i < moves.length; i++) {
        const move = moves[i]!(simple.inForce)
        const { standing } = node
        const next = (node.next[i] ??= nodeOf(
          apply(standing, { seq: 0, at: 0, seat: move.seat, act: actOf(move) }),
        ))
        simple.say(move)
        path.push(move)
        sequences++
        const expected = lineOfSimple(simple)
        if (next.line !== expected) throw new Error(differs(path, next.line, expected))
        if (simple.length < depth) walk(next, path)
        simple.unsay()
        path.pop()
      }
    }
    walk(nodeOf(emptyStanding), [])
    return sequences
  }

  const differs = (path: Move[], real: string, simple: string) =>
    `after ${JSON.stringify(path)}\nthe fold says    ${real}\nthe second says  ${simple}`

  const countTo = (letters: number, depth: number) =>
    Array.from({ length: depth }, (_, i) => letters ** (i + 1)).reduce((sum, n) => sum + n)

  it('A3 A4 A5: what is ours, all sequences of up to six acts', { timeout: 120_000 }, () => {
    const moves = alphabet([W1, W2])
    expect(moves).toHaveLength(14)
    expect(compareAll(moves, 6)).toBe(countTo(14, 6))
  })

  it(
    'A6: with limits of both seats among the words, all sequences of up to six acts',
    { timeout: 120_000 },
    () => {
      const moves = alphabet([LIMIT_A, W1, LIMIT_B])
      expect(compareAll(moves, 6)).toBe(countTo(16, 6))
    },
  )
})

/** Moves as two people make them: mostly about boundaries of one kind, sometimes anything at all. */
const sequences = fc
  .constantFrom<readonly Words[]>([W1, W2], [LIMIT_A, LIMIT_A2], [LIMIT_B])
  .chain((theme) => {
    const words = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...theme) },
      { weight: 2, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(W1, UNCLEAN, LIMIT_A, LIMIT_A2, LIMIT_B) },
    )
    const seat = fc.constantFrom(...SEATS)
    const move = fc.oneof(
      { weight: 6, arbitrary: fc.record({ seat, say: fc.constant('yes' as const), words }) },
      {
        weight: 3,
        arbitrary: fc.record({
          seat,
          say: fc.constantFrom('no' as const, 'step-back' as const, 'heard' as const),
          words,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          seat,
          say: fc.constantFrom(
            ...(['later', 'take-back', 'look-again', 'unreadable', 'unknown'] as const),
          ),
        }),
      },
    )
    return fc.array(move, { maxLength: 12, size: 'max' })
  })

interface Step {
  readonly move: Move
  readonly before: Standing
  readonly after: Standing
  readonly seq: number
}

function stepsOf(moves: readonly Move[]): Step[] {
  let standing = emptyStanding
  return moves.map((move, seq) => {
    const before = standing
    standing = apply(before, { seq, at: 1000 + seq, seat: move.seat, act: actOf(move) })
    return { move, before, after: standing, seq }
  })
}

const at = (standing: Standing) => standingOf(standing, BOUNDARY)
const changesForce = ({ before, after }: Step) => at(before).inForce !== at(after).inForce

describe('seeded random sequences of up to twelve acts', () => {
  it('A3 A4 A5 A6 R10: the fold and the second implementation agree in everything', () => {
    const check = (moves: readonly Move[]) => {
      const simple = new SimpleAgreement()
      for (const { move, after } of stepsOf(moves)) {
        simple.say(move)
        expect(lineOfReal(after)).toBe(lineOfSimple(simple))
        expect(moreOfReal(after)).toEqual(moreOfSimple(simple))
      }
    }
    holds(fc.property(sequences, check), 5000)
  })

  it('A5: an answer that was spent, cleared or taken back never counts again', () => {
    const check = (moves: readonly Move[]) => {
      const gone = new Set<number>()
      for (const { before, after } of stepsOf(moves)) {
        for (const seat of SEATS) {
          const now = at(after).answers[seat]
          const was = at(before).answers[seat]
          if (was && was.seq !== now?.seq) gone.add(was.seq)
          if (now) expect(gone).not.toContain(now.seq)
        }
      }
    }
    holds(fc.property(sequences, check), 2000)
  })

  it('A3: ours comes into force by the yes of both to those words, neither having withdrawn since', () => {
    const check = (moves: readonly Move[]) => {
      let since: Step[] = []
      for (const step of stepsOf(moves)) {
        since.push(step)
        if (!changesForce(step)) continue
        const { inForce, kind } = at(step.after)
        if (inForce && kind === 'ours') expectBothSaidYes(since, inForce.words)
        since = []
      }
    }
    holds(fc.property(sequences, check), 2000)
  })

  function expectBothSaidYes(steps: readonly Step[], words: string): void {
    for (const seat of SEATS) {
      const answers = ['yes', 'no', 'later', 'take-back', 'unreadable']
      const counted = steps.filter(({ before, after }) => before !== after)
      const last = counted.findLastIndex(
        ({ move }) => move.seat === seat && answers.includes(move.say),
      )
      const { move } = counted[last]!
      expect(move.say === 'yes' && hashOf(move.words)).toBe(words)
      const refused = counted
        .slice(last)
        .some(({ move: m }) => m.seat !== seat && m.say === 'no' && hashOf(m.words) === words)
      expect(refused).toBe(false)
    }
  }

  it('A6: nothing but an act of its owner puts a limit in force, changes it or ends it', () => {
    const check = (moves: readonly Move[]) => {
      for (const step of stepsOf(moves)) {
        const { kind } = at(step.after)
        if (kind === null || kind === 'ours' || !changesForce(step)) continue
        expect(step.move.seat).toBe(kind)
        expect(['yes', 'step-back']).toContain(step.move.say)
      }
    }
    holds(fc.property(sequences, check), 2000)
  })

  it('A4: what is ours ends only by a step-back that names it, or by the yes of both to letting go', () => {
    const check = (moves: readonly Move[]) => {
      for (const step of stepsOf(moves)) {
        const was = at(step.before)
        if (was.kind !== 'ours' || !was.inForce || at(step.after).inForce) continue
        const { move } = step
        const other = was.answers[otherSeat(move.seat)]
        if (move.say === 'step-back') expect(hashOf(move.words)).toBe(was.inForce.words)
        else expect([move.say, other?.kind === 'yes' && other.wording]).toEqual(['yes', null])
      }
    }
    holds(fc.property(sequences, check), 2000)
  })

  it('A5 A8: a void act returns the very same standing, and only a void act does', () => {
    const check = (moves: readonly Move[]) => {
      const simple = new SimpleAgreement()
      for (const { move, before, after } of stepsOf(moves)) {
        const nothingToClear = move.say === 'unreadable' && simple.openAnswer(move.seat) === null
        simple.say(move)
        expect(after === before).toBe(simple.last?.effect === 'void' || nothingToClear)
      }
    }
    holds(fc.property(sequences, check), 2000)
  })

  it('R10: an unreadable record clears the open answer of its seat and touches nothing else', () => {
    const check = (moves: readonly Move[], seat: Seat) => {
      const standing = stepsOf(moves).at(-1)?.after ?? emptyStanding
      const after = apply(standing, { seq: 99, at: 99, seat, act: null })
      const { answers } = at(standing)
      expect(at(after)).toEqual({ ...at(standing), answers: { ...answers, [seat]: null } })
      expect(after.names).toBe(standing.names)
    }
    holds(fc.property(sequences, fc.constantFrom(...SEATS), check), 1000)
  })
})

describe('the standing, case by case', () => {
  const after = (...moves: Move[]): Standing => stepsOf(moves).at(-1)?.after ?? emptyStanding
  const yes = (seat: Seat, words: Words | null): Move => ({ seat, say: 'yes', words })
  const agreed = [yes('a', W1), yes('b', W1)]

  it('A3: both said yes to the same words: version 1, and both answers are spent', () => {
    const standing = after(...agreed)
    expect(lineOfReal(standing)).toBe('ours | W1 | - | -')
    expect(at(standing).inForce).toMatchObject({ number: 1, seq: 1, at: 1001 })
  })

  it('A3: one person alone agrees to nothing, however often', () => {
    expect(at(after(yes('a', W1), yes('a', W1), yes('a', W1))).inForce).toBeNull()
  })

  it('A4: while new words are discussed, the earlier ones stay in force', () => {
    expect(lineOfReal(after(...agreed, yes('a', W2)))).toBe('ours | W1 | yes W2 | -')
    expect(at(after(...agreed, yes('a', W2), yes('b', W2))).inForce?.number).toBe(2)
  })

  it('A5: a step-back to words no longer in force changes nothing', () => {
    const moved = [...agreed, yes('a', W2), yes('b', W2)]
    const late: Move = { seat: 'b', say: 'step-back', words: W1 }
    expect(lineOfReal(after(...moved, late))).toBe('ours | W2 | - | -')
    expect(lineOfReal(after(...moved, { ...late, words: W2 }))).toBe('ours | - | - | -')
  })

  it('A5: a step-back clears a yes to other words that was waiting', () => {
    const back: Move = { seat: 'a', say: 'step-back', words: W1 }
    expect(lineOfReal(after(...agreed, yes('b', W2), back, yes('a', W2)))).toBe(
      'ours | - | yes W2 | -',
    )
  })

  it('A5: take-back against yes goes by the order of the records', () => {
    const back: Move = { seat: 'a', say: 'take-back' }
    expect(lineOfReal(after(yes('a', W1), back, yes('b', W1)))).toBe('ours | - | - | yes W1')
    expect(lineOfReal(after(yes('a', W1), yes('b', W1), back))).toBe('ours | W1 | - | -')
  })

  it('A6: a limit needs no approval, and the other can only say that they heard it', () => {
    const heard: Move = { seat: 'b', say: 'heard', words: LIMIT_A }
    const limit = after(yes('a', LIMIT_A), yes('b', LIMIT_A2), heard)
    expect(lineOfReal(limit)).toBe('a | A1 | - | -')
    expect(at(limit).heard).toBe(hashOf(LIMIT_A))
    expect(at(after(yes('a', LIMIT_A), heard, yes('a', LIMIT_A2))).heard).toBeNull()
  })

  it('A6: an owner may step back from their own limit, the other may not', () => {
    const back = (seat: Seat): Move => ({ seat, say: 'step-back', words: LIMIT_A })
    expect(at(after(yes('a', LIMIT_A), back('b'))).inForce).not.toBeNull()
    expect(at(after(yes('a', LIMIT_A), back('a'))).ended?.how).toBe('stepped-back')
  })

  it('A1: a yes to words that are not clean is void', () => {
    expect(after(yes('a', UNCLEAN))).toBe(emptyStanding)
  })

  it('A8: acts that were folded before give what fresh copies of them give', () => {
    const fold = (lines: Year['lines']) => lines.reduce(apply, emptyStanding)
    const year = fc.integer({ min: 1, max: 0x7fffffff })
    holds(
      fc.property(year, (seed) => {
        const { lines, standings } = simulateYear(seed, { records: 200, boundaries: 6 })
        expect(fold(lines)).toEqual(standings.at(-1))
        expect(fold(structuredClone([...lines]))).toEqual(standings.at(-1))
      }),
      20,
    )
  })

  it('A1: the same words on two boundaries are said yes to one by one', () => {
    const { wording } = actOf(yes('a', W1)) as { wording: Wording }
    const [one, other] = ['e'.repeat(32), 'f'.repeat(32)]
    const standing = [one, other].reduce((before, boundary) => {
      const act = { kind: 'yes', boundary, wording } as const
      return apply(before, { seq: 9, at: 9, seat: 'a', act })
    }, emptyStanding)
    for (const boundary of [one, other]) {
      expect(standingOf(standing, boundary).answers.a).toMatchObject({
        words: wordingHash(boundary, wording),
      })
    }
  })

  it('A8: an act on one boundary leaves every other boundary as it was', () => {
    const standing = after(...agreed)
    const elsewhere = 'f'.repeat(32)
    const act = { kind: 'no', boundary: elsewhere, words: hashOf(W1) } as const
    const next = apply(standing, { seq: 9, at: 9, seat: 'a', act })
    expect(at(next)).toBe(at(standing))
    expect(next.boundaries.size).toBe(2)
  })

  it('A2: a name is taken when it is clean, and is one seat’s only', () => {
    const named = (name: string) =>
      apply(emptyStanding, { seq: 0, at: 0, seat: 'b', act: { kind: 'name', name } })
    expect(named('Ada').names).toEqual({ a: null, b: 'Ada' })
    for (const name of ['', ' Ada', 'A\u202eda', 'x'.repeat(81)]) {
      expect(named(name)).toBe(emptyStanding)
    }
  })
})

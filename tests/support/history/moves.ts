/** Moves on one boundary, as real acts and as the real standing shows their outcome. */
import type { Act, UnknownAct } from '../../../shared/act.ts'
import { standingOf, type Answer, type Standing } from '../../../shared/agreement.ts'
import { wordingHash, type Wording } from '../../../shared/wording.ts'
import type { Move, SimpleAgreement, Words } from './simple-agreement.ts'

export const BOUNDARY = '0123456789abcdef'.repeat(2)

export const W1: Words = { name: 'W1', kind: 'ours', clean: true }
export const W2: Words = { name: 'W2', kind: 'ours', clean: true }
export const UNCLEAN: Words = { name: 'W1 with a space', kind: 'ours', clean: false }
export const LIMIT_A: Words = { name: 'A1', kind: 'a', clean: true }
export const LIMIT_A2: Words = { name: 'A2', kind: 'a', clean: true }
export const LIMIT_B: Words = { name: 'B1', kind: 'b', clean: true }
const ALL = [W1, W2, UNCLEAN, LIMIT_A, LIMIT_A2, LIMIT_B]

export const wordingOf = ({ name, kind, clean }: Words): Wording => ({
  kind,
  name: 'Evenings',
  words: clean ? name : `${name} `,
  ifItSlips: '',
  until: null,
})

export const hashOf = (words: Words | null): string =>
  wordingHash(BOUNDARY, words && wordingOf(words))

const names = new Map([null, ...ALL].map((words) => [hashOf(words), words?.name ?? 'let go']))
const nameOf = (hash: string): string => names.get(hash) ?? hash

export function actOf(move: Move): Act | UnknownAct | null {
  const boundary = BOUNDARY
  switch (move.say) {
    case 'unreadable':
      return null
    case 'unknown':
      return { kind: 'unknown' }
    case 'yes':
      return { kind: 'yes', boundary, wording: move.words && wordingOf(move.words) }
    case 'no':
    case 'step-back':
    case 'heard':
      return { kind: move.say, boundary, words: hashOf(move.words) }
    case 'later':
      return { kind: 'later', boundary, until: '2026-03-01' }
    case 'look-again':
      return { kind: 'look-again', boundary, on: '2026-06-01' }
    case 'take-back':
      return { kind: 'take-back', boundary }
  }
}

/** Kind, what is in force and the two open answers, on one line. */
export function lineOfReal(standing: Standing): string {
  const { kind, inForce, answers } = standingOf(standing, BOUNDARY)
  const force = inForce ? nameOf(inForce.words) : '-'
  return `${kind ?? '-'} | ${force} | ${said(answers.a)} | ${said(answers.b)}`
}

const said = (answer: Answer | null): string =>
  !answer ? '-' : answer.kind === 'later' ? 'later' : `${answer.kind} ${nameOf(answer.words)}`

export const lineOfSimple = (simple: SimpleAgreement): string =>
  `${simple.kind ?? '-'} | ${simple.inForce?.name ?? '-'} | ${saidSimply(simple.openAnswer('a'))} | ${saidSimply(simple.openAnswer('b'))}`

const saidSimply = (move: Move | null): string =>
  !move
    ? '-'
    : move.say === 'yes' || move.say === 'no'
      ? `${move.say} ${move.words?.name ?? 'let go'}`
      : move.say

/** The rest of what the standing says about the boundary. */
export function moreOfReal(standing: Standing) {
  const { versions, ended, heard, lookAgain, inForce } = standingOf(standing, BOUNDARY)
  return {
    versions,
    number: inForce?.number ?? null,
    ended: ended?.how ?? null,
    heard: heard === null ? null : nameOf(heard),
    lookAgain: lookAgain !== null,
  }
}

export function moreOfSimple(simple: SimpleAgreement): ReturnType<typeof moreOfReal> {
  return {
    versions: simple.versions,
    number: simple.inForce ? simple.versions : null,
    ended: simple.ended,
    heard: simple.heard && simple.inForce ? simple.inForce.name : null,
    lookAgain: simple.lookAgain,
  }
}

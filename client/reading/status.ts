/** What one boundary looks like from one seat: pure, from the standing, the words on the table and the day. */
import type { Answer, BoundaryStanding } from '../../shared/agreement.ts'
import type { TableBoundary } from '../../shared/board-doc.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import {
  makeWording,
  sameTexts,
  wordingHash,
  type Kind,
  type Texts,
  type Wording,
} from '../../shared/wording.ts'
import type { Intention } from '../history/intentions.ts'
import type { Card, OpenBoundary, Status, WaitingAnswer, YesTo } from '../board/board-view.ts'
import { forYouOf, restingFor, type Refusal } from './patience.ts'

/** What the device itself knows beside the history. */
export interface Beside {
  /** This device's day. */
  readonly today: string
  readonly refusals: readonly Refusal[]
  /** What was said here and is not recorded. */
  readonly intention: (boundary: string) => Intention | null
}

interface Now {
  readonly today: string
  /** Hash of the words on the table, where they can be agreed to and someone answered. */
  readonly words: string | null
  readonly aside: boolean
}

export function statusOf(standing: BoundaryStanding, seat: Seat, now: Now): Status {
  const { inForce, answers, ended, kind, heard } = standing
  const open = [answers.a, answers.b].filter((answer) => answer?.kind === 'yes')
  if (inForce && (kind === 'a' || kind === 'b')) {
    return { kind: 'limit', mine: kind === seat, heard: heard === inForce.words }
  }
  if (inForce) {
    const [last] = open.sort((one, other) => (other?.seq ?? 0) - (one?.seq ?? 0))
    if (last?.kind !== 'yes') return 'agreed'
    return last.wording ? 'change-suggested' : 'ending-suggested'
  }
  const [mine, theirs] = [answers[seat], answers[otherSeat(seat)]]
  if (now.aside && open.length === 0) return 'set-aside'
  if (theirs && isHolding(theirs, now.today)) return needsUntil(theirs.until, false)
  if (mine?.kind === 'yes') return 'waiting'
  if (mine && isHolding(mine, now.today)) return needsUntil(mine.until, true)
  const refused = [mine, theirs].some((said) => said?.kind === 'no' && said.words === now.words)
  if (refused && open.length === 0) return 'no-for-now'
  if (!ended) return 'being-worded'
  return ended.how === 'stepped-back' ? 'not-agreed-any-more' : 'let-go'
}

const needsUntil = (until: string, mine: boolean): Status => ({ kind: 'needs-until', until, mine })

/** A not-yet holds until its day, whatever the words. */
const isHolding = (said: Answer, today: string): said is Extract<Answer, { kind: 'later' }> =>
  said.kind === 'later' && today < said.until

/** Whose it is: fixed by the first yes (A6), else as it was written. */
const kindOf = (standing: BoundaryStanding, table: TableBoundary | null): Kind =>
  standing.kind ?? table?.kind ?? 'ours'

/** The wording that agreeing to the table would sign, if it can be agreed to. */
export function wordingOnTable(
  texts: Texts,
  standing: BoundaryStanding,
  table: TableBoundary | null,
): Wording | null {
  const made = makeWording(kindOf(standing, table), texts)
  return 'wording' in made ? made.wording : null
}

/** Their hash, to hold answers against; at every keystroke, so only where there are any. */
const hashOf = (id: string, { answers }: BoundaryStanding, wording: Wording | null) =>
  wording && (answers.a ?? answers.b) ? wordingHash(id, wording) : null

const NOTHING: Texts = { name: '', words: '', ifItSlips: '' }

/** What is on the table: the live words, else those of the history (a board restored without its document). */
export const onTable = (standing: BoundaryStanding, table: TableBoundary | null): Texts =>
  table ??
  standing.inForce?.wording ??
  standing.ended?.version.wording ??
  proposedIn(standing) ??
  NOTHING

function proposedIn({ answers }: BoundaryStanding): Texts | null {
  const yes = [answers.a, answers.b].find((answer) => answer?.kind === 'yes')
  return yes?.kind === 'yes' ? yes.wording : null
}

export function cardOf(
  id: string,
  standing: BoundaryStanding,
  table: TableBoundary | null,
  seat: Seat,
  beside: Beside,
): Card {
  const texts = onTable(standing, table)
  const shown = standing.inForce?.wording ?? texts
  const words = hashOf(id, standing, wordingOnTable(texts, standing, table))
  const aside = table?.aside ?? false
  return {
    id,
    name: shown.name.trim(),
    category: table?.category ?? null,
    theirs: table?.by === otherSeat(seat),
    words: shown.words,
    partnerYes: standing.inForce ? 'none' : yesTo(standing.answers[otherSeat(seat)], words),
    ...standsAs(id, standing, seat, { today: beside.today, words, aside }, beside),
  }
}

/** How it stands; what I said and is not recorded comes before what is. */
function standsAs(
  id: string,
  standing: BoundaryStanding,
  seat: Seat,
  now: Now,
  { refusals, intention }: Beside,
): Pick<Card, 'status' | 'forYou'> {
  const mine = intention(id)
  if (mine && mine.unsaid === null) return { status: 'not-recorded-yet', forYou: null }
  return {
    status: statusOf(standing, seat, now),
    forYou: mine ? 'unsaid' : forYouOf(id, standing, seat, refusals, now.today),
  }
}

export function openBoundaryOf(
  id: string,
  standing: BoundaryStanding,
  table: TableBoundary | null,
  seat: Seat,
  live: Pick<OpenBoundary, 'partnerHere' | 'partnerWriting' | 'wantsNoDate'>,
  beside: Beside,
): OpenBoundary {
  const { today, refusals } = beside
  const intention = beside.intention(id)
  const texts = onTable(standing, table)
  const made = makeWording(kindOf(standing, table), texts)
  const wording = 'wording' in made ? made.wording : null
  const words = hashOf(id, standing, wording)
  const { inForce, ended, answers, kind, lookAgain } = standing
  const [mine, theirs] = [answers[seat], answers[otherSeat(seat)]]
  const aside = table?.aside ?? false
  const partnerYes = yesTo(theirs, words)
  const someYes = mine?.kind === 'yes' || theirs?.kind === 'yes'
  return {
    id,
    ...standsAs(id, standing, seat, { today, words, aside }, beside),
    pending: intention && { act: intention.act.kind, unsaid: intention.unsaid },
    kind: kindOf(standing, table),
    category: table?.category ?? null,
    table: { name: texts.name, words: texts.words, ifItSlips: texts.ifItSlips },
    inForce: inForce && { wording: inForce.wording, words: inForce.words, at: inForce.at },
    kept: table?.kept ?? null,
    steppedBackAt: !inForce && ended?.how === 'stepped-back' ? ended.at : null,
    myYes: yesTo(mine, words),
    partnerYes,
    myYesTo: mine?.kind === 'yes' ? mine.wording : null,
    partnerYesTo: theirs?.kind === 'yes' ? theirs.wording : null,
    myWhy: mine?.kind === 'yes' ? mine.why : null,
    partnerWhy: theirs?.kind === 'yes' ? theirs.why : null,
    myAnswer: waitingAnswer(mine, words, today),
    partnerAnswer: waitingAnswer(theirs, words, today),
    resting:
      wording && partnerYes !== 'these-words'
        ? restingFor(otherSeat(seat), id, wording, refusals, today)
        : null,
    endingRests: inForce ? restingFor(otherSeat(seat), id, null, refusals, today) : null,
    heard: inForce !== null && standing.heard === inForce.words,
    lookAgain,
    aside: aside && !inForce && !someYes,
    mayPutAside: table !== null && !inForce && !someYes,
    previous: kind === otherSeat(seat) && inForce ? standing.previous : null,
    newWords: inForce !== null && !(wording && sameTexts(wording, inForce.wording)),
    problem: 'problem' in made ? made.problem : null,
    ...live,
  }
}

function yesTo(answer: Answer | null, words: string | null): YesTo {
  if (answer?.kind !== 'yes') return 'none'
  if (answer.wording === null) return 'ending'
  return answer.words === words ? 'these-words' : 'earlier-words'
}

function waitingAnswer(
  answer: Answer | null,
  words: string | null,
  today: string,
): WaitingAnswer | null {
  if (answer?.kind === 'later') {
    return { kind: 'later', until: answer.until, note: answer.note, passed: today >= answer.until }
  }
  if (answer?.kind !== 'no') return null
  return { kind: 'no', note: answer.note, edited: answer.words !== words }
}

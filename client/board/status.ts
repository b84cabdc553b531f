/** What one boundary looks like from one seat: pure, from the standing and the words on the table. */
import type { Answer, BoundaryStanding } from '../../shared/agreement.ts'
import type { TableBoundary } from '../../shared/board-doc.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import {
  makeWording,
  sameTexts,
  wordingHash,
  type Texts,
  type Wording,
} from '../../shared/wording.ts'
import type { Card, OpenBoundary, Status, YesTo } from './board-view.ts'

export function statusOf({ inForce, answers, ended }: BoundaryStanding, seat: Seat): Status {
  const someYes = answers.a?.kind === 'yes' || answers.b?.kind === 'yes'
  if (inForce) return someYes ? 'change-suggested' : 'agreed'
  if (answers[seat]?.kind === 'yes') return 'waiting'
  return ended?.how === 'stepped-back' ? 'not-agreed-any-more' : 'being-worded'
}

/** The wording that agreeing to the table would sign, if it can be agreed to. */
export function wordingOnTable(table: Texts): Wording | null {
  const made = makeWording('ours', table)
  return 'wording' in made ? made.wording : null
}

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
): Card {
  const texts = onTable(standing, table)
  const shown = standing.inForce?.wording ?? texts
  return {
    id,
    name: shown.name.trim(),
    status: statusOf(standing, seat),
    words: shown.words,
    partnerSaysYes: yesTo(id, standing.answers[otherSeat(seat)], texts) === 'these-words',
  }
}

export function openBoundaryOf(
  id: string,
  standing: BoundaryStanding,
  table: TableBoundary | null,
  seat: Seat,
  live: { readonly partnerHere: boolean; readonly partnerWriting: boolean },
): OpenBoundary {
  const texts = onTable(standing, table)
  const made = makeWording('ours', texts)
  const { inForce, ended, answers } = standing
  const [mine, theirs] = [answers[seat], answers[otherSeat(seat)]]
  return {
    id,
    status: statusOf(standing, seat),
    table: { name: texts.name, words: texts.words, ifItSlips: texts.ifItSlips },
    inForce: inForce && { wording: inForce.wording, at: inForce.at },
    steppedBackAt: !inForce && ended?.how === 'stepped-back' ? ended.at : null,
    myYes: yesTo(id, mine, texts),
    partnerYes: yesTo(id, theirs, texts),
    myYesTo: mine?.kind === 'yes' ? mine.wording : null,
    partnerYesTo: theirs?.kind === 'yes' ? theirs.wording : null,
    newWords: inForce !== null && !('wording' in made && sameTexts(made.wording, inForce.wording)),
    problem: 'problem' in made ? made.problem : null,
    ...live,
  }
}

function yesTo(id: string, answer: Answer | null, texts: Texts): YesTo {
  if (answer?.kind !== 'yes') return 'none'
  const wording = wordingOnTable(texts)
  return wording && answer.words === wordingHash(id, wording) ? 'these-words' : 'earlier-words'
}

/** Who says what about an open boundary, as sentences, in the order in which they are read. */
import type { OpenBoundary, WaitingAnswer } from '../board/board-view.ts'
import { dayNameOf, dayOf } from '../words/days.ts'
import { answerWords } from '../words/en-answers.ts'
import { boundaryWords } from '../words/en-boundary.ts'
import { words, type Partner } from '../words/en.ts'

export function answersSaid(boundary: OpenBoundary, partner: Partner): string[] {
  const { myYes, partnerYes, myAnswer, partnerAnswer, resting, partnerWhy } = boundary
  const { inForce, aside } = boundary
  const { canChange } = answerWords
  const { theyAgreedEarlier, youAgree, youAgreedEarlier } = boundaryWords
  const said: (string | false | null)[] = [
    partnerYes === 'these-words' && words.list.says['these-words'](partner),
    partnerYes === 'earlier-words' && theyAgreedEarlier(partner),
    partnerYes === 'ending' && answerWords.theyEnd(partner),
    partnerWhy && answerWords.quote(partnerWhy),
    ...theirs(partnerAnswer, partner),
    partnerAnswer?.kind === 'no' && canChange[inForce ? 'inForce' : aside ? 'aside' : 'open'],
    resting && (resting.same ? answerWords.sameBack : answerWords.otherBack)(dayText(resting.back)),
    myYes === 'these-words' && youAgree(partner),
    myYes === 'earlier-words' && youAgreedEarlier,
    myYes === 'ending' && answerWords.youEnd(partner),
    myAnswer?.kind === 'later' &&
      !myAnswer.passed &&
      answerWords.youNeedUntil(dayNameOf(myAnswer.until)),
    myAnswer?.kind === 'no' &&
      (myAnswer.edited ? answerWords.youSaidNoEarlier : answerWords.youSaidNo),
  ]
  return said.filter((sentence): sentence is string => !!sentence)
}

function theirs(answer: OpenBoundary['partnerAnswer'], partner: Partner): (string | false)[] {
  if (!answer) return []
  const note = answer.note !== null && answerWords.quote(answer.note)
  if (answer.kind === 'later') {
    return answer.passed ? [] : [answerWords.needsUntil(partner, dayNameOf(answer.until)), note]
  }
  const { theySaidNo, theySaidNoEarlier } = answerWords
  return [(answer.edited ? theySaidNoEarlier : theySaidNo)(partner), note]
}

/** The day that a not-yet of one's own named, once it has come. */
export const wantedDay = (mine: WaitingAnswer | null, today: string): string =>
  mine?.kind === 'later' && mine.until < today ? dayNameOf(mine.until) : answerWords.today

const dayText = (day: string): string => dayOf(Date.parse(`${day}T12:00:00`))

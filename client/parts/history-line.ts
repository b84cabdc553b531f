/** One item of the history as a sentence: the boundary's name first, then what happened. */
import type { HistoryItem } from '../reading/history-item.ts'
import type { Seat } from '../../shared/ids.ts'
import { dayOf } from '../words/days.ts'
import { past } from '../words/en-history.ts'
import { backWords } from '../words/en-past.ts'
import { words, type Partner } from '../words/en.ts'

export interface People {
  /** Whose screen this is. */
  readonly seat: Seat
  readonly partner: Partner
}

export interface HistoryLine {
  readonly name: string | null
  readonly rest: string
}

export function historyLine(item: HistoryItem, { seat, partner }: People): HistoryLine {
  const mine = item.who === seat
  const nameOf = (who: Seat) => (who === seat ? past.you : (partner ?? past.partner))
  const who = nameOf(item.who)
  const Who = capital(who)
  const whose = mine ? past.your : past.whose(who)
  const day = item.day ? dayOf(Date.parse(`${item.day}T12:00:00`)) : ''
  const about = (rest: string): HistoryLine => ({ name: item.name || words.list.nameless, rest })
  const plain = (rest: string): HistoryLine => ({ name: null, rest })

  switch (item.what) {
    case 'started-board':
      return plain(past.startedBoard(Who))
    case 'joined':
      return plain(past.joined(Who))
    case 'renamed':
      return plain(past.renamed(Who, mine))
    case 'invited':
      return plain(past.invited(Who))
    case 'cancelled-invitation':
      return plain(past.cancelled(Who))
    case 'suggested':
      return about(past.suggested(who))
    case 'agreed':
    case 'changed': {
      const say = item.what === 'agreed' ? past.agreed : past.changed
      const day = dayOf(item.at * 1000)
      return about(
        item.suggested
          ? say(nameOf(item.suggested.by), dayOf(item.suggested.at * 1000), day)
          : item.what === 'agreed'
            ? past.agreedPlain
            : past.changedPlain,
      )
    }
    case 'took-back':
      return about(past.tookBack(who, mine))
    case 'stepped-back':
      return about(past.steppedBack(who))
    case 'took-back-answer':
      return about(past.tookBackAnswer(who))
    case 'ending-suggested':
      return about(past.endingSuggested(who))
    case 'needs-time':
      return about(past.needsTime(who, mine, day))
    case 'said-no':
      return about(past.saidNo(who))
    case 'limit':
      return about(past.limit(whose))
    case 'limit-changed':
      return about(past.limitChanged(whose))
    case 'limit-ended':
      return about(past.limitEnded(whose))
    case 'heard':
      return about(past.heard(who))
    case 'look-again':
      return about(past.lookAgain(who, day))
    case 'let-go':
      return about(
        item.suggested
          ? backWords.letGo(
              nameOf(item.suggested.by),
              dayOf(item.suggested.at * 1000),
              dayOf(item.at * 1000),
            )
          : past.letGo,
      )
    case 'other':
      return plain(past.other)
    case 'unreadable':
      return plain(past.unreadable)
    case 'unknown':
      return plain(past.unknown)
  }
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

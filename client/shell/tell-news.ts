/** Says news to screen readers, and no more of one boundary than can be listened to. Loaded with the first. */
import type { BoardView } from '../board/board-view.ts'
import type { HistoryItem } from '../reading/history-item.ts'
import { announcer } from './announce.svelte.ts'
import { historyLine } from '../parts/history-line.ts'
import { NewsPace } from './news-pace.ts'

export const newsOf = (board: BoardView): NewsPace<HistoryItem> =>
  new NewsPace((news) => {
    const told = news.map((item) => {
      const { name, rest } = historyLine(item, board)
      return `${name ?? ''} ${rest}`.trim()
    })
    announcer.say(told.join(' '))
  })

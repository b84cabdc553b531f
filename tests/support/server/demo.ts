/** The board of `npm run demo`, told the same on every run, and what a person needs to open it. */
import { calendarEnding } from '../../../server/demo/calendar.ts'
import { LAST_DAY, story } from '../../../server/demo/story.ts'
import { tell, type Told } from '../../../server/demo/tell.ts'
import { boardKeys } from '../../../shared/keys.ts'
import { everythingOf, type Everything } from '../../../shared/everything.ts'
import { seededRandom } from '../random.ts'

/** Early on a day: whatever the story has for it must have happened by then. */
export const DEMO_NOW = new Date(2027, 4, 20, 8, 30).getTime()

export const tellDemo = (now = DEMO_NOW, seed = 1): Promise<Told> =>
  tell(story, { calendar: calendarEnding(now, LAST_DAY), random: seededRandom(seed) })

export const everythingTold = ({ board, records, boardKey }: Told): Everything =>
  everythingOf(board, records, boardKeys(boardKey).acts, {})

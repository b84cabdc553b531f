/** What is outstanding of two channels together: nothing is settled before both are. */
import type { Outstanding } from './tally.ts'

export const bothOutstanding = (one: Outstanding, other: Outstanding): Outstanding => ({
  get state() {
    const states = [one, other].map(({ state, settled }) => ({ state, settled }))
    const refused = states.find(({ state, settled }) => state.kind === 'refused' && !settled)
    const unfinished = states.find(({ state }) => state.kind !== 'saved')
    return (refused ?? unfinished)?.state ?? one.state
  },
  get settled() {
    return one.settled && other.settled
  },
  changed: {
    on(listener) {
      const undo = [one, other].map(({ changed }) => changed.on(listener))
      return () => undo.forEach((each) => each())
    },
  },
})

/** What is outstanding of several together: nothing is settled before all are. */
import type { Outstanding } from './tally.ts'

export const allOutstanding = (...all: readonly [Outstanding, ...Outstanding[]]): Outstanding => ({
  get state() {
    const states = all.map(({ state, settled }) => ({ state, settled }))
    const refused = states.find(({ state, settled }) => state.kind === 'refused' && !settled)
    const unfinished = states.find(({ state }) => state.kind !== 'saved')
    return (refused ?? unfinished)?.state ?? all[0].state
  },
  get settled() {
    return all.every(({ settled }) => settled)
  },
  changed: {
    on(listener) {
      const undo = all.map(({ changed }) => changed.on(listener))
      return () => undo.forEach((each) => each())
    },
  },
})

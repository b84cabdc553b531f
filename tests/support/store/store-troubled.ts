/** A file store with one board on a disk that can be made to fail, and timers that are run by hand. */
import { gate, systemError, handTimers, TroubledDisk } from './store-disk.ts'
import type { Step } from './store-disk.ts'
import { openForTest, temporaryFolder } from './store-folder.ts'
import { boardWith, dice } from './store-records.ts'

export const troubled = async (seed: number) => {
  const root = temporaryFolder()
  const disk = new TroubledDisk()
  const timers = handTimers()
  const reports: string[] = []
  const report = (sentence: string) => void reports.push(sentence)
  const options = { root, disk, pace: { later: timers.later, gatherMs: 8, restMs: 900 }, report }
  const store = await openForTest(options)
  const roll = dice(seed)
  const { board, records } = await boardWith(store, roll, 3)
  const reopen = async () => {
    await store.close()
    return openForTest(options)
  }
  return { root, disk, timers, reports, store, roll, board, records, reopen }
}

/** From now on, these steps fail on files whose path ends so. */
export const failing = (
  disk: TroubledDisk,
  steps: readonly Step[],
  ending: string,
  code = 'EIO',
) => {
  disk.before = ({ step, path }) => {
    if (steps.includes(step) && path.endsWith(ending)) throw systemError(code)
  }
}
/** The next such step fails and those after it do not. Returns how often it was asked for. */
export const failingOnce = (disk: TroubledDisk, step: Step, ending: string) => {
  let asked = 0
  disk.before = (call) => {
    if (call.step === step && call.path.endsWith(ending) && asked++ === 0) throw systemError('EIO')
  }
  return () => asked
}

/** From now on, such a step waits until `held` is opened; `asked` opens when one does. */
export const holding = (disk: TroubledDisk, step: Step, ending: string) => {
  const [asked, held] = [gate(), gate()]
  disk.before = (call) => {
    if (call.step !== step || !call.path.endsWith(ending)) return
    asked.open()
    return held.passed
  }
  return { asked, held }
}

export const healed = (disk: TroubledDisk) => {
  disk.before = () => undefined
  disk.room = Infinity
}

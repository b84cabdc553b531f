/** A workload on one server after another, several rounds, each measurement in processes of its own; the order turns from round to round. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { isThere } from './peers/load.ts'
import { peerNamed } from './peers/peers.ts'
import type { Figures, Workload } from './workloads/workload.ts'

const ONCE = fileURLToPath(new URL('./once.ts', import.meta.url))
const SHORT_SECONDS = 20
/** What a thousand boards take, on the side of the people too. */
const MOST_MEGABYTES = 8192
/**
 * Of the young generation, so that two hundred people in one process do not turn it over as fast
 * as they type: what Yjs lets go of between two keystrokes would grow old, as on no one's device.
 */
const YOUNG_MEGABYTES = 32

/** Figures of each round by the server's name; null where a measurement failed or took too long. */
export type Measured = ReadonlyMap<string, readonly (Figures | null)[]>

/** Servers that are not installed are left out, with a line. */
export async function measureInTurn(workload: Workload, short: boolean): Promise<Measured> {
  const names = workload.peers.filter((name) => isInstalled(name))
  const measured = new Map<string, (Figures | null)[]>(names.map((name) => [name, []]))
  for (let round = 0; round < (short ? 1 : workload.rounds); round++) {
    const turn = round % names.length
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      measured.get(name)!.push(await once(workload, name, short))
    }
  }
  return measured
}

function isInstalled(name: string): boolean {
  const { title, packages } = peerNamed(name)
  const there = packages.every(isThere)
  if (!there) console.log(`  ${title} is not installed and is passed over.`)
  return there
}

async function once(workload: Workload, peer: string, short: boolean): Promise<Figures | null> {
  const child = fork(ONCE, [workload.name, peer, ...(short ? ['short'] : [])], {
    execArgv: [
      ...['--import', 'tsx', `--max-old-space-size=${MOST_MEGABYTES}`],
      ...['min', 'max'].map((end) => `--${end}-semi-space-size=${YOUNG_MEGABYTES}`),
    ],
  })
  const endToo = () => child.kill('SIGTERM')
  process.on('exit', endToo)
  const seconds = short ? SHORT_SECONDS : workload.seconds
  const timer = setTimeout(endToo, seconds * 1000)
  try {
    return await new Promise<Figures | null>((resolve) => {
      child.once('message', (figures) => resolve(figures as Figures))
      child.once('exit', () => resolve(null))
    })
  } finally {
    clearTimeout(timer)
    process.off('exit', endToo)
  }
}

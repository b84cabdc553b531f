/** One measurement of one server, in a process of its own: `once.ts WORKLOAD PEER [short]`. Its figures go to the parent. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerNamed } from './peers/peers.ts'
import { workloads } from './workloads/workloads.ts'

// Every y-websocket provider wants to hear of the end.
process.setMaxListeners(0)

const [name, peer = '', short] = process.argv.slice(2)
const workload = workloads.find((each) => each.name === name)
if (!workload) throw new Error(`there is no workload named ${name}`)

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const figures = await workload.measure(peerNamed(peer), folder, short === 'short')
if (process.send) process.send(figures, () => process.exit(0))
else {
  console.log(figures)
  process.exit(0)
}

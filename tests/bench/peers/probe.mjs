/**
 * Loaded into a server before its own code: answers what the process has used so far. With
 * `PROFILE`, a folder, it writes a processor profile of what runs between two questions.
 */
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { join } from 'node:path'

const folder = process.env.PROFILE
/** @type {Session | null} */
let session = null

process.on('message', (question) => {
  if (question === 'cpu' && folder) profile(folder)
  process.send?.(question === 'cpu' ? cpu() : memory())
})
// It alone is no reason to live on.
process.channel?.unref()

function cpu() {
  const { user, system } = process.cpuUsage()
  return user + system
}

function memory() {
  // The first may leave what finalizers still hold.
  for (let n = 0; n < 3; n++) globalThis.gc?.()
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heap: heapUsed + external }
}

/** @param {string} into */
function profile(into) {
  if (session === null) {
    session = new Session()
    session.connect()
    session.post('Profiler.enable')
    session.post('Profiler.setSamplingInterval', { interval: 200 })
    session.post('Profiler.start')
    return
  }
  session.post('Profiler.stop', (_, { profile }) => {
    writeFileSync(join(into, `${process.pid}-${Date.now()}.cpuprofile`), JSON.stringify(profile))
  })
  session.disconnect()
  session = null
}

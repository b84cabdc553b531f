/**
 * `npm start`: installs and builds what is missing, then becomes the server. The server runs in
 * this very process, so signals reach it and its exit code is ours. (In package.json the script
 * starts with `exec`, without which a shell stands in between and keeps signals to itself; the
 * second half is for Windows, which has no `exec`.)
 */
import { buildIfStale, installMissing, requireNode, top } from './prepare.mjs'

requireNode()
process.chdir(top)
endWithNpm()
await installMissing()
await buildIfStale()
process.setSourceMapsEnabled(true)
await import(new URL('../dist/server/main.js', import.meta.url).href)

/** An npm that was killed outright can pass nothing on, and must leave no server behind. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}

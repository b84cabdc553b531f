/**
 * `npm start`: installs and builds what is missing, then becomes the server. The server runs in
 * this very process, so signals reach it and its exit code is ours. (In package.json the script
 * starts with `exec`, without which a shell stands in between and keeps signals to itself; the
 * second half is for Windows, which has no `exec`.)
 */
import { buildIfStale, endWithNpm, installMissing, requireNode, top } from './prepare.mjs'

requireNode()
process.chdir(top)
endWithNpm('start')
await installMissing()
await buildIfStale()
process.setSourceMapsEnabled(true)
await import(new URL('../dist/server/main.js', import.meta.url).href)

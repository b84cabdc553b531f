/**
 * `npm run demo`: installs and builds what is missing, then becomes a server of a made-up board.
 * As in start.mjs, the server runs in this very process, so that signals reach it.
 */
import { buildIfStale, endWithNpm, installMissing, requireNode, top } from './prepare.mjs'

requireNode()
process.chdir(top)
endWithNpm('demo')
await installMissing()
await buildIfStale()
process.setSourceMapsEnabled(true)
await import(new URL('../dist/server/demo.js', import.meta.url).href)

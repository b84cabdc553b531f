/**
 * `npm start`: installs and builds what is missing, then becomes the server. The server runs in
 * this very process, so signals reach it and its exit code is ours.
 */
import { buildIfStale, installMissing, requireNode, top } from './prepare.mjs'

requireNode()
process.chdir(top)
await installMissing()
await buildIfStale()
process.setSourceMapsEnabled(true)
await import(new URL('../dist/server/main.js', import.meta.url).href)

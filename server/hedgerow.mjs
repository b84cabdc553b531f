#!/usr/bin/env node
/** The commands: `npx hedgerow verify FILE`. Installs and builds what is missing first. */
import { resolve } from 'node:path'
import { buildIfStale, installMissing, requireNode } from './prepare.mjs'

const [command, ...args] = process.argv.slice(2)
if (command !== 'verify') {
  console.error('hedgerow verify FILE   checks an exported “Everything” (JSON)')
  process.exit(1)
}
requireNode()
await installMissing()
await buildIfStale()
/** @type {typeof import('./verify.ts')} */
const { verify } = await import(new URL('../dist/server/verify.js', import.meta.url).href)
// npm runs this in the project's folder; the file is named from where the person is.
const from = process.env.INIT_CWD ?? process.cwd()
process.exitCode = await verify(args[0] && resolve(from, args[0]))

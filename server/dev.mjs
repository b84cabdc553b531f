/**
 * `npm run dev`: the server, started again at every change, on port 3000, and Vite's development
 * server in front of it. When one ends, or on Ctrl-C, both end.
 */
import { spawn } from 'node:child_process'
import { installMissing, requireNode, top } from './prepare.mjs'

requireNode()
process.chdir(top)
await installMissing({ dev: true })

/** @type {import('node:child_process').SpawnOptions} */
const options = { stdio: 'inherit', env: { ...process.env, PORT: '3000' } }
const children = [
  ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server/main.ts'],
  ['node_modules/vite/bin/vite.js'],
].map((args) => spawn(process.execPath, args, options))

const stop = () => children.forEach((child) => child.kill())
process.on('SIGINT', stop).on('SIGTERM', stop)
children.forEach((child) => child.on('exit', stop))

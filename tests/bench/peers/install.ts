/** Installs what the benchmark measures beside, into tests/bench/node_modules and nowhere else, unless it is there. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { run } from '../../../server/prepare.mjs'

const FOLDER = fileURLToPath(new URL('..', import.meta.url))

const lockSchema = v.object({
  packages: v.record(v.string(), v.object({ integrity: v.optional(v.string()) })),
})

/** What cannot be installed is not there afterwards: whoever needs it is passed over. */
export async function installPeers(): Promise<void> {
  if (isInstalled()) return
  console.log('Installing what is measured beside it, in tests/bench…')
  const cli = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund']
  const code = cli?.endsWith('npm-cli.js')
    ? await run(process.execPath, [cli, ...args], { cwd: FOLDER })
    : await run('npm', args, { cwd: FOLDER, shell: process.platform === 'win32' })
  if (code !== 0) console.error('It could not be installed: Hedgerow is measured without it.')
}

function isInstalled(): boolean {
  const installed = packagesIn('node_modules/.package-lock.json')
  return Object.entries(packagesIn('package-lock.json')).every(
    ([path, { integrity }]) => path === '' || installed[path]?.integrity === integrity,
  )
}

function packagesIn(lock: string) {
  try {
    return v.parse(lockSchema, JSON.parse(readFileSync(`${FOLDER}/${lock}`, 'utf8'))).packages
  } catch {
    return {} // nothing is installed yet
  }
}

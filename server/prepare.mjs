/**
 * Gets a checkout ready to run: the right Node, the packages of the lock file, a build of the
 * present sources. Needs nothing but Node itself, so it works on a fresh clone.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const top = fileURLToPath(new URL('..', import.meta.url))

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Hedgerow needs Node 20.19 or later, and this is Node ${process.versions.node}.`)
}

/** Runs `npm ci` unless what is installed is what the lock file names. */
export async function installMissing({ dev = false } = {}) {
  if (isInstalled(dev)) return
  console.log('Installing packages…')
  const args = ['ci', '--no-audit', '--no-fund', ...(dev ? ['--include=dev'] : [])]
  const cli = process.env.npm_execpath
  const code = cli?.endsWith('npm-cli.js')
    ? await run(process.execPath, [cli, ...args])
    : await run('npm', args, { shell: process.platform === 'win32' })
  if (code !== 0) fail('The packages could not be installed.')
}

/** Builds unless dist/ was built from exactly these sources. */
export async function buildIfStale() {
  // A build by hand empties this folder, so its stamp cannot outlive what it stands for.
  const stamp = join(top, 'dist/server/.sources')
  const sources = hashOfSources()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  console.log('Building…')
  // A build that fails half-way must not count as the one before.
  rmSync(stamp, { force: true })
  // Whoever asks for it, a test among them, gets the one build that people load.
  const { VITEST: _, ...others } = process.env
  const env = { ...others, NODE_ENV: 'production' }
  const vite = join(top, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--app', '--logLevel', 'warn']
  if ((await run(process.execPath, args, { env })) !== 0) fail('The build failed.')
  writeFileSync(stamp, sources)
}

/**
 * Runs a command in the project's folder and resolves to its exit code. SIGINT and SIGTERM are
 * passed on to it, and end this process once it has ended.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: top, stdio: 'inherit', ...options })
    let interrupted = false
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      interrupted = true
      child.kill(signal)
    }
    process.on('SIGINT', passOn).on('SIGTERM', passOn)
    /** @param {number} code */
    const done = (code) => {
      process.off('SIGINT', passOn).off('SIGTERM', passOn)
      if (interrupted) process.exit(130)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.on('close', (code) => done(code ?? 1))
  })
}

/**
 * The same for a script of an installed package.
 *
 * @param {string} script path under node_modules
 * @param {string[]} args
 */
export function runPackage(script, ...args) {
  return run(process.execPath, [join(top, 'node_modules', script), ...args])
}

/**
 * An npm that was killed outright can pass nothing on, and must leave no server behind.
 *
 * @param {string} script as npm calls it
 */
export function endWithNpm(script) {
  if (process.env.npm_lifecycle_event !== script) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM')
  }, 200).unref()
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/**
 * Optional packages may be absent (they are for other systems); so may development ones, unless
 * they are asked for.
 *
 * @param {boolean} dev
 */
function isInstalled(dev) {
  const installed = packagesIn('node_modules/.package-lock.json')
  return Object.entries(packagesIn('package-lock.json')).every(([path, wanted]) => {
    if (path === '') return true
    const found = installed[path]
    if (!found) return wanted.optional || wanted.devOptional || (wanted.dev && !dev)
    return found.integrity === wanted.integrity && existsSync(join(top, path))
  })
}

/**
 * @typedef {{ integrity?: string, optional?: true, dev?: true, devOptional?: true }} Package
 * @param {string} lockFile
 * @returns {Record<string, Package>}
 */
function packagesIn(lockFile) {
  const path = join(top, lockFile)
  if (!existsSync(path)) return {}
  return /** @type {{ packages: Record<string, Package> }} */ (
    JSON.parse(readFileSync(path, 'utf8'))
  ).packages
}

function hashOfSources() {
  const files = ['client', 'shared', 'server'].flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const others = ['package-lock.json', 'tsconfig.json', 'vite.config.ts']
  files.push(...others.map((name) => join(top, name)))

  const hash = createHash('sha256')
  for (const path of files.sort()) {
    const bytes = readFileSync(path)
    hash.update(`${relative(top, path)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** Finds a Chromium that starts, or brings one. `CHROMIUM_PATH` names it outright. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run, runPackage } from '../../../server/prepare.mjs'

export const isRoot = process.getuid?.() === 0

/** @returns {Promise<string | undefined>} the path of the executable */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  return usualPaths().find(starts) ?? [await playwrightsOwn()].find(starts)
}

/** The same, and installs one if there is none: Playwright's, else (as root) Debian's. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found
  console.log('No Chromium found; installing one…')
  await runPackage('playwright-core/cli.js', 'install', 'chromium')
  const downloaded = await findChromium()
  if (downloaded || !isRoot || !existsSync('/usr/bin/apt-get')) return downloaded
  await run('apt-get', ['update', '-q'])
  await run('apt-get', ['install', '-qy', '--no-install-recommends', 'chromium'])
  return findChromium()
}

function usualPaths() {
  const { PATH = '', ProgramFiles, LOCALAPPDATA } = process.env
  if (process.platform === 'darwin')
    return ['Chromium', 'Google Chrome'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    )
  if (process.platform === 'win32')
    return [ProgramFiles, process.env['ProgramFiles(x86)'], LOCALAPPDATA].flatMap((folder) =>
      folder
        ? ['Chromium', 'Google\\Chrome'].map((app) => `${folder}\\${app}\\Application\\chrome.exe`)
        : [],
    )
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return [...PATH.split(':'), '/usr/bin', '/snap/bin'].flatMap((folder) =>
    names.map((name) => join(folder, name)),
  )
}

/** Empty where Playwright has none for this system. */
async function playwrightsOwn() {
  const { chromium } = await import('playwright-core')
  try {
    return chromium.executablePath()
  } catch {
    return ''
  }
}

/**
 * A file may be there and not start (a stub, missing libraries). Windows' opens a window instead
 * of telling its version, so there it is believed.
 *
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

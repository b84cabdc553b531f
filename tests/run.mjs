/**
 * `npm test`: installs and builds what is missing, finds a Chromium, runs every test. The last
 * line is always `N passed, N failed`; a file that does not load counts as a failure.
 */
import { mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale, installMissing, requireNode, runPackage } from '../server/prepare.mjs'
import { ensureChromium } from './support/browser/find-chromium.mjs'

const count = { passed: 0, failed: 0, skipped: 0 }
process.on('exit', (code) => {
  // Whatever stopped us before or beside the tests is a failure too.
  if (code !== 0 && count.failed === 0) count.failed = 1
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : ''
  writeSync(1, `${count.passed} passed, ${count.failed} failed${skipped}\n`)
})

requireNode()
await installMissing({ dev: true })
const chromium = await ensureChromium()
if (chromium) process.env.CHROMIUM_PATH = chromium
await buildIfStale()

const folder = mkdtempSync(join(tmpdir(), 'hedgerow-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const report = join(folder, 'report.json')
const code = await runPackage(
  'vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
)

/** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
const { testResults } = JSON.parse(readFileSync(report, 'utf8'))
for (const file of testResults) {
  const of = (/** @type {string[]} */ ...statuses) =>
    file.assertionResults.filter(({ status }) => statuses.includes(status)).length
  const failed = of('failed')
  count.passed += of('passed')
  count.skipped += of('skipped', 'pending', 'todo', 'disabled')
  count.failed += failed === 0 && file.status === 'failed' ? 1 : failed
}
process.exitCode = code === 0 && count.failed === 0 && count.passed > 0 ? 0 : 1

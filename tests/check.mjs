/** `npm run check`: all that a commit must pass. Runs every step, then says which failed. */
import { installMissing, requireNode, runPackage } from '../server/prepare.mjs'

const steps = {
  types: ['typescript/bin/tsc', '--noEmit'],
  'types of components': ['svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json'],
  lint: ['eslint/bin/eslint.js', '--config', 'tests/eslint.config.js', '.'],
  format: ['prettier/bin/prettier.cjs', '--check', '.', '!**/*.md'],
  'arrows and fast tests': ['vitest/vitest.mjs', 'run', '--project', 'fast'],
}

requireNode()
await installMissing({ dev: true })

const failed = []
for (const [name, [script, ...args]] of Object.entries(steps)) {
  console.log(`\n— ${name}`)
  if ((await runPackage(String(script), ...args)) !== 0) failed.push(name)
}

console.log(failed.length > 0 ? `\nFailed: ${failed.join(', ')}` : '\nAll passed')
process.exitCode = failed.length > 0 ? 1 : 0

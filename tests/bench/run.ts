/**
 * `npm run bench`: builds if needed, measures Hedgerow and its peers in turn, then its pages, and
 * prints the tables. A full run also writes them to RESULTS.md and the first into the README.
 * `npm run bench -- typing` measures one workload (or `page`), `--short` only sees that all run.
 * Reports and judges nothing: what misses its target is said in the table and is no failure.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildIfStale, installMissing, requireNode } from '../../server/prepare.mjs'
import { pages, withinItsTime } from './page/pages.ts'
import { installPeers } from './peers/install.ts'
import { figures, ratios, type Results } from './report.ts'
import { measureInTurn } from './rounds.ts'
import { workloads } from './workloads/workloads.ts'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))
const RESULTS = fileURLToPath(new URL('./RESULTS.md', import.meta.url))
const BEGIN = '<!-- written by npm run bench -->'
const END = '<!-- until here -->'

const args = process.argv.slice(2)
const short = args.includes('--short')
const chosen = args.filter((arg) => !arg.startsWith('--'))
const names = [...workloads.map(({ name }) => name), 'page']
const unknown = chosen.find((name) => !names.includes(name))
if (unknown !== undefined) {
  console.error(`There is no ${unknown}: choose among ${names.join(', ')}.`)
  process.exit(1)
}
const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name)

requireNode()
await installMissing({ dev: true })
await buildIfStale()
if (!short) await installPeers()

const before = load()
const measured: Results['workloads'][number][] = []
for (const workload of workloads.filter(({ name }) => isChosen(name))) {
  console.log(`Measuring: ${workload.title}…`)
  measured.push({ workload, measured: await measureInTurn(workload, short) })
}
const sections: Results['pages'][number][] = []
for (const step of isChosen('page') && !short ? pages : []) {
  console.log(`Measuring: ${step.title}…`)
  sections.push({ title: step.title, rows: await withinItsTime(step) })
}

const results: Results = { machine: machine(), workloads: measured, pages: sections }
console.log(`\n${ratios(results)}\n\n${figures(results)}\n`)
if (!short && chosen.length === 0) write(results)
// Whatever a step that ran out of time left behind goes with us.
process.exit(0)

function write(results: Results): void {
  const table = ratios(results)
  writeFileSync(
    RESULTS,
    `# What \`npm run bench\` measured\n\n${table}\n\n## Figures\n\nMedian over the rounds, and the least and the most of them.\n\n${figures(results)}\n`,
  )
  const readme = readFileSync(README, 'utf8')
  const [from, to] = [readme.indexOf(BEGIN), readme.indexOf(END)]
  if (from < 0 || to < from) throw new Error('the README has no place for the table')
  writeFileSync(README, `${readme.slice(0, from)}${BEGIN}\n\n${table}\n\n${readme.slice(to)}`)
}

function machine(): string {
  const { model = 'unknown processor' } = cpus()[0] ?? {}
  const memory = Math.round(totalmem() / 1024 ** 3)
  return (
    `Measured on ${availableParallelism()} cores (${model.trim()}), ${memory} GB, Node ${process.versions.node}, ` +
    `${process.platform}; servers and people share the cores. Load average ${before} before, ${load()} after: ` +
    'above about 1 before, other work was measured too.'
  )
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}

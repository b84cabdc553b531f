/** What was measured, as Markdown: the ratios, the figures of every server, the page. */
import { availableParallelism } from 'node:os'
import { MUST_HEAD, mustRows } from './musts.ts'
import { FIRST_LOAD } from './page/script-size.ts'
import { peerNamed } from './peers/peers.ts'
import type { Measured } from './rounds.ts'
import { median } from './stats.ts'
import { cellsOf, HEAD, inUnit, type Row, type Unit } from './table.ts'
import type { Figures, Workload } from './workloads/workload.ts'

export interface Section {
  readonly title: string
  readonly rows: readonly Row[]
}

export interface Results {
  readonly machine: string
  readonly workloads: readonly { readonly workload: Workload; readonly measured: Measured }[]
  readonly pages: readonly Section[]
}

/** The table that the README holds too. */
export function ratios({ machine, workloads, pages }: Results): string {
  const results = new Map(workloads.map(({ workload, measured }) => [workload.name, measured]))
  return `${markdown(MUST_HEAD, [...mustRows(results), ...firstLoad(pages)])}\n\n${machine}`
}

function firstLoad(pages: readonly Section[]): string[][] {
  const row = pages.flatMap(({ rows }) => rows).find(({ what }) => what === FIRST_LOAD)
  if (!row) return []
  const { figure = '', met } = row
  const what = 'first-load script of a board, gzipped'
  return [[what, '', figure, '', '105 KB', '120 KB', met ? 'met' : 'NOT MET']]
}

export function figures({ workloads, pages }: Results): string {
  return [
    ...workloads.map(({ workload, measured }) => {
      const names = [...measured.keys()]
      const head = ['', ...names.map((name) => peerNamed(name).title)]
      const rows = workload.rows.map(({ key, what, unit }) => [
        what,
        ...names.map((name) => cell(measured.get(name) ?? [], key, unit)),
      ])
      const note = saturation(measured)
      return `### ${workload.title}\n\n${markdown(head, rows)}${note && `\n\n${note}`}`
    }),
    ...pages.map(({ title, rows }) => `### ${title}\n\n${markdown(HEAD, rows.map(cellsOf))}`),
  ].join('\n\n')
}

/** Per cent of a core, or of all, from which on a measurement says more of the machine than of the server. */
const FULL = 90

/** Says where the people who type were as busy as what they measure, or more. */
function saturation(measured: Measured): string {
  const full = [...measured].filter(([, rounds]) => rounds.some((round) => round && isFull(round)))
  if (full.length === 0) return ''
  const titles = full.map(([name]) => peerNamed(name).title).join(', ')
  return `The people or the machine were at their limit, so that the server's own lies beyond these figures: ${titles}.`
}

function isFull({ server = 0, people = 0, serverBeyond = 0, peopleBeyond = 0 }: Figures): boolean {
  const all = FULL * availableParallelism()
  return (
    Math.max(people, peopleBeyond) > FULL ||
    server + people > all ||
    serverBeyond + peopleBeyond > all
  )
}

/** The median over the rounds, and from where to where they went. */
function cell(
  rounds: Measured extends ReadonlyMap<string, infer R> ? R : never,
  key: string,
  unit: Unit,
): string {
  const found = rounds.flatMap((round) => round?.[key] ?? [])
  if (found.length === 0) return rounds.includes(null) ? 'not measured' : '—'
  const middle = inUnit(median(found), unit)
  if (found.length === 1) return middle
  const [least, most] = [Math.min(...found), Math.max(...found)].map((n) => n.toFixed(unit.digits))
  return `${middle} (${least}–${most})`
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) =>
    Math.max(3, ...[head, ...rows].map((row) => row[i]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

/** What was measured, as Markdown: the ratios, the figures of every server, the page. */
import { MUST_HEAD, mustRows } from './musts.ts'
import { peerNamed } from './peers/peers.ts'
import type { Measured } from './rounds.ts'
import { median } from './stats.ts'
import { cellsOf, HEAD, inUnit, type Row, type Unit } from './table.ts'
import type { Workload } from './workloads/workload.ts'

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
export function ratios({ machine, workloads }: Results): string {
  const results = new Map(workloads.map(({ workload, measured }) => [workload.name, measured]))
  return `${markdown(MUST_HEAD, mustRows(results))}\n\n${machine}`
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
      return `### ${workload.title}\n\n${markdown(head, rows)}`
    }),
    ...pages.map(({ title, rows }) => `### ${title}\n\n${markdown(HEAD, rows.map(cellsOf))}`),
  ].join('\n\n')
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

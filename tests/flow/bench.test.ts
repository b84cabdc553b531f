import { expect, test } from 'vitest'
import { hedgerow } from '../bench/peers/hedgerow.ts'
import { measureInTurn } from '../bench/rounds.ts'
import { workloads } from '../bench/workloads/workloads.ts'

// No figure is judged here: the machine may be doing anything. Only that each can still be measured.
test.each(workloads)(
  'the benchmark measures $name',
  async (workload) => {
    const measured = await measureInTurn({ ...workload, peers: [hedgerow.name] }, true)
    const [figures] = measured.get(hedgerow.name) ?? []
    const keys = workload.rows.map(({ key }) => key)
    expect(Object.keys(figures ?? {})).toEqual(expect.arrayContaining(optional(keys)))
    expect(Object.values(figures ?? {}).every(Number.isFinite)).toBe(true)
  },
  30_000,
)

/** What lies beyond the end of a growth that found none is not there. */
const optional = (keys: readonly string[]) => keys.filter((key) => !key.endsWith('Beyond'))

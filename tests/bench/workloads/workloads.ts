/** All workloads in the order in which they are measured and told. */
import { acts } from './acts.ts'
import { boards } from './boards.ts'
import { growth } from './growth.ts'
import { opening } from './opening.ts'
import { typing } from './typing.ts'
import type { Workload } from './workload.ts'

export const workloads: readonly Workload[] = [typing, boards, opening, acts, growth]

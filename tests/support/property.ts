/**
 * Runs a property with a fresh seed each time and prints it. A run is repeated
 * with `FC_SEED=<seed>`, one failing case with `FC_PATH=<path>` as well, and
 * `FC_RUNS=<n>` tries more.
 */
import fc from 'fast-check'

const { FC_SEED, FC_PATH, FC_RUNS } = process.env
const seed = FC_SEED === undefined ? Math.floor(Math.random() * 0x7fffffff) : Number(FC_SEED)

console.info(`property tests: replay with FC_SEED=${seed}`)

const told = (runs: number) => ({
  seed,
  numRuns: FC_RUNS === undefined ? runs : Number(FC_RUNS),
  ...(FC_PATH !== undefined && { path: FC_PATH }),
})

export const holds = <T>(property: fc.IProperty<T>, runs: number): void =>
  fc.assert(property, told(runs))

export const holdsAsync = <T>(property: fc.IAsyncProperty<T>, runs: number): Promise<void> =>
  fc.assert(property, told(runs))

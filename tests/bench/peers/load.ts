/**
 * Packages that only the benchmark uses, from tests/bench/node_modules. Types are hints of as much
 * as is used: the packages may not be there when the types are checked.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

export const load = (name: string): Promise<unknown> => import(name)

export function isThere(name: string): boolean {
  try {
    require.resolve(name)
    return true
  } catch {
    return false
  }
}

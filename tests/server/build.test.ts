/** What the server starts by its name must be there by that name once it is built. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import config from '../../vite.config.ts'

const SERVER = fileURLToPath(new URL('../../server', import.meta.url))
/** In the sources a sibling once built; in the scripts a file of dist/server. */
const NAMED = /new URL\('(?:\.\.\/dist\/server\/)?([\w-]+)\.js', import\.meta\.url\)/g

const started = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|mjs)$/.test(path))
  .flatMap((path) => [...readFileSync(join(SERVER, path), 'utf8').matchAll(NAMED)])
  .map(([, name]) => name)

test('every file that the server starts is built', () => {
  const built = config.environments?.ssr?.build?.rolldownOptions?.input as Record<string, string>
  expect(started).toContain('compact-worker')
  expect(Object.keys(built)).toEqual(expect.arrayContaining(started))
  expect(Object.values(built).filter((path) => !existsSync(path))).toEqual([])
})

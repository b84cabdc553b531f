/**
 * Who may import whom, kept by reading every source file: shared/ stands on its own, server/ and
 * client/ stand on shared/ and never on each other, nothing goes round in a circle.
 */
import globals from 'globals'
import { describe, expect, test } from 'vitest'
import { folderOf, packagesOf, parse, readTree, type Source, type Tree } from './support/sources.ts'

/** What of a source breaks the rule. */
type Rule = (source: Source) => string[]

const sharedPackages = ['yjs', 'lib0', 'y-protocols', 'valibot', 'diff']
const cryptoPackages = ['@noble', '@scure']
const { globalThis: _, ...language } = globals.builtin
const harmless = [...Object.keys(language), 'TextEncoder', 'TextDecoder', 'structuredClone']
const outsideWorld = new Set(
  Object.keys({ globalThis: 0, ...globals.browser, ...globals.node }).filter(
    (name) => !harmless.includes(name),
  ),
)

const processes = ['server/main.ts', 'server/demo.ts']
const concreteStore = /^server\/store\/(file|memory)-store\.ts$/

const rules: Record<string, Rule> = {
  'shared/ imports only its few packages, noble and scure in crypto.ts alone': (source) => {
    if (folderOf(source.path) !== 'shared') return []
    const allowed =
      source.path === 'shared/crypto.ts' ? [...sharedPackages, ...cryptoPackages] : sharedPackages
    return packagesOf(source).filter((name) => !allowed.includes(name.split('/')[0] ?? ''))
  },
  'shared/ uses no global of the browser or of Node': (source) =>
    folderOf(source.path) === 'shared' ? source.free.filter((name) => outsideWorld.has(name)) : [],
  'shared/ imports shared/ only, server/ and client/ never each other': (source) => {
    const home = folderOf(source.path)
    return source.targets.filter((path) => ![home, 'shared'].includes(folderOf(path)))
  },
  'only the processes name a concrete store': (source) =>
    processes.includes(source.path)
      ? []
      : source.targets.filter((path) => concreteStore.test(path)),
  'components import neither yjs nor socket.io-client': (source) =>
    source.path.endsWith('.svelte')
      ? packagesOf(source).filter((name) => /^(yjs|socket\.io-client)(\/|$)/.test(name))
      : [],
  'process.env is read in server/config.ts only': (source) =>
    source.readsEnv && source.path !== 'server/config.ts' ? ['process.env'] : [],
  'nothing is exported from where it was not defined': (source) => source.reexports,
}

describe('the sources', () => {
  const tree = readTree()
  const sources = parse(tree)

  test.each(Object.entries(rules))('%s', (_name, rule) => {
    expect(faults(rule, sources)).toEqual([])
  })

  test('no imports go round in a circle', () => {
    expect(circleIn(sources)).toBeUndefined()
  })
})

describe('every rule can fail', () => {
  const bad: Record<keyof typeof rules, Tree[]> = {
    'shared/ imports only its few packages, noble and scure in crypto.ts alone': [
      { 'shared/a.ts': "import { readFileSync } from 'node:fs'" },
      { 'shared/a.ts': "import type { Socket } from 'socket.io-client'" },
      { 'shared/a.ts': "import { sha256 } from '@noble/hashes/sha2.js'" },
      { 'shared/crypto.ts': "const fs = await import('fs')" },
      { 'shared/a.ts': "type Stats = import('node:fs').Stats" },
    ],
    'shared/ uses no global of the browser or of Node': [
      { 'shared/a.ts': 'export const a = location.href' },
      { 'shared/a.ts': 'export const a = Buffer.from([])' },
      { 'shared/a.ts': 'export const a = globalThis.document' },
      { 'shared/a.ts': 'export const a = (el: HTMLElement) => el' },
      { 'shared/a.ts': "export const a = { socket: new WebSocket('ws://here') }" },
    ],
    'shared/ imports shared/ only, server/ and client/ never each other': [
      { 'shared/a.ts': "import { b } from '../server/b.ts'", 'server/b.ts': '' },
      { 'server/b.ts': "import type { C } from '../client/c.ts'", 'client/c.ts': '' },
      { 'client/C.svelte': "<script>import '../server/b.ts'</script>", 'server/b.ts': '' },
    ],
    'only the processes name a concrete store': [
      {
        'server/app.ts': "import { openFileStore } from './store/file-store.ts'",
        'server/store/file-store.ts': '',
      },
    ],
    'components import neither yjs nor socket.io-client': [
      { 'client/A.svelte': '<script lang="ts">\n  import type { Doc } from "yjs"\n</script>' },
      { 'client/A.svelte': "<script module>import { io } from 'socket.io-client'</script><p></p>" },
    ],
    'process.env is read in server/config.ts only': [
      { 'server/app.ts': 'export const port = process.env.PORT' },
      { 'server/app.ts': 'const { env } = process' },
      { 'server/app.ts': "import { env } from 'node:process'" },
    ],
    'nothing is exported from where it was not defined': [
      { 'shared/all.ts': "export * from './a.ts'" },
      { 'client/all.ts': "export { a } from './a.ts'" },
    ],
  }
  const cases = Object.entries(bad).flatMap(([name, trees]) =>
    trees.map((tree) => [name, Object.values(tree).find(Boolean), tree] as const),
  )
  test.each(cases)('%s: %s', (name, _text, tree) => {
    expect(faults(rules[name]!, parse(tree))).toHaveLength(1)
  })

  test('no imports go round in a circle', () => {
    const tree = {
      'shared/a.ts': "import './b.ts'",
      'shared/b.ts': "import '../shared/c.js'",
      'shared/c.ts': "import type {} from './b.ts'",
    }
    expect(circleIn(parse(tree))).toBe('shared/b.ts → shared/c.ts → shared/b.ts')
  })

  test('and none fails on what only looks like a fault', () => {
    const tree = {
      'shared/a.ts':
        "// process.env, document\nexport const history = 'export * from'; export const b = { location: history.length }",
      'shared/crypto.ts': "import { sha256 } from '@noble/hashes/sha2.js'\nimport './a.ts'\nsha256",
      'server/main.ts': "import './store/file-store.ts'",
      'server/store/file-store.ts': 'document.title',
    }
    expect(Object.values(rules).flatMap((rule) => faults(rule, parse(tree)))).toEqual([])
  })
})

function faults(rule: Rule, sources: readonly Source[]): string[] {
  return sources.flatMap((source) => rule(source).map((what) => `${source.path}: ${what}`))
}

/** The first circle found by walking the imports depth first. */
function circleIn(sources: readonly Source[]): string | undefined {
  const targets = new Map(sources.map((source) => [source.path, source.targets]))
  const done = new Set<string>()

  const walk = (path: string, above: readonly string[]): string | undefined => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path].join(' → ')
    if (done.has(path)) return undefined
    for (const target of targets.get(path) ?? []) {
      const circle = walk(target, [...above, path])
      if (circle) return circle
    }
    done.add(path)
    return undefined
  }
  for (const { path } of sources) {
    const circle = walk(path, [])
    if (circle) return circle
  }
  return undefined
}

/// <reference types="vitest/config" />
/**
 * One config for the client's build, the server's build, the dev server and the tests.
 *
 * `vite build --app` writes client/ to dist/client and server/ to dist/server; the server's
 * packages stay in node_modules. Vitest is only a type here, so that an installation without
 * the development packages can build.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig, type Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const testing = process.env.VITEST !== undefined

/** What is started by its name: a file of each lies in dist/server. */
const serverEntries = {
  main: at('server/main.ts'),
  demo: at('server/demo.ts'),
  verify: at('server/verify.ts'),
  'compact-worker': at('server/compaction/compact-worker.ts'),
}

/** Leaves a .gz and a .br beside every text of the client's build, which the server sends as they are. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    applyToEnvironment: ({ name }) => name === 'client',
    // Once all is written: before, other plugins have not finished with the code.
    writeBundle({ dir = '' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|html)$/.test(fileName)) continue
        const path = join(dir, fileName)
        const source = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(source))
      }
    },
  }
}

/**
 * lib0 makes schemas of DOM nodes as soon as it is imported, and so keeps its library of schemas in
 * every build. Nothing here uses them: marked as such, they are left out.
 */
function withoutNodeSchemas(): Plugin {
  return {
    name: 'without-node-schemas',
    transform: {
      filter: { id: /[\\/]lib0[\\/]dom\.js$/ },
      handler: (code) => ({
        code: code.replaceAll('$.$custom(', '/* @__PURE__ */ $.$custom('),
        map: null,
      }),
    },
  }
}

/**
 * Yjs as its sources, one file for each part: what only the editor uses of it loads with the editor.
 * In Node it stays the package's one file, which y-protocols imports there too: two would not know
 * each other's types.
 */
function yjsInParts(): Plugin {
  return {
    name: 'yjs-in-parts',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: {
      filter: { id: /^yjs$/ },
      handler(_id, importer) {
        return this.resolve('yjs/src/index.js', importer)
      },
    },
  }
}

/**
 * What always loads together lies together: many small files compress worse than few large ones.
 * Each takes what it imports too, unless one above it has that already. What is imported later
 * stays apart.
 */
const chunks = [
  {
    name: 'fields',
    // What Svelte has for selects and for styles on elements: no list has any.
    test: /svelte[\\/].*[\\/]elements[\\/](bindings[\\/]select|style)\.js$/,
    includeDependenciesRecursively: false,
    priority: 4,
  },
  {
    name: 'first',
    // With what the board has in common with the screens before it, which must not load the board.
    test: /client[\\/](main|entrances[\\/]vault-live|words[\\/]days)\.ts$|Problem\.svelte$|shared[\\/](refusal|names)\.ts$|blocks[\\/]each\.js$/,
    priority: 3,
  },
  {
    name: 'sealing',
    // What opening an invitation needs as well as a board.
    test: /client[\\/](history[\\/]ledger|wire[\\/]http|slices)\.ts$|shared[\\/](keys|membership|own-id|proofs|sealed-json)\.ts$/,
    priority: 2,
  },
  { name: 'board', test: /BoardPage\.svelte$/, priority: 1 },
]

/**
 * Packages that don't say of themselves that importing them does nothing. A part of them that only
 * a later chunk uses loads with that one, and what nothing uses is left out.
 */
const quiet =
  /[\\/]node_modules[\\/](svelte[\\/]src[\\/]internal[\\/]client|(engine|socket)\.io-client)[\\/]/

const backend = 'http://127.0.0.1:3000'

export default defineConfig({
  root: at('client'),
  plugins: [
    compressed(),
    withoutNodeSchemas(),
    yjsInParts(),
    svelte({
      configFile: false,
      // Under test, runes are live as in a browser although the code runs in Node.
      ...(testing && { dynamicCompileOptions: () => ({ generate: 'client' as const }) }),
    }),
  ],
  resolve: {
    alias: testing
      ? [
          { find: /^svelte$/, replacement: at('node_modules/svelte/src/index-client.js') },
          {
            find: /^svelte\/reactivity$/,
            replacement: at('node_modules/svelte/src/reactivity/index-client.js'),
          },
        ]
      : [
          // Every socket of ours speaks msgpack; the default parser would be loaded for nothing.
          { find: 'socket.io-parser', replacement: 'socket.io-msgpack-parser' },
          // Yjs prints two warnings by it, and it brings a palette along.
          { find: 'lib0/logging', replacement: at('client/wire/plain-log.ts') },
          // y-websocket brings it along, and is told not to use it.
          { find: 'lib0/broadcastchannel', replacement: at('client/wire/no-broadcast.ts') },
          // Engine.IO offers them all, whatever the link asks for.
          { find: './transports/index.js', replacement: at('client/wire/no-transports.ts') },
        ],
  },

  server: {
    fs: { allow: [at('client'), at('shared'), at('node_modules')] },
    proxy: {
      '/api': backend,
      '/health': backend,
      '/socket.io': { target: backend, ws: true },
    },
  },

  worker: { format: 'es' },

  builder: {},
  build: { emptyOutDir: true, sourcemap: true, assetsInlineLimit: 0 },
  environments: {
    client: {
      build: {
        outDir: at('dist/client'),
        target: 'es2022',
        // A browser that cannot preload loads when it comes to it.
        modulePreload: { polyfill: false },
        rolldownOptions: {
          treeshake: { moduleSideEffects: [{ test: quiet, sideEffects: false }] },
          output: { codeSplitting: { groups: chunks } },
        },
      },
    },
    ssr: {
      build: {
        outDir: at('dist/server'),
        target: 'node20.19',
        copyPublicDir: false,
        rolldownOptions: {
          input: serverEntries,
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      },
    },
  },

  test: {
    root: at('.'),
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          root: at('.'),
          environment: 'node',
          include: ['tests/{shared,server,client,flow}/**/*.test.ts', 'tests/arrows.test.ts'],
          testTimeout: 20_000,
          // Left to itself Vitest would leave one of two cores idle.
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          root: at('.'),
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait more than they work: two at a time fit on two cores.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

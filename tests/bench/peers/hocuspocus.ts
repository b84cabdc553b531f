/** Hocuspocus with its database extension, which writes a document to a file two seconds after a change. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { load } from './load.ts'
import type { Peer, Person } from './peer.ts'
import { startPeer } from './server-process.ts'

interface ServerPackage {
  readonly Server: new (options: object) => {
    listen(): Promise<unknown>
    readonly address: { readonly port: number }
  }
}
interface DatabasePackage {
  readonly Database: new (options: {
    fetch(data: { documentName: string }): Promise<Uint8Array | null>
    store(data: { documentName: string; state: Uint8Array }): Promise<void>
  }) => object
}
interface ProviderPackage {
  readonly HocuspocusProvider: new (options: object) => Provider
}
interface Provider {
  readonly awareness: Awareness
  readonly unsyncedChanges: number
  on(event: 'synced' | 'unsyncedChanges', listener: () => void): void
  off(event: 'synced' | 'unsyncedChanges', listener: () => void): void
  destroy(): void
}

export const hocuspocus: Peer = {
  name: 'hocuspocus',
  title: 'Hocuspocus, files',
  packages: ['@hocuspocus/server', '@hocuspocus/extension-database', '@hocuspocus/provider', 'ws'],

  async serve(folder) {
    const { Server } = (await load('@hocuspocus/server')) as ServerPackage
    const { Database } = (await load('@hocuspocus/extension-database')) as DatabasePackage
    const fileOf = (name: string) => join(folder, encodeURIComponent(name))
    const files = new Database({
      fetch: ({ documentName }) => readFile(fileOf(documentName)).catch(() => null),
      store: ({ documentName, state }) => writeFile(fileOf(documentName), state),
    })
    const server = new Server({ port: 0, quiet: true, extensions: [files] })
    await server.listen()
    return server.address.port
  },

  async start(folder) {
    const server = await startPeer('hocuspocus', folder)
    return {
      server,
      connect: (board, _seat, port = server.port) => connect(`ws://127.0.0.1:${port}`, `${board}`),
    }
  },
}

async function connect(url: string, name: string): Promise<Person> {
  const { HocuspocusProvider } = (await load('@hocuspocus/provider')) as ProviderPackage
  const { WebSocket } = (await load('ws')) as { WebSocket: unknown }
  const doc = new Y.Doc()
  const provider = new HocuspocusProvider({
    ...{ url, name, document: doc, WebSocketPolyfill: WebSocket },
  })
  const saved = () => provider.unsyncedChanges === 0
  const onSaved = (listener: () => void) => {
    const look = () => {
      if (saved()) listener()
    }
    provider.on('unsyncedChanges', look)
    return () => provider.off('unsyncedChanges', look)
  }
  return {
    doc,
    inStep: new Promise<void>((resolve) => provider.on('synced', resolve)),
    bring: (state) => Y.applyUpdate(doc, state),
    caret: (at) => provider.awareness.setLocalStateField('caret', at),
    onSaved,
    settled: () =>
      new Promise((resolve) => {
        const undo = onSaved(() => done())
        const done = () => {
          undo()
          resolve()
        }
        if (saved()) done()
      }),
    close: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}

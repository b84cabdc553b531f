/** The server of y-websocket, once in memory and once with LevelDB. It acknowledges nothing. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { load } from './load.ts'
import type { Peer, Person } from './peer.ts'
import { startPeer } from './server-process.ts'

interface Utils {
  readonly setupWSConnection: (socket: unknown, request: unknown) => void
}
interface Sockets {
  readonly WebSocket: typeof WebSocket
  readonly WebSocketServer: new (options: object) => {
    on(event: 'connection', listener: (socket: unknown, request: unknown) => void): void
  }
}

export const yWebsocketInMemory: Peer = {
  name: 'y-websocket',
  title: 'y-websocket-server, memory',
  packages: ['@y/websocket-server/utils', 'ws'],
  serve: () => serve(),
  start: (folder) => start('y-websocket', folder),
}

export const yWebsocketOnLevelDb: Peer = {
  name: 'y-leveldb',
  title: 'y-websocket-server, LevelDB',
  packages: ['@y/websocket-server/utils', 'ws'],
  serve: (folder) => {
    process.env.YPERSISTENCE = folder // where it looks, as it is imported
    return serve()
  },
  start: (folder) => start('y-leveldb', folder),
}

async function serve(): Promise<number> {
  const { setupWSConnection } = (await load('@y/websocket-server/utils')) as Utils
  const { WebSocketServer } = (await load('ws')) as Sockets
  const server = createServer()
  new WebSocketServer({ server }).on('connection', setupWSConnection)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function start(name: string, folder: string) {
  const server = await startPeer(name, folder)
  return {
    server,
    connect: (board: number, _seat: unknown, port = server.port) =>
      connect(`ws://127.0.0.1:${port}`, `${board}`),
  }
}

async function connect(url: string, board: string): Promise<Person> {
  const sockets = (await load('ws')) as Sockets
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(url, board, doc, {
    WebSocketPolyfill: sockets.WebSocket,
    disableBc: true,
  })
  return {
    doc,
    inStep: new Promise<void>((resolve) => provider.on('sync', () => resolve())),
    bring: (state) => Y.applyUpdate(doc, state),
    caret: (at) => provider.awareness.setLocalStateField('caret', at),
    onSaved: null,
    settled: () => Promise.resolve(),
    close: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}

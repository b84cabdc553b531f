/** The floor: a WebSocket server that passes on what it gets to the others at the board, and nothing else. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { load } from './load.ts'
import type { Peer, Person } from './peer.ts'
import { relayed } from './relay.ts'
import { startPeer } from './server-process.ts'

interface Socket {
  readonly readyState: number
  send(data: Uint8Array): void
  close(): void
  on(event: 'message', listener: (data: Buffer) => void): void
  on(event: 'open' | 'close', listener: () => void): void
}
interface Sockets {
  readonly WebSocket: new (url: string) => Socket
  readonly WebSocketServer: new (options: object) => {
    on(event: 'connection', listener: (socket: Socket, request: { url?: string }) => void): void
  }
}

const OPEN = 1

export const relayOverWs: Peer = {
  name: 'ws',
  title: 'bare ws relay',
  packages: ['ws'],

  async serve() {
    const { WebSocketServer } = (await load('ws')) as Sockets
    const boards = new Map<string, Set<Socket>>()
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket, { url = '' }) => {
      const there = boards.get(url) ?? new Set()
      boards.set(url, there.add(socket))
      socket.on('message', (data) => {
        for (const other of there) {
          if (other !== socket && other.readyState === OPEN) other.send(data)
        }
      })
      socket.on('close', () => there.delete(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  },

  async start(folder) {
    const server = await startPeer('ws', folder)
    return { server, connect: (board) => connect(`ws://127.0.0.1:${server.port}/${board}`) }
  },
}

async function connect(url: string): Promise<Person> {
  const { WebSocket } = (await load('ws')) as Sockets
  return relayed(async (heard) => {
    const socket = new WebSocket(url)
    socket.on('message', (data) => heard(data[0] ?? 0, new Uint8Array(data.subarray(1))))
    await new Promise<void>((resolve) => socket.on('open', resolve))
    return {
      send: (kind, bytes) => socket.send(Buffer.concat([Uint8Array.of(kind), bytes])),
      close: () => socket.close(),
    }
  })
}

/** The floor under Socket.IO: rooms and broadcasts with its default parser, and nothing else. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import type { Peer, Person } from './peer.ts'
import { relayed } from './relay.ts'
import { startPeer } from './server-process.ts'

export const relayOverSocketIo: Peer = {
  name: 'socket.io',
  title: 'bare Socket.IO relay',
  packages: [],

  async serve() {
    const server = createServer()
    new Server(server).on('connection', (socket) => {
      const { board } = socket.handshake.query
      void socket.join(`${String(board)}`)
      socket.on('said', (kind: number, bytes: Buffer) => {
        socket.to(`${String(board)}`).emit('said', kind, bytes)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  },

  async start(folder) {
    const server = await startPeer('socket.io', folder)
    return { server, connect: (board) => connect(`http://127.0.0.1:${server.port}`, `${board}`) }
  },
}

function connect(origin: string, board: string): Promise<Person> {
  return relayed(async (heard) => {
    const socket = io(origin, { query: { board }, transports: ['websocket'], forceNew: true })
    socket.on('said', (kind: number, bytes: Uint8Array) => heard(kind, new Uint8Array(bytes)))
    await new Promise<void>((resolve) => socket.on('connect', resolve))
    return {
      send: (kind, bytes) => void socket.emit('said', kind, Buffer.from(bytes)),
      close: () => void socket.disconnect(),
    }
  })
}

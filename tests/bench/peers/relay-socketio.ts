/**
 * The floor under Socket.IO as our link sets it up, MessagePack and what is said in one tick in one
 * packet: rooms and broadcasts, and nothing else.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import type { Peer, Person } from './peer.ts'
import { relayed } from './relay.ts'
import { startPeer } from './server-process.ts'

type Said = readonly [kind: number, bytes: Uint8Array]

export const relayOverSocketIo: Peer = {
  name: 'socket.io',
  title: 'bare Socket.IO relay',
  packages: [],

  async serve() {
    const server = createServer()
    new Server(server, { parser }).on('connection', (socket) => {
      const board = String(socket.handshake.query.board)
      void socket.join(board)
      socket.on('said', (said: Said[]) => void socket.to(board).emit('said', said))
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
    const transports = ['websocket']
    const socket = io(origin, { parser, transports, query: { board }, forceNew: true })
    socket.on('said', (said: Said[]) => said.forEach(([kind, bytes]) => heard(kind, bytes)))
    await new Promise<void>((resolve) => socket.on('connect', resolve))
    const waiting: Said[] = []
    const flush = () => void socket.emit('said', waiting.splice(0))
    return {
      send: (kind, bytes) => {
        if (waiting.length === 0) queueMicrotask(flush)
        waiting.push([kind, Buffer.from(bytes)])
      },
      close: () => void socket.disconnect(),
    }
  })
}

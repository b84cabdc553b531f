/**
 * Everything live: Socket.IO on the server that Fastify listens with. A
 * connection is asked who it is, answers, and is seated; what it sends before
 * that is refused.
 */
import type { Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'
import { Server } from 'socket.io'
import { Connection, type ConnectionOptions } from './connection.ts'
import { guardedParser } from './guarded-parser.ts'
import { originOf } from '../origins.ts'
import { networkOf } from '../rate-limit.ts'

export interface SocketsOptions extends ConnectionOptions {
  readonly publicOrigin: string | null
}

const MOST_PACKET_BYTES = 1024 * 1024
const PING_MS = 5_000
const FAREWELL_MS = 1_000

/** Returns how to close them all. */
export function serveSockets(server: HttpServer, options: SocketsOptions): () => void {
  const { limits, publicOrigin, clock } = options
  const unanswered = new Unanswered()
  const io = new Server(server, {
    serveClient: false,
    parser: guardedParser,
    maxHttpBufferSize: MOST_PACKET_BYTES,
    pingInterval: PING_MS,
    pingTimeout: PING_MS,
    connectTimeout: limits.helloSeconds * 1000,
    allowRequest: ({ headers, socket }, decide) => {
      if (originOf(headers, publicOrigin) === null) return decide('origin-refused', false)
      const waiting = unanswered.of(socket.remoteAddress)
      decide('rate-limited', waiting < limits.unanswered)
    },
  })

  io.engine.on('connection', (raw: RawConnection) => {
    raw.on('close', unanswered.enter(raw))
  })

  io.on('connection', (socket) => {
    const origin = originOf(socket.handshake.headers, publicOrigin)
    if (origin === null) return void socket.disconnect(true)
    new Connection(socket, origin, options, () => unanswered.leave(socket.conn))
  })

  const upgraded = new Set<Duplex>()
  server.on('upgrade', (_request, socket: Duplex) => {
    upgraded.add(socket)
    socket.on('close', () => upgraded.delete(socket))
  })

  return () => {
    io.engine.close()
    // Whoever does not even read that it is over must not hold up the end.
    const cancel = clock.after(FAREWELL_MS, () => {
      for (const socket of upgraded) socket.destroy()
    })
    server.on('close', cancel)
  }
}

/** As much of Engine.IO's socket as is used here. */
interface RawConnection {
  readonly remoteAddress: string
  on(event: 'close', listener: () => void): void
}

/** How many connections of one network have not said who they are. */
class Unanswered {
  readonly #counts = new Map<string, number>()
  readonly #networks = new Map<object, string>()

  of(address: string | undefined): number {
    return this.#counts.get(networkOf(address ?? '')) ?? 0
  }

  /** Returns how to leave again. */
  enter(raw: RawConnection): () => void {
    const network = networkOf(raw.remoteAddress)
    this.#networks.set(raw, network)
    this.#counts.set(network, (this.#counts.get(network) ?? 0) + 1)
    return () => this.leave(raw)
  }

  leave(raw: object): void {
    const network = this.#networks.get(raw)
    if (network === undefined) return
    this.#networks.delete(raw)
    const left = (this.#counts.get(network) ?? 1) - 1
    if (left > 0) this.#counts.set(network, left)
    else this.#counts.delete(network)
  }
}

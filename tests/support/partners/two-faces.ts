/**
 * A dishonest server with two faces: behind each stands a copy of a board with a history of its
 * own, and only who is inside which boundary is passed on between them. Nothing of it can open
 * what it passes on.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { queryFrame } from '../../../server/live/sync-frames.ts'

export interface Face {
  /** Where one of the two connects. */
  readonly origin: string
  /** Leads whoever connects from now on to this port, and cuts off whoever is there. */
  leadTo(port: number): void
}

const AWARENESS = 1

/** Closed when the test is over, however it went. */
export async function twoFaces(): Promise<readonly [Face, Face]> {
  const sockets = [new Set<Socket>(), new Set<Socket>()] as const
  const [one, other] = sockets
  const tell = (to: Set<Socket>, frames: readonly unknown[]) => {
    if (frames.length === 0) return
    for (const socket of to) socket.emit('words:sent', { channel: 'board', frames })
  }
  return Promise.all([
    face(one, (said) => tell(other, said)),
    face(other, (said) => tell(one, said)),
  ])
}

async function face(
  sockets: Set<Socket>,
  tellOther: (frames: readonly unknown[]) => void,
): Promise<Face> {
  const http = createServer()
  const server = new Server(http, { parser, serveClient: false })
  let port = 0
  server.on('connection', (down) => {
    // As it was asked, so that a hello that was signed for this face is one for the server behind it.
    const host = down.handshake.headers.host ?? ''
    const up = io(`http://127.0.0.1:${port}`, {
      ...{ parser, transports: ['websocket'], forceNew: true, reconnection: false },
      extraHeaders: { host },
    })
    sockets.add(down)
    up.onAny((event: string, ...said: unknown[]) => down.emit(event, ...said))
    down.onAny((event: string, ...said: unknown[]) => {
      up.emit(event, ...said)
      tellOther(passedOn(event, said[0]))
    })
    up.on('disconnect', () => down.conn.close())
    up.on('connect_error', () => down.conn.close())
    down.on('disconnect', () => {
      sockets.delete(down)
      up.disconnect()
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port: own } = http.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${own}`,
    leadTo: (next) => {
      port = next
      for (const { conn } of sockets) conn.close()
    },
  }
}

/** Of what somebody says here, the frames that the other is told. */
function passedOn(event: string, payload: unknown): readonly unknown[] {
  if (event === 'presence:join') return [queryFrame]
  if (event !== 'words:send') return []
  const { frames } = payload as { readonly frames: readonly Uint8Array[] }
  return frames.filter(([kind]) => kind === AWARENESS)
}

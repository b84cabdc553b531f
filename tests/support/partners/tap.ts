/** A TCP tap: everything that passes between clients and the server, both ways, kept. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface Tap {
  readonly origin: string
  /** All bytes that passed so far. */
  bytes(): Buffer
  /** Cuts every connection through it, and what is held with it; new ones pass again. */
  cut(): void
  /** From now on it keeps what passes, or only what the server says, until `release`. */
  hold(way?: 'both' | 'down'): void
  /** Passes on what was held, in order. */
  release(): void
  /** While true, new connections are cut at once. */
  refuse(all: boolean): void
  /** From now on, new connections are led to this port. */
  leadTo(port: number): void
  close(): Promise<void>
}

export async function tapOf(first: number): Promise<Tap> {
  let port = first
  const passed: Buffer[] = []
  const open = new Set<Socket>()
  const kept: (() => void)[] = []
  let held: 'nothing' | 'both' | 'down' = 'nothing'
  let refusing = false
  const server = createServer((client) => {
    if (refusing) {
      client.destroy()
      return
    }
    const upstream = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from)
      from.on('data', (chunk: Buffer) => {
        passed.push(chunk)
        const pass = () => void to.write(chunk)
        if (held === 'both' || (held === 'down' && from === upstream)) kept.push(pass)
        else pass()
      })
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port: own } = server.address() as AddressInfo
  const cut = () => {
    kept.length = 0
    open.forEach((socket) => socket.destroy())
  }
  return {
    origin: `http://127.0.0.1:${own}`,
    bytes: () => Buffer.concat(passed),
    cut,
    hold: (way = 'both') => {
      held = way
    },
    release: () => {
      held = 'nothing'
      for (const pass of kept.splice(0)) pass()
    },
    refuse: (all) => {
      refusing = all
    },
    leadTo: (next) => {
      port = next
    },
    close: () => {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

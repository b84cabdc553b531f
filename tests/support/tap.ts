/** A TCP tap: everything that passes between clients and the server, both ways, kept. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface Tap {
  readonly origin: string
  /** All bytes that passed so far. */
  bytes(): Buffer
  /** Cuts every connection through it; new ones pass again. */
  cut(): void
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
        to.write(chunk)
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
  const cut = () => open.forEach((socket) => socket.destroy())
  return {
    origin: `http://127.0.0.1:${own}`,
    bytes: () => Buffer.concat(passed),
    cut,
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

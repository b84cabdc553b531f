/** A TCP wire in front of a server that counts what the server says. */
import { connect, createServer, type AddressInfo } from 'node:net'

export async function countingWire(to: number) {
  let received = 0
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    upstream.on('data', (bytes) => (received += bytes.length))
    client.pipe(upstream).pipe(client)
    for (const end of [client, upstream]) {
      end.on('error', () => {
        client.destroy()
        upstream.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, received: () => received, close: () => void server.close() }
}

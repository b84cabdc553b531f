/** A proxy that knows HTTP and drops whoever wants more. */
import { connect, createServer, type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** Serves until the test is over; returns its origin. */
export async function withoutWebSockets(port: number): Promise<string> {
  const server = createServer((client) => {
    client.once('data', (first: Buffer) => {
      if (/upgrade: websocket/i.test(first.toString('latin1'))) return void client.destroy()
      const upstream = connect(port, '127.0.0.1')
      upstream.write(first)
      client.pipe(upstream).pipe(client)
      client.on('error', () => upstream.destroy())
      upstream.on('error', () => client.destroy())
      onTestFinished(() => void upstream.destroy())
    })
    onTestFinished(() => void client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

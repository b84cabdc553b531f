/** The built page where no WebSocket passes: what it connects by instead is fetched then. */
import { it } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import { card, invite, join, startBoard, writeAndShare } from '../support/browser/people.ts'
import { withoutWebSockets } from '../support/partners/without-web-sockets.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

const someone = browserPages()

it('two people start, join and share by polling', async () => {
  const server = await startServerProcess()
  const origin = await withoutWebSockets(server.port)
  const [ana, ben] = [await someone(), await someone()]
  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, PHONES)
  await card(ben, PHONES.name, 'Being worded').waitFor()
})

/** R7 on real pages: a phone that is cut off, what it says meanwhile, and its return. */
import { expect, it, onTestFinished } from 'vitest'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  invite,
  join,
  press,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'
import { tapOf } from '../support/partners/tap.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }

const someone = browserPages()

it('a yes and a step-back said while cut off are Not recorded yet, and recorded on return', async () => {
  const server = await startServerProcess()
  const tap = await tapOf(server.port)
  onTestFinished(() => tap.close())
  const ana = await someone(LOOKS.deskLight)
  const ben = await someone(LOOKS.phoneDark)
  await startBoard(ana, server.origin, 'Ana')
  const link = await invite(ana)
  await join(ben, link.replace(server.origin, tap.origin), 'Ben')
  const cutOff = async () => {
    tap.refuse(true)
    tap.cut()
    await ben.getByText('Offline. You can keep writing.').waitFor()
  }
  const comeBack = async () => {
    tap.refuse(false)
    await ben.getByText("Back online. Everything's sent.").waitFor()
  }
  await writeAndShare(ana, PHONES)
  await agree(ana)
  await card(ben, PHONES.name, 'Being worded').click()
  await ben.getByText('Ana agrees to these words.').waitFor()

  await cutOff()
  await agree(ben)
  await ben.getByText(/^Your yes is not recorded yet\./).waitFor()
  await isFine(ben, 'not recorded yet')
  expect(await ana.getByText('You both agreed to this').count()).toBe(0)
  await ben.getByRole('link', { name: 'Back' }).click()
  await card(ben, PHONES.name, 'Not recorded yet').waitFor()
  await isFine(ben, 'not recorded yet, on the board')
  await comeBack()
  await card(ben, PHONES.name, 'Agreed').click()
  await ana.getByText('You both agreed to this').waitFor()

  await cutOff()
  await press(ben, "I can't agree to this any more")
  await isFine(ben, 'stepping back, offline')
  await press(ben, 'Step back now')
  await ben.getByText(/^That you step back is not recorded yet\./).waitFor()
  await comeBack()
  await ana.getByText(/^Not agreed any more, since/).waitFor()
})

/** P3 on the page: the sentence, what can still be done, and the way out. */
import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { checkEverything, type Everything } from '../../shared/everything.ts'
import type { Other } from '../../client/history/both-histories.ts'
import { isFine } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join as joinBoard,
  keepWords,
  press,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { runServer } from '../support/server/run-server.ts'
import { temporaryFolder } from '../support/store/store-folder.ts'

const someone = browserPages()
const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const MONEY = { name: 'Money', words: 'Above 200 we talk first.' }
const DOUBT =
  /^This board's history does not match what this device saw on .+\. Nothing new can be agreed until you two compare\.$/

it('P3: a forked history freezes the board, which says so and leads to a new one', async () => {
  const dataDir = temporaryFolder()
  const server = await runServer(dataDir)
  onTestFinished(() => server.kill())
  const ana = await someone()
  const ben = await someone()
  await startBoard(ana, server.origin, 'Ana')
  const twelve = await joinBoard(ben, await invite(ana), 'Ben')
  await writeAndShare(ana, PHONES)
  await agree(ana)
  await card(ben, PHONES.name, 'Being worded').click()
  await agree(ben)
  await ben.getByText(/^You both agreed to this\./).waitFor()

  // A backup is made here, and restored after Ana has said something more.
  await server.kill()
  const kept = join(temporaryFolder(), 'backup')
  cpSync(dataDir, kept, { recursive: true })
  await server.restart()
  await ana.reload()
  await ana.goto(ana.url().replace(/\/boundary\/.*/, ''))
  await writeAndShare(ana, MONEY)
  await agree(ana)
  await ana.getByText('You agree. Waiting for Ben.').first().waitFor()
  const address = ana.url().replace(/\/boundary\/.*/, '')
  await ana.goto('about:blank')
  await ben.goto('about:blank')
  await server.kill()
  rmSync(dataDir, { recursive: true })
  cpSync(kept, dataDir, { recursive: true })
  await server.restart()

  // Ben opens the board on another device, which has seen nothing of it, and says something there.
  const phone = await someone()
  await phone.goto(`${server.origin}/open`)
  await field(phone, 'Twelve words').fill(twelve)
  await press(phone, 'Open my board')
  await writeAndShare(phone, { name: 'Trips', words: 'One call a day.' })
  await agree(phone)

  await ana.goto(address)
  await ana.getByText(DOUBT).waitFor()
  await card(ana, PHONES.name, 'Agreed').waitFor()
  await isFine(ana, 'a history in doubt')
  const [download] = await Promise.all([
    ana.waitForEvent('download'),
    press(ana, 'Save both histories'),
  ])
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as Everything<Other>
  expect([checkEverything(file).ok, checkEverything(file.beside.other).ok]).toEqual([true, true])

  await card(ana, PHONES.name, 'Agreed').click()
  await press(ana, "I can't agree to this any more")
  await press(ana, 'Go back')

  await press(ana, 'Start a new board from these words')
  await keepWords(ana)
  await card(ana, PHONES.name, 'Being worded').waitFor()
  expect(ana.url()).not.toContain(address)
  expect(await ana.getByText(DOUBT).count()).toBe(0)
})

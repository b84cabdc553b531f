/** *Since you were last here*, on a phone: told once, closed, and gone after a reload. */
import { expect, it } from 'vitest'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  invite,
  join,
  press,
  sees,
  startBoard,
  writeAndShare,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const PHONES = { name: 'Phones at night', words: 'From ten our phones stay in the hall.' }
const EVENING = { name: 'One evening', words: 'Thursday evening is ours.' }
const LATE = { name: 'Coming home late', words: 'We send a message.' }

const someone = browserPages()

it('is told once', async () => {
  const server = await startServerProcess()
  const [ana, ben] = [await someone(LOOKS.deskLight), await someone(LOOKS.phoneLight)]
  await startBoard(ana, server.origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')
  const board = ben.url()
  const strip = ben.getByRole('button', { name: 'Close' })
  /** What this page remembers, in the browser's own store. */
  const remembers = () =>
    ben.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open('hedgerow')
          opening.onsuccess = () => {
            const all = opening.result.transaction('seats').objectStore('seats').getAll()
            all.onsuccess = () => {
              opening.result.close()
              resolve(all.result.some((seat: { seen?: unknown }) => seat.seen !== undefined))
            }
          }
        }),
    )
  const hasCome = async () => {
    await sees(ben, 'Nothing here yet.')
    while (!(await remembers())) await ben.waitForTimeout(50)
  }
  // Just joined: there is nothing to say, and nothing is said.
  await hasCome()
  expect(await strip.count()).toBe(0)
  await ben.goto('about:blank')

  await writeAndShare(ana, PHONES)
  await ben.goto(board)
  await sees(ben, 'Ana shared Phones at night.')
  await isFine(ben, 'since, one thing')
  await press(ben, 'Close')
  expect(await ben.getByText('Ana shared').count()).toBe(0)
  await ben.reload()
  await card(ben, PHONES.name, 'Being worded').waitFor()
  await ben.waitForTimeout(700)
  expect(await strip.count()).toBe(0)
  await ben.goto('about:blank')

  // Several things: a few sentences, each the way to its boundary.
  await agree(ana)
  for (const written of [EVENING, LATE, { name: 'Money', words: 'Ask first.' }]) {
    await ana.goto(ana.url().replace(/\/boundary\/.*/, ''))
    await writeAndShare(ana, written)
  }
  await ben.goto(board)
  await sees(ben, 'Ana said yes to Phones at night.')
  await sees(ben, 'Ana shared Money.')
  await sees(ben, 'More on the list below.')
  await isFine(ben, 'since, several things')
  await ben.getByRole('link', { name: 'Ana said yes to Phones at night.' }).click()
  await sees(ben, 'Ana agrees to these words.')
  // Once it was read, leaving leaves it behind.
  await ben.waitForTimeout(5500)
  await ben.goto('about:blank')
  await ben.goto(board)
  await card(ben, LATE.name, 'Being worded').waitFor()
  await ben.waitForTimeout(700)
  expect(await strip.count()).toBe(0)
})

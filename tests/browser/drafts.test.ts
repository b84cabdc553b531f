import { expect, it } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import {
  agree,
  card,
  field,
  invite,
  join,
  PHONE,
  press,
  sees,
  startBoard,
} from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const someone = browserPages()

it('S9: kept private, written further, deleted and put back, shared with a yes; the other sees it only then', async () => {
  const { origin } = await startServerProcess()
  const ana = await someone({ viewport: PHONE })
  const ben = await someone()
  await startBoard(ana, origin, 'Ana')
  await join(ben, await invite(ana), 'Ben')

  await press(ana, 'Write a boundary')
  await press(ana, 'Keep private')
  await sees(ana, 'There is nothing to keep yet.')
  await field(ana, 'Name').fill('Phones at night')
  await press(ana, 'Keep private')
  await card(ana, 'Phones at night', 'Private').click()
  await press(ana, 'Share')
  await sees(ana, 'A boundary needs a name and words.')
  await field(ana, 'The words').fill('From ten our phones stay in the hall.')

  await ana.reload() // saved as it was typed
  expect(await field(ana, 'The words').inputValue()).toBe('From ten our phones stay in the hall.')
  await press(ana, 'Delete draft')
  await press(ana, 'Undo')
  await card(ana, 'Phones at night', 'Private').waitFor()
  await sees(ben, 'Nothing here yet.')
  expect(await ben.getByText('Phones at night').count()).toBe(0)

  await card(ana, 'Phones at night', 'Private').click()
  await press(ana, 'Share and say yes')
  await sees(ana, 'You agree. Waiting for Ben.')
  await card(ben, 'Phones at night', 'Being worded').click()
  await agree(ben)
  await sees(ana, /You both agreed to this/)
  await ana.getByRole('link', { name: 'Back' }).click()
  await card(ana, 'Phones at night', 'Agreed').waitFor()
  expect(await ana.getByRole('heading', { name: 'Private' }).count()).toBe(0)
})

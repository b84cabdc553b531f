/** Typing in one boundary draws that one and its card, and nothing else of the list. */
import { expect, it } from 'vitest'
import { browserPages } from '../support/browser/pages.ts'
import { card, field, press, startBoard, writeAndShare } from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const someone = browserPages()

it('typing in one boundary never draws the others again', async () => {
  const { origin } = await startServerProcess()
  const ana = await someone()
  await startBoard(ana, origin, 'Ana')
  for (const name of ['Phones', 'Money', 'Evening']) {
    await writeAndShare(ana, { name, words: `${name}: what we do.` })
    await ana.getByRole('link', { name: 'Back' }).click()
  }
  await card(ana, 'Money', 'Being worded').click()
  await field(ana, 'The words').click()
  await ana.evaluate(() => {
    const touched = new Set<string>()
    Object.assign(globalThis, { touched })
    const note = (changes: MutationRecord[]) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const name = element?.closest('article.card')?.querySelector('.name')?.textContent
        touched.add(name ?? 'the list')
      }
    }
    const list = document.querySelector('.list')
    if (!list) throw new Error('no list')
    new MutationObserver(note).observe(list, {
      ...{ subtree: true, childList: true, attributes: true, characterData: true },
    })
  })
  await ana.keyboard.press('Control+End')
  await ana.keyboard.type(' And we say so.')
  await ana.getByText('Money: what we do. And we say so.').first().waitFor()
  const touched = await ana.evaluate(() => [
    ...(globalThis as unknown as { touched: Set<string> }).touched,
  ])
  expect(touched).toEqual(['Money'])
  await press(ana, 'Agree to these words') // and the page is alive
  await ana.getByRole('dialog').waitFor()
})

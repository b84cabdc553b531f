import { expect, it, onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { browserPages } from '../support/browser/pages.ts'
import { Hostile } from '../support/partners/hostile.ts'
import { Partner } from '../support/partners/partner.ts'
import { field, invite, liveWords, startBoard, writeAndShare } from '../support/browser/people.ts'
import { startServerProcess } from '../support/server/server-process.ts'

const WORDS = 'From ten our phones stay in the hall.'

const someone = browserPages()

it('S1: what is no text in the words keeps the editor in step, before and while it is open', async () => {
  const { origin } = await startServerProcess()
  const page = await someone()
  await startBoard(page, origin, 'Ana')
  const ben = await Partner.join('Ben', await invite(page), { origin })
  onTestFinished(() => ben.close())
  await writeAndShare(page, { name: 'Phones at night', words: WORDS })
  await ben.until(() => ben.board.cards.length === 1)
  const id = ben.board.cards[0]?.id ?? ''
  const hostile = await Hostile.with(ben, origin)
  const spoil = async (change: (words: Y.Text) => void) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ben.board.words.inner))
    const before = Y.encodeStateVector(doc)
    const boundaries = doc.getMap<Y.Map<unknown>>('boundaries')
    change(boundaries.get(id)?.get('words') as Y.Text)
    const sealed = hostile.sealer.seal(Y.encodeStateAsUpdate(doc, before))
    await hostile.write((outer) => outer.getArray(`w:${doc.guid}`).push([sealed]))
  }
  const said = async () => (await liveWords(page)).replaceAll('\ufffc', '')
  const inStep = async (words: string) => {
    await expect.poll(said).toBe(words)
    await ben.until(() => ben.board.textOf(id)?.words === words, words)
  }

  await spoil((words) => words.insertEmbed(5, { image: 'x' }))
  await expect.poll(() => liveWords(page)).toContain('\ufffc')
  await field(page, 'The words').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' Always')
  await inStep(`${WORDS} Always`)

  await spoil((words) => {
    words.insertEmbed(0, new Y.Map([['a', 1]]))
    words.insert(words.length, '.')
  })
  await inStep(`${WORDS} Always.`)
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('We say: ')
  await inStep(`We say: ${WORDS} Always.`)

  await page.reload()
  await expect.poll(said).toBe(`We say: ${WORDS} Always.`)
  await field(page, 'The words').click()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('In the hall.')
  await inStep('In the hall.')
  expect(await liveWords(page)).toBe('In the hall.') // deleted with the rest
})

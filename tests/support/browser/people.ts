/** What two people do on their pages, by the names that they see. */
import type { Page } from 'playwright-core'

export const PHONE = { width: 360, height: 640 }
export const DESK = { width: 1280, height: 800 }

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
export const press = (page: Page, name: string) => button(page, name).click()
export const field = (page: Page, name: string) => page.getByLabel(name, { exact: true })

/** The text stands on the page; on a phone the list behind an open boundary does not. */
export const sees = (page: Page, text: string | RegExp) =>
  page.getByText(text).filter({ visible: true }).first().waitFor()

/** *Write a boundary*, from the list or from the bar. */
const writing = (page: Page) =>
  button(page, 'Write a boundary')
    .or(page.getByRole('link', { name: 'Write a boundary' }))
    .first()
export const openWriting = (page: Page) => writing(page).click()

/** Starts a board and keeps the twelve words, which are returned. */
export async function startBoard(page: Page, origin: string, name: string): Promise<string> {
  await page.goto(origin)
  await press(page, 'Start a board')
  await field(page, 'Your name').fill(name)
  await press(page, 'Start')
  return keepWords(page)
}

/** On *Your way back in*: reads the twelve words and goes on. */
export async function keepWords(page: Page): Promise<string> {
  await button(page, "I've kept them").waitFor()
  const items = await page.getByRole('listitem').allInnerTexts()
  const words = items.map((item) => item.replace(/[^a-z]/g, '')).filter(Boolean)
  if (words.length !== 12) throw new Error(`twelve words, not ${words.length}`)
  await press(page, "I've kept them")
  await writing(page).waitFor()
  return words.join(' ')
}

/** Opens the invite sheet and returns the link, which works by then. */
export async function invite(page: Page): Promise<string> {
  await press(page, 'Invite your partner')
  const link = await field(page, 'Invitation link').inputValue()
  await page.keyboard.press('Escape')
  return link
}

export async function join(page: Page, link: string, name: string): Promise<string> {
  await page.goto(link)
  await press(page, 'Join')
  await field(page, 'Your name').fill(name)
  await press(page, 'Join')
  return keepWords(page)
}

export interface Written {
  readonly name: string
  readonly words: string
}

/** Writes a boundary and shares it; it stays open. */
export async function writeAndShare(page: Page, { name, words }: Written): Promise<void> {
  await openWriting(page)
  await field(page, 'Name').fill(name)
  await field(page, 'The words').fill(words)
  await press(page, 'Share')
  await button(page, 'Agree to these words').waitFor()
}

export const card = (page: Page, name: string, status: string) =>
  page.getByRole('link', { name: `${name}, ${status}`, exact: true })

/** Opens a part of the open boundary; on a phone they all stand there, one under another. */
export async function openPart(page: Page, name: 'Words' | 'Notes' | 'History'): Promise<void> {
  const tab = page.getByRole('tab', { name, exact: true })
  if ((await tab.count()) > 0) await tab.click()
}

/** Opens the sheet and agrees to what it shows. */
export async function agree(page: Page): Promise<void> {
  await press(page, 'Agree to these words')
  await press(page, 'I agree to these words')
}

/** The live words as they read now. */
export const liveWords = (page: Page): Promise<string> =>
  field(page, 'The words').evaluate((element) =>
    [...element.querySelectorAll('.cm-line')].map((line) => line.textContent ?? '').join('\n'),
  )

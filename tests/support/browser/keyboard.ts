/** A person without a mouse: where the focus is, and going on with Tab until it is where one wants it. */
import type { Locator, Page } from 'playwright-core'

/** Round and round: what has just come under the thumb takes the focus half a second later. */
const PATIENCE_MS = 15_000

const focused = (page: Page, on: Locator) => on.and(page.locator(':focus'))

/** Resolves once the focus is there. */
export const isAt = (page: Page, on: Locator): Promise<void> => focused(page, on).first().waitFor()

/** Goes on to it with Tab, or back with Shift+Tab. */
export async function tabTo(page: Page, to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  await to.first().waitFor()
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline) {
    await page.keyboard.press(key)
    if ((await focused(page, to).count()) > 0) return
  }
  throw new Error(`not reached with ${key}: ${to.toString()}`)
}

export const buttonAt = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true })

/** Goes on to a button and presses it. What is off for a moment is waited for. */
export async function pressKey(page: Page, name: string, key: 'Enter' | 'Space' = 'Enter') {
  const button = buttonAt(page, name)
  await tabTo(page, button)
  await focused(page, button).and(page.locator(':not([aria-disabled])')).waitFor()
  await page.keyboard.press(key)
}

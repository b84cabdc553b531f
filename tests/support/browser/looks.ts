/** How a page looks: the four looks that every screen has, and whether it is fine in one of them. */
import axe from 'axe-core'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { DESK, PHONE } from './people.ts'

const look = (viewport: typeof PHONE, colorScheme: 'light' | 'dark') =>
  ({ viewport, colorScheme, reducedMotion: 'reduce' }) satisfies BrowserContextOptions

export const LOOKS = {
  phoneLight: look(PHONE, 'light'),
  phoneDark: look(PHONE, 'dark'),
  deskLight: look(DESK, 'light'),
  deskDark: look(DESK, 'dark'),
}

export type Look = (typeof LOOKS)[keyof typeof LOOKS]

/**
 * In each of the four looks axe's default rules find nothing, and nothing has to be scrolled
 * sideways; the page is then as it was. Where `PICTURES` names a folder, a picture of each is left
 * there.
 */
export async function isFine(page: Page, screen: string): Promise<void> {
  const before = page.viewportSize()
  await page.evaluate(axe.source)
  for (const [name, { viewport, ...media }] of Object.entries(LOOKS)) {
    await page.setViewportSize(viewport)
    await page.emulateMedia(media)
    const where = `${screen}, ${name}`
    // The editor measures again a moment after its window changed.
    await expect.poll(() => page.evaluate(isWide), { message: where }).toBe(false)
    expect(await page.evaluate(violations), where).toEqual([])
    const folder = process.env['PICTURES']
    const file = `${screen.replace(/\W+/g, '-')}-${name}.png`
    if (folder) await page.screenshot({ path: `${folder}/${file}` })
  }
  if (before) await page.setViewportSize(before)
  await page.emulateMedia({ colorScheme: null, reducedMotion: null })
}

/** On the page: whether it has to be scrolled sideways. */
function isWide(): boolean {
  const { scrollWidth, clientWidth } = document.documentElement
  return scrollWidth > clientWidth
}

/** On the page, once it is drawn as it is now. */
async function violations(): Promise<string[]> {
  const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve))
  await drawn()
  await drawn()
  const run = (globalThis as unknown as { axe: typeof axe }).axe
  const found = await run.run()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

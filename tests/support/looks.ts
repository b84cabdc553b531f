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
 * axe's default rules find nothing, and nothing has to be scrolled sideways. Where `PICTURES`
 * names a folder, a picture of the screen is left there.
 */
export async function isFine(page: Page, screen: string): Promise<void> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: typeof axe }).axe
    const { violations } = await run.run()
    const { scrollWidth, clientWidth } = document.documentElement
    return {
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      wide: scrollWidth > clientWidth,
    }
  })
  expect(found, screen).toEqual({ violations: [], wide: false })
  const folder = process.env['PICTURES']
  if (folder) await page.screenshot({ path: `${folder}/${screen.replace(/\W+/g, '-')}.png` })
}

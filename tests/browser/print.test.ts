/** *Print or save*: what is on paper, what is in the files, and what is in neither. */
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { reportOn } from '../../server/verify.ts'
import { HandClock } from '../support/clock.ts'
import { aLongTime, type LongTime, type Story } from '../support/history/long-time.ts'
import { isFine, LOOKS } from '../support/browser/looks.ts'
import { browserPages, type Someone } from '../support/browser/pages.ts'
import { outlineOf } from '../support/browser/pdf-outline.ts'
import { field, press, sees } from '../support/browser/people.ts'
import { serveBoard } from '../support/server/served-board.ts'

const someone = browserPages()
const BEGIN = new Date(2026, 2, 3, 9).getTime()
const TO_PRINT = { agreed: "What we've agreed", changes: 'How it changed' }
/** What only Ana, only Ben or only the two of them should read. */
const PRIVATE = ['A draft of Ana', 'Ana wrote this', 'A draft of Ben', 'Ben wrote this']

interface Held extends LongTime {
  open(look?: Parameters<Someone>[0], who?: 0 | 1): Promise<Page>
}

/** A board with a past, and *Print or save* of it on a page. */
async function held(boundaries: number, words?: Story['words']): Promise<Held> {
  const { origin } = await serveBoard()
  const clock = new HandClock(BEGIN)
  const long = await aLongTime(origin, clock, { boundaries, days: 2, ...(words && { words }) })
  const open: Held['open'] = async (look, who = 0) => {
    const page = await someone(look)
    await page.clock.setFixedTime(clock.now())
    await page.goto(`${origin}/open`)
    await field(page, 'Twelve words').fill(long.twelve[who])
    await press(page, 'Open my board')
    await page.getByRole('link', { name: `Boundary number ${boundaries},` }).waitFor()
    await page.getByRole('link', { name: 'History' }).click()
    await page.getByRole('link', { name: 'Print or save' }).click()
    await sees(page, 'Not a contract. Not for court.')
    return page
  }
  return { ...long, open }
}

async function openSheet(page: Page, kind: keyof typeof TO_PRINT): Promise<void> {
  await page.getByRole('link', { name: `Open to print: ${TO_PRINT[kind]}` }).click()
  await page.getByRole('heading', { level: 3 }).first().waitFor()
}

async function saved(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, button)])
  const name = download.suggestedFilename()
  await sees(page, `Saved as ${name}.`)
  return { name, text: await readFile(await download.path(), 'utf8') }
}

describe('print or save', () => {
  it('in all four looks, and in forced colours', async () => {
    const { open } = await held(7)
    const ana = await open(LOOKS.phoneLight)
    await isFine(ana, 'print or save')
    for (const kind of ['agreed', 'changes'] as const) {
      await openSheet(ana, kind)
      await isFine(ana, `${kind} to print`)
      await ana.emulateMedia({ forcedColors: 'active' })
      await isFine(ana, `${kind} to print, forced colours`)
      await ana.emulateMedia({ forcedColors: null })
      await ana.getByRole('link', { name: 'Back' }).click()
    }
  })

  it('on A4 and Letter: names, day, words; nothing private, no page around it, and no boundary broken', async () => {
    const { open } = await held(18)
    for (const who of [0, 1] as const) {
      const page = await open(LOOKS.deskDark, who)
      for (const kind of ['agreed', 'changes'] as const) {
        await openSheet(page, kind)
        await page.emulateMedia({ media: 'print' })
        const text = await page.locator('body').innerText()
        expect(text).toContain(`${TO_PRINT[kind]}\n`)
        expect(text).toMatch(/Ana and Ben · \d+ \w+ 2026/)
        expect(text).toContain('From ten at night our phones stay on the kitchen table (1).')
        for (const other of [
          ...PRIVATE,
          'Being worded',
          'Quick exit',
          'People',
          'Saved',
          'Print',
        ]) {
          expect(text, `${kind}: ${other}`).not.toContain(other)
        }
        expect(text, 'days, never hours').not.toMatch(/\d:\d\d/)
        if (kind === 'agreed') {
          expect(text).toContain('These are the words we both agreed to.')
          expect(text).toMatch(/Ana's own limit\n+Boundary number 4\n/)
          expect(text).not.toMatch(/Waiting|Agreed\n|Not agreed/)
        } else {
          expect(text).not.toMatch(/suggested by|said no|stepped back|\byou\b/)
        }
        for (const [format, width] of [
          ['A4', 170],
          ['Letter', 175.9],
        ] as const) {
          await onPaper(page, `${kind}-${format}-${who}`, format, width)
        }
        await page.emulateMedia({ media: null })
        await page.getByRole('link', { name: 'Back' }).click()
      }
    }
  })

  /** Chromium's own PDF: below every heading there is room on its page for all that belongs to it. */
  async function onPaper(page: Page, name: string, format: 'A4' | 'Letter', millimetres: number) {
    const folder = process.env['PICTURES']
    const pdf = await page.pdf({
      format,
      outline: true,
      tagged: true,
      ...(folder && { path: `${folder}/${name}.pdf` }),
    })
    const { pages, headings } = outlineOf(pdf)
    const before = page.viewportSize() ?? { width: 1280, height: 800 }
    await page.setViewportSize({ width: Math.round((millimetres / 25.4) * 96), height: 800 })
    const below = await page.evaluate(() =>
      [...document.querySelectorAll('h3')].map((heading) => {
        const block = heading.closest('.boundary, .change')
        const bottom = block?.getBoundingClientRect().bottom ?? NaN
        return {
          title: heading.innerText,
          points: (bottom - heading.getBoundingClientRect().top) * 0.75,
        }
      }),
    )
    await page.setViewportSize(before)
    expect(pages).toBe(new Set(headings.map((each) => each.page)).size)
    expect(pages).toBeGreaterThan(1)
    expect(below.length).toBeGreaterThan(10)
    const [PADDING, MARGIN] = [9, (18 / 25.4) * 72]
    for (const { title, points } of below) {
      const found = headings.filter((each) => each.title.replace(/\s+/g, ' ') === title)
      expect(found.length, title).toBeGreaterThan(0)
      for (const { y } of found) expect(y - points + PADDING, title).toBeGreaterThan(MARGIN - 2)
    }
  }

  it('what fits on no page begins where there is room for its name and some words', async () => {
    const paragraph =
      'Whoever is on call says so before dinner, and the other does not ask who called.'
    const { open } = await held(1, () => Array.from({ length: 30 }, () => paragraph).join('\n\n'))
    const page = await open(LOOKS.deskLight)
    for (const kind of ['agreed', 'changes'] as const) {
      await openSheet(page, kind)
      const { pages, headings } = outlineOf(
        await page.pdf({ format: 'A4', outline: true, tagged: true }),
      )
      expect(pages).toBeGreaterThan(1)
      expect(headings.map(({ title }) => title)).toContain(TO_PRINT[kind])
      expect(headings.length).toBe(3)
      expect(new Set(headings.map((each) => each.page)).size).toBe(1)
      // Whatever is above it on its page.
      const [THREE_LINES, MARGIN, STEP] = [3 * 18, (18 / 25.4) * 72, 24]
      for (let above = STEP; above < 1000; above += STEP) {
        await page.evaluate((room) => {
          document.querySelector<HTMLElement>('.head')!.style.paddingBottom = `${room}px`
        }, above)
        const { headings } = outlineOf(
          await page.pdf({ format: 'A4', outline: true, tagged: true }),
        )
        const name = headings.find(({ title }) => title.startsWith('Boundary number 1'))
        expect(name?.y, `${kind}, ${above} px above`).toBeGreaterThan(MARGIN + THREE_LINES)
      }
      await page.getByRole('link', { name: 'Back' }).click()
    }
  })

  it('everything as JSON can be checked; as Markdown it can be read; each holds one’s own only', async () => {
    const { open } = await held(9)
    for (const [who, me, them] of [
      [0, 'Ana', 'Ben'],
      [1, 'Ben', 'Ana'],
    ] as const) {
      const page = await open(undefined, who)
      await sees(page, 'Everything holds your notes and private drafts too')
      await sees(page, `${them}'s notes are not in it`)
      const json = await saved(page, 'Save as JSON')
      expect(json.name).toMatch(/^hedgerow-2026-\d\d-\d\d\.json$/)
      const { ok, lines } = await reportOn(json.text)
      expect(lines.join('\n')).toContain('Boundary number 1 · version 1')
      expect(ok).toBe(true)
      const { beside } = JSON.parse(json.text) as { beside: unknown }
      expect(beside).toMatchObject({ names: { a: 'Ana', b: 'Ben' }, by: who === 0 ? 'a' : 'b' })
      const markdown = await saved(page, 'Save as Markdown')
      expect(markdown.name).toBe(json.name.replace('json', 'md'))
      expect(markdown.text).toMatch(/^# Hedgerow\n\nAna and Ben · /)
      for (const { text } of [json, markdown]) {
        expect(text).toContain(`${me} wrote this beside it.`)
        expect(text).toContain(`A draft of ${me}`)
        expect(text).not.toContain(`${them} wrote this beside it.`)
        expect(text).not.toContain(`A draft of ${them}`)
      }
    }
  })

  it('days to look again, for a calendar that others see', async () => {
    const { open } = await held(1)
    const ana = await open()
    const { name, text } = await saved(ana, 'Save the days')
    expect(name).toMatch(/^hedgerow-2026-\d\d-\d\d\.ics$/)
    expect(text.match(/^SUMMARY:.*\r$/gm)).toEqual(['SUMMARY:Look at something again\r'])
    expect(text).not.toMatch(/Boundary|Ana|Ben|phones/)
  })
})

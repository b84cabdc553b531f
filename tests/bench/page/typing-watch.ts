/**
 * What happens to the words on a page, in milliseconds since 1970. These functions run in the
 * page: they may use nothing from around them, nor name a function inside (what compiles them
 * would mark it with a helper that the page does not have).
 */
import type { Page } from 'playwright-core'

export interface Typing {
  /** When the browser took each keystroke. */
  readonly keys: number[]
  /** When each typed character was in the page. */
  readonly shown: number[]
  /** When the frame that holds it had been handed over for display. */
  readonly painted: number[]
}

/** Follows the words from now on; reading the handle's value tells what was seen so far. */
export const watchTyping = (page: Page) => page.evaluateHandle(watchWords)

function watchWords(): Typing {
  const editor = document.querySelector('.cm-content[aria-label="The words"]')
  if (!editor) throw new Error('no editor')
  const seen: Typing = { keys: [], shown: [], painted: [] }
  const before = editor.textContent.length

  editor.addEventListener(
    'keydown',
    (event) => seen.keys.push(performance.timeOrigin + event.timeStamp),
    true,
  )
  new MutationObserver(() => {
    const now = performance.timeOrigin + performance.now()
    while (seen.shown.length < editor.textContent.length - before) seen.shown.push(now)
    const count = seen.shown.length
    // The first task after a frame's callbacks comes when that frame is drawn.
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        const drawn = performance.timeOrigin + performance.now()
        while (seen.painted.length < count) seen.painted.push(drawn)
        channel.port1.close()
      }
      channel.port2.postMessage(null)
    })
  }).observe(editor, { childList: true, characterData: true, subtree: true })
  return seen
}

/** How far a page's fine clock is ahead of the system's, at its smallest over 50 ticks of that. */
export const clockLead = (page: Page): Promise<number> =>
  page.evaluate(() => {
    let lead = Infinity
    for (let tick = 0; tick < 50; tick++) {
      const last = Date.now()
      while (Date.now() === last);
      lead = Math.min(lead, performance.timeOrigin + performance.now() - Date.now())
    }
    return lead
  })

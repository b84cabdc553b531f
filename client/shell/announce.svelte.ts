/**
 * What screen readers are told politely that shows nowhere on the screen, for
 * `LiveRegion` to speak. It is taken away again after a moment, so that nobody
 * comes across old news while reading the page.
 */
const STAYS_MS = 1500

export class Announcer {
  #sentence = $state('')
  #timer: ReturnType<typeof setTimeout> | undefined

  get sentence(): string {
    return this.#sentence
  }

  say(sentence: string): void {
    clearTimeout(this.#timer)
    this.#sentence = sentence
    this.#timer = setTimeout(() => (this.#sentence = ''), STAYS_MS)
  }
}

export const announcer = new Announcer()

/** What screen readers are told, for `LiveRegion` to speak: one polite voice, one for one's own errors. */
export class Announcer {
  #polite = $state('')
  #assertive = $state('')

  get polite(): string {
    return this.#polite
  }

  get assertive(): string {
    return this.#assertive
  }

  say(sentence: string): void {
    this.#polite = again(this.#polite, sentence)
  }

  /** Only for one's own errors, and for words that change while one is agreeing. */
  interrupt(sentence: string): void {
    this.#assertive = again(this.#assertive, sentence)
  }
}

/** The same sentence twice is told twice only if the text differs: by a no-break space at its end. */
const again = (last: string, sentence: string): string =>
  last === sentence ? `${sentence}\u00a0` : sentence

export const announcer = new Announcer()

/**
 * What a person says about one boundary, and what they put on its table. Every
 * act signs exactly what was read, or nothing; every line of text is cleaned.
 */
import type { Act } from '../../shared/act.ts'
import { standingOf, type Standing } from '../../shared/agreement.ts'
import { addBoundary, setAside, textsOf } from '../../shared/board-doc.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { cleanNote, wordingHash, type Wording } from '../../shared/wording.ts'
import type { WordsSync } from '../sync/words-sync.ts'
import type { Reading, Said } from './board-view.ts'
import { Editors } from '../editor/editors.ts'
import { onTable, wordingOnTable } from '../reading/status.ts'
import type { Table } from './table.ts'

export interface AnswersOptions {
  readonly seat: Seat
  readonly words: WordsSync
  readonly table: Table
  readonly standing: () => Standing
  readonly say: (act: Act) => Promise<Said>
  readonly changed: (boundary: string) => void
}

const UNFIT: Said = { kind: 'refused', code: 'bad-request' }
const LOOK_AGAIN: Said = { kind: 'look-again' }

export class Answers {
  readonly #options: AnswersOptions
  /** Wordings in force that no date is wanted for: this page's own memory. */
  readonly #noDate = new Set<string>()

  constructor(options: AnswersOptions) {
    this.#options = options
  }

  reading(boundary: string): Reading | null {
    const { table, seat } = this.#options
    const standing = this.#of(boundary)
    const live = table.get(boundary)
    const wording = wordingOnTable(onTable(standing, live), standing, live)
    return wording && wording.kind !== otherSeat(seat) ? { boundary, wording } : null
  }

  /** If the words have moved since they were read, it says so and signs nothing. */
  async agree({ boundary, wording }: Reading, why = ''): Promise<Said> {
    const now = this.reading(boundary)?.wording ?? null
    if (!now || wordingHash(boundary, now) !== wordingHash(boundary, wording)) {
      return { kind: 'words-moved', before: wording, after: now }
    }
    return this.#yes(boundary, wording, why)
  }

  async suggestEnding(boundary: string, why = ''): Promise<Said> {
    return this.#of(boundary).inForce ? this.#yes(boundary, null, why) : LOOK_AGAIN
  }

  async notYet(boundary: string, until: string, note = ''): Promise<Said> {
    const line = cleanNote(note)
    if (line === null) return UNFIT
    return this.#options.say({ kind: 'later', boundary, until, ...(line && { note: line }) })
  }

  /** No to the partner's open yes to an ending, else to the words on the table. */
  /** Hash of what a no would be to now. */
  refusing(boundary: string): string | null {
    const theirs = this.#of(boundary).answers[otherSeat(this.#options.seat)]
    if (theirs?.kind === 'yes' && theirs.wording === null) return wordingHash(boundary, null)
    const reading = this.reading(boundary)
    return reading && wordingHash(boundary, reading.wording)
  }

  /** `words`: what was read, which may have moved since; a no is to nothing that was not read. */
  async sayNo(boundary: string, note = '', words = this.refusing(boundary)): Promise<Said> {
    const line = cleanNote(note)
    if (line === null) return UNFIT
    if (words === null) return LOOK_AGAIN
    return this.#options.say({ kind: 'no', boundary, words, ...(line && { note: line }) })
  }

  takeBack(boundary: string): Promise<Said> {
    return this.#options.say({ kind: 'take-back', boundary })
  }

  async stepBack(boundary: string): Promise<Said> {
    const { inForce } = this.#of(boundary)
    if (!inForce) return { kind: 'recorded' } // it has ended already, whoever ended it
    return this.#options.say({ kind: 'step-back', boundary, words: inForce.words })
  }

  async heard(boundary: string): Promise<Said> {
    const { inForce } = this.#of(boundary)
    if (!inForce) return LOOK_AGAIN
    return this.#options.say({ kind: 'heard', boundary, words: inForce.words })
  }

  /** Null: no date, which stays on this page. */
  async lookAgain(boundary: string, on: string | null): Promise<Said> {
    if (on !== null) return this.#options.say({ kind: 'look-again', boundary, on })
    const { inForce } = this.#of(boundary)
    if (inForce) this.#noDate.add(`${boundary} ${inForce.words}`)
    this.#options.changed(boundary)
    return { kind: 'recorded' }
  }

  wantsNoDate(boundary: string, words: string): boolean {
    return this.#noDate.has(`${boundary} ${words}`)
  }

  /** Makes sure the words in force are on the table, to be edited. */
  suggestChange(id: string): void {
    const { words, seat } = this.#options
    const { inForce } = this.#of(id)
    if (!inForce || textsOf(words.inner, id)) return
    const { name, words: text, ifItSlips } = inForce.wording
    addBoundary(words.inner, {
      ...{ id, by: seat, created: inForce.at },
      ...{ name, words: text, ifItSlips },
    })
  }

  /** Puts back the words in force; those that takes off the table can be brought back by either. */
  keepWords(id: string): Promise<void> {
    return this.#keeping(id, 'keep')
  }

  bringBackKept(id: string): Promise<void> {
    return this.#keeping(id, 'bringBack')
  }

  closeKept(id: string): Promise<void> {
    return this.#keeping(id, 'close')
  }

  /** Puts back the words of an open yes: the partner's, else one's own. */
  async bringBack(id: string): Promise<void> {
    const { seat } = this.#options
    const { answers } = this.#of(id)
    const yes = [answers[otherSeat(seat)], answers[seat]].find((said) => said?.kind === 'yes')
    await this.#put(id, yes?.kind === 'yes' ? yes.wording : null)
  }

  setAside(id: string): void {
    setAside(this.#options.words.inner, id, true)
  }

  /** Picking up what one said no to lifts that no. */
  async pickUp(id: string): Promise<Said> {
    const mine = this.#of(id).answers[this.#options.seat]
    if (mine?.kind === 'no') {
      const said = await this.takeBack(id)
      if (said.kind !== 'recorded') return said
    }
    setAside(this.#options.words.inner, id, false)
    return { kind: 'recorded' }
  }

  async #yes(boundary: string, wording: Wording | null, why: string): Promise<Said> {
    const reason = cleanNote(why)
    if (reason === null) return UNFIT
    return this.#options.say({ kind: 'yes', boundary, wording, ...(reason && { why: reason }) })
  }

  async #put(id: string, wording: Wording | null): Promise<void> {
    if (!wording) return
    const { putWords } = await import('../../shared/put-words.ts')
    putWords(this.#options.words.inner, id, wording, Editors.ORIGIN)
  }

  async #keeping(id: string, what: 'keep' | 'bringBack' | 'close'): Promise<void> {
    const { keeping } = await import('../editor/keeping.ts')
    const { words, seat } = this.#options
    const { inForce } = this.#of(id)
    if (inForce) keeping[what]({ doc: words.inner, seat, id, inForce })
  }

  #of(boundary: string) {
    return standingOf(this.#options.standing(), boundary)
  }
}

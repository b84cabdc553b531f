/**
 * The documents of one board as two devices write them, one for each person:
 * what both share, and each one's private drafts. Every change is one sealed
 * envelope in its writer's own array, and is kept as the store takes it.
 */
import * as Y from 'yjs'
import {
  addBoundary,
  FIELDS,
  putText,
  setAside,
  textsOf,
  type NewBoundary,
} from '../../shared/board-doc.ts'
import { readU32be } from '../../shared/bytes.ts'
import type { Random } from '../../shared/crypto.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { addNote, answerNote, notesOf, readNotes, type NewNote } from '../../shared/notes.ts'
import { createSealer, SealedDoc } from '../../shared/sealed-doc.ts'
import type { Texts } from '../../shared/wording.ts'
import type { Channel, WordsEntry } from '../store/store.ts'

export interface TwoDevicesOptions {
  readonly board: string
  readonly keys: Readonly<Record<Channel, Uint8Array>>
  readonly devices: Readonly<Record<Seat, string>>
  readonly random: Random
}

export class TwoDevices {
  readonly words: Readonly<Record<Channel, WordsEntry[]>> = {
    board: [],
    'mine-a': [],
    'mine-b': [],
  }
  readonly #options: TwoDevicesOptions
  readonly #shared: Readonly<Record<Seat, SealedDoc>>
  readonly #mine: Readonly<Record<Seat, SealedDoc>>
  #writer: Seat = 'a'

  constructor(options: TwoDevicesOptions) {
    this.#options = options
    const board = this.#outer('board')
    this.#shared = { a: this.#sealed(board, 'board', 'a'), b: this.#sealed(board, 'board', 'b') }
    const mine = (seat: Seat) => this.#sealed(this.#outer(`mine-${seat}`), `mine-${seat}`, seat)
    this.#mine = { a: mine('a'), b: mine('b') }
  }

  close(): void {
    for (const each of [this.#shared, this.#mine]) {
      each.a.destroy()
      each.b.destroy()
    }
  }

  /** The words on the table; both devices have the same after each change. */
  get doc(): Y.Doc {
    return this.#shared.a.inner
  }

  draft(who: Seat, boundary: NewBoundary): void {
    this.#writer = who
    addBoundary(this.#mine[who].inner, boundary)
  }

  share(who: Seat, boundary: NewBoundary): Promise<void> {
    return this.#write(who, (doc) => addBoundary(doc, boundary))
  }

  rewrite(who: Seat, id: string, texts: Partial<Texts>): Promise<void> {
    return this.#write(who, (doc) => {
      const live = textsOf(doc, id)
      for (const field of FIELDS) {
        const text = texts[field]
        if (live && text !== undefined) putText(doc, live[field], text)
      }
    })
  }

  setAside(who: Seat, id: string): Promise<void> {
    return this.#write(who, (doc) => setAside(doc, id, true))
  }

  note(who: Seat, id: string, note: NewNote): Promise<void> {
    return this.#write(who, (doc) => addNote(notesOf(doc, id), note))
  }

  /** Answers what the other said back last. */
  answer(
    who: Seat,
    id: string,
    signed: Pick<NewNote, 'id' | 'by' | 'day'>,
    right: boolean,
  ): Promise<void> {
    return this.#write(who, (doc) => {
      const list = notesOf(doc, id)
      const last = readNotes(list).findLast(({ kind, by }) => kind === 'said-back' && by !== who)
      if (!last) throw new Error('nothing was said back')
      answerNote(list, { ...signed, to: last.id, right })
    })
  }

  async #write(who: Seat, change: (doc: Y.Doc) => void): Promise<void> {
    this.#writer = who
    change(this.#shared[who].inner)
    await this.#shared[otherSeat(who)].settled()
  }

  #outer(channel: Channel): Y.Doc {
    const outer = new Y.Doc()
    outer.clientID = this.#clientId()
    outer.on('update', (bytes: Uint8Array) => {
      const used = { a: 0, b: 0, [this.#writer]: bytes.length }
      this.words[channel].push({ bytes, used })
    })
    return outer
  }

  #sealed(outer: Y.Doc, channel: Channel, seat: Seat): SealedDoc {
    const { board, keys, devices, random } = this.#options
    // A seat's own channel has one name for everybody: the server tells them apart.
    const name = channel === 'board' ? 'board' : 'mine'
    const sealer = createSealer({ key: keys[channel], board, channel: name, random })
    const sealed = new SealedDoc(outer, devices[seat], sealer)
    sealed.inner.clientID = this.#clientId()
    return sealed
  }

  /** Yjs would throw its own dice. */
  #clientId(): number {
    return readU32be(this.#options.random(4), 0)
  }
}

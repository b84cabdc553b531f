/**
 * Partners' devices tell each other what they have verified, and speak only of
 * a contradiction (P3): two hashes at one place, both signed, prove that the
 * server shows two histories. Told where both have the same boundary open and
 * nowhere else: in the presence of that boundary, sealed, so that the server
 * can neither read nor forge it, and nobody learns that the other came to read.
 * Loaded when a boundary is first opened.
 */
import type { Awareness } from 'y-protocols/awareness'
import * as v from 'valibot'
import { isSignedHead, signedHeadSchema, signHead, type SignedHead } from '../../shared/heads.ts'
import type { Seat } from '../../shared/ids.ts'
import type { Records } from './records.ts'

export interface HeadsOptions {
  readonly seat: Seat
  /** The seat's signing secret. */
  readonly sign: Uint8Array
  readonly presence: Pick<
    Awareness,
    'getLocalState' | 'getStates' | 'setLocalStateField' | 'on' | 'off' | 'clientID'
  >
  readonly records: Pick<
    Records,
    'chain' | 'hashAt' | 'next' | 'changed' | 'catchUp' | 'contradict'
  >
}

/** Heads beyond what this device has, kept until it gets there. */
const MOST_AHEAD = 16
const stateSchema = v.looseObject({ head: signedHeadSchema })

export class Heads {
  readonly #options: HeadsOptions
  readonly #undo: () => void
  #told: SignedHead | null = null
  #ahead: readonly SignedHead[] = []

  constructor(options: HeadsOptions) {
    this.#options = options
    const { presence, records } = options
    const heard = () => this.#meet()
    presence.on('update', heard)
    const unfollow = records.changed.on(heard)
    this.#undo = () => {
      presence.off('update', heard)
      unfollow()
    }
    this.#meet()
  }

  close(): void {
    this.#undo()
  }

  #meet(): void {
    this.#tell()
    const { presence } = this.#options
    for (const [client, state] of presence.getStates()) {
      const read = v.safeParse(stateSchema, state)
      if (client !== presence.clientID && read.success) this.#hear(read.output.head)
    }
    const ahead = this.#ahead
    this.#ahead = []
    for (const head of ahead) this.#hear(head)
  }

  /** Only while one shows oneself at all. */
  #tell(): void {
    const { presence, records, seat, sign } = this.#options
    const { chain } = records
    const state = presence.getLocalState()
    if (!state || !chain) return
    if (this.#told?.hash !== chain.hash) this.#told = signHead(sign, seat, chain)
    if (state.head !== this.#told) presence.setLocalStateField('head', this.#told)
  }

  #hear(head: SignedHead): void {
    const { records } = this.#options
    const { chain } = records
    const ours = records.hashAt(head.seq)
    if (ours === head.hash || !chain) return
    // What agrees needs no proof; what does not is believed only if it was signed.
    if (ours === null) this.#wait(head)
    else if (isSignedHead(chain, head)) void records.contradict({ records: [], heads: [head] })
  }

  #wait(head: SignedHead): void {
    if (this.#ahead.some(({ seq, hash }) => seq === head.seq && hash === head.hash)) return
    this.#ahead = [...this.#ahead, head].slice(-MOST_AHEAD)
  }
}

/**
 * What was said while the server could not be reached (R7): intentions, kept
 * sealed on this device and on record nowhere. Once history and words are in
 * step with the server again each one is said: silently where nothing about it
 * changed; otherwise it is kept as not recorded, for the person to look at. One
 * a boundary, the last that was said.
 */
import * as v from 'valibot'
import { encodeAct, readAct, type BoundaryAct } from '../../shared/act.ts'
import { parseJson, utf8 } from '../../shared/bytes.ts'
import { fromHex, hash, open, seal, toHex, type Random } from '../../shared/crypto.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import { Emitter } from '../emitter.ts'
import type { TallyState } from '../wire/tally.ts'
import type { Ledger } from './ledger.ts'
import { judge, type Recorder, type Saying } from './recorder.ts'

/** Why an intention was not recorded after all. */
export type Unsaid = 'words-moved' | Exclude<Saying['kind'], 'recorded' | 'offline'>

export interface Intention {
  readonly act: BoundaryAct
  /** Number that the next record had then: what came since is judged. */
  readonly from: number
  /** It was sent, and no answer came: it may be on record. */
  readonly sent: boolean
  /** Null while it waits. */
  readonly unsaid: Unsaid | null
}

export interface IntentionsOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  /** Seals them on this device. */
  readonly key: Uint8Array
  readonly random: Random
  readonly ledger: Pick<Ledger, 'standing' | 'lines' | 'next'>
  readonly recorder: Pick<Recorder, 'say'>
  /** False while nothing but stepping back can be said. */
  readonly maySay: (act: BoundaryAct) => boolean
  /** Whether the words on the table are still those of this act, where it is to words. */
  readonly stillReads: (act: BoundaryAct) => boolean
  /** Brings history and words in step with the server; false where that cannot be had now. */
  readonly inStep: () => Promise<boolean>
}

/** After these the same act may be taken in a while. */
const PASSING: readonly RefusalCode[] = ['rate-limited', 'store-full', 'store-failed']
const AGAIN_AFTER_MS = 5000

export class Intentions {
  readonly changed = new Emitter()
  readonly #options: IntentionsOptions
  #all: ReadonlyMap<string, Intention> = new Map()
  #running: Promise<void> | null = null
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(options: IntentionsOptions) {
    this.#options = options
    const { entry } = options
    if (entry.intentions) this.#all = this.#opened(entry.intentions)
  }

  close(): void {
    clearTimeout(this.#again)
  }

  of(boundary: string): Intention | null {
    return this.#all.get(boundary) ?? null
  }

  /** As of words: outstanding until each is on record, or is not to be. */
  get state(): TallyState {
    return { kind: this.settled ? 'saved' : 'sending' }
  }
  get settled(): boolean {
    return this.#waiting.length === 0
  }

  /** Keeps it; resolves once this device has it. It takes the place of an earlier one. */
  async keep(act: BoundaryAct, { from, sent }: Pick<Intention, 'from' | 'sent'>): Promise<void> {
    const before = this.of(act.boundary)
    const earlier = before !== null && before.unsaid === null && act.kind === 'take-back'
    // Taking back what may be on record is judged by all that came since that was said.
    const since = earlier && before.sent ? before.from : from
    await this.#change((all) => all.set(act.boundary, { act, from: since, sent, unsaid: null }))
  }

  /** Forgets what was to be said, or was not recorded. */
  drop(boundary: string): Promise<void> {
    if (!this.of(boundary)) return Promise.resolve()
    return this.#change((all) => all.delete(boundary))
  }

  /** Says what waits, once that can be judged. Any number of calls are one run. */
  run(): Promise<void> {
    this.#running ??= this.#run().finally(() => (this.#running = null))
    return this.#running
  }

  async #run(): Promise<void> {
    clearTimeout(this.#again)
    if (this.settled || !(await this.#options.inStep())) return
    await this.#reload()
    for (const intention of this.#waiting) {
      if (!this.#options.maySay(intention.act)) continue
      const ended = await this.#say(intention)
      if (ended === 'later') return
      // Meanwhile something else was said about it.
      if (this.of(intention.act.boundary) !== intention) continue
      if (ended === null) await this.drop(intention.act.boundary)
      else {
        const { boundary } = intention.act
        await this.#change((all) => all.set(boundary, { ...intention, unsaid: ended }))
      }
    }
  }

  /** Null: it is on record, or there is nothing left to say. */
  async #say({ act, from }: Intention): Promise<Unsaid | 'later' | null> {
    const { ledger, recorder, stillReads, entry } = this.#options
    const judged = judge(act, entry.seat, ledger.standing, ledger.lines.slice(from))
    if (judged === null && !stillReads(act)) return 'words-moved'
    const said = await recorder.say(act, undefined, from)
    if (said.kind === 'recorded') return null
    if (said.kind === 'offline') return 'later'
    if (said.kind !== 'refused' || !PASSING.includes(said.code)) return said.kind
    this.#again = setTimeout(() => void this.run(), AGAIN_AFTER_MS)
    return 'later'
  }

  get #waiting(): readonly Intention[] {
    return [...this.#all.values()].filter(({ unsaid }) => unsaid === null)
  }

  /** Another tab of this seat may have said some of them by now. */
  async #reload(): Promise<void> {
    const { entry, vault } = this.#options
    const kept = (await vault.seat(entry).catch(() => null))?.intentions
    if (!kept) return
    const there = this.#opened(kept)
    const gone = [...this.#all.keys()].filter((boundary) => !there.has(boundary))
    if (gone.length === 0) return
    const all = new Map(this.#all)
    for (const boundary of gone) all.delete(boundary)
    this.#all = all
    this.changed.emit()
  }

  /** Shown at once; what another tab keeps of other boundaries stays. */
  async #change(change: (all: Map<string, Intention>) => unknown): Promise<void> {
    const changed = (all: ReadonlyMap<string, Intention>) => {
      const next = new Map(all)
      change(next)
      return next
    }
    this.#all = changed(this.#all)
    this.changed.emit()
    const { entry, vault } = this.#options
    await vault
      .changeSeat(entry, ({ intentions }) => ({
        intentions: this.#sealed(changed(intentions ? this.#opened(intentions) : new Map())),
      }))
      .catch(() => undefined) // a full browser store: this page still has it
  }

  get #context(): Uint8Array {
    const { board, seat } = this.#options.entry
    return hash('intentions', board, seat)
  }

  #sealed(all: ReadonlyMap<string, Intention>): Uint8Array {
    const kept: v.InferOutput<typeof keptSchema> = [...all.values()].map(({ act, ...rest }) => ({
      ...rest,
      act: toHex(encodeAct(act)),
    }))
    const { key, random } = this.#options
    return seal(key, this.#context, utf8(JSON.stringify(kept)), random)
  }

  #opened(sealed: Uint8Array): Map<string, Intention> {
    const plain = open(this.#options.key, this.#context, sealed)
    const kept = v.safeParse(keptSchema, plain && parseJson(plain))
    if (!kept.success) return new Map()
    const all = kept.output.flatMap(({ act: hex, ...rest }) => {
      const act = readAct(fromHex(hex))
      return act && 'boundary' in act ? [[act.boundary, { ...rest, act }] as const] : []
    })
    return new Map(all)
  }
}

const UNSAID = [
  ...(['words-moved', 'look-again', 'taken-back-meanwhile'] as const),
  ...(['agreed-meanwhile', 'refused'] as const),
]
const keptSchema = v.array(
  v.strictObject({
    act: v.pipe(v.string(), v.hexadecimal()),
    from: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    sent: v.boolean(),
    unsaid: v.nullable(v.picklist(UNSAID)),
  }),
)

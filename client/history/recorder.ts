/**
 * Says things on record (R7). Appending is compare-and-swap: when another
 * record came first, read it, and sign again only where that changes nothing
 * about what is being said. An act is shown nowhere before the server has made
 * it durable.
 */
import { encodeAct, type Act, type BoundaryAct } from '../../shared/act.ts'
import { apply, standingOf, type Answer, type Standing } from '../../shared/agreement.ts'
import type { Random } from '../../shared/crypto.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import { chainHash, makeRecord, type Open, type SignedRecord } from '../../shared/record.ts'
import type { RefusalCode, Result } from '../../shared/refusal.ts'
import { wordingHash } from '../../shared/wording.ts'
import type { Ledger, Line } from './ledger.ts'

export type Saying =
  | { readonly kind: 'recorded' }
  | { readonly kind: 'taken-back-meanwhile' }
  | { readonly kind: 'agreed-meanwhile' }
  /** Something about this boundary came first, or the act would say nothing now. */
  | { readonly kind: 'look-again' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

export interface RecorderOptions {
  readonly seat: Seat
  readonly keys: { readonly sign: Uint8Array; readonly acts: Uint8Array }
  readonly ledger: Pick<Ledger, 'chain' | 'standing' | 'lines' | 'next' | 'hashAt'>
  readonly random: Random
  /** Seconds since the epoch. */
  readonly now: () => number
  /** Sends one record; on ok it is durable, with the server's stamp (ms). */
  readonly append: (
    record: SignedRecord,
    invitation?: Uint8Array,
  ) => Promise<Result<{ received: number }>>
  /** Reads what the server has beyond the ledger into it; false where it cannot be reached. */
  readonly catchUp: () => Promise<boolean>
  /** Takes a record that is durable. */
  readonly recorded: (record: SignedRecord & { received: number }) => Promise<unknown>
}

const MAX_TRIES = 8
const RECORDED: Saying = { kind: 'recorded' }
const LOOK_AGAIN: Saying = { kind: 'look-again' }

export class Recorder {
  readonly #options: RecorderOptions
  /** One act at a time: the next is judged by what the one before made true. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: RecorderOptions) {
    this.#options = options
  }

  /**
   * Signs, sends, and resolves once it is durable, or says why it is not. `from`:
   * number of the next record when the person said it, where that is longer ago.
   */
  say(
    act: Act,
    membership?: { open: Open; invitation?: Uint8Array },
    from?: number,
  ): Promise<Saying> {
    const said = this.#turn.then(() => this.#say(act, membership, from))
    this.#turn = said.catch(() => undefined)
    return said
  }

  async #say(
    act: Act,
    membership?: { open: Open; invitation?: Uint8Array },
    from = this.#options.ledger.next,
  ): Promise<Saying> {
    const { ledger, seat } = this.#options
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const judged = judge(act, seat, ledger.standing, ledger.lines.slice(from))
      if (judged) return judged
      const record = this.#sign(act, membership?.open ?? null)
      const answer = await this.#options.append(record, membership?.invitation)
      if (answer.ok) {
        await this.#options.recorded({ ...record, ...answer.value })
        return RECORDED
      }
      if (!isUnknownOutcome(answer.code)) return { kind: 'refused', code: answer.code }
      // First look for one's own record: the answer may have been lost, not the act.
      const place = ledger.next
      if (!(await this.#options.catchUp())) return { kind: 'offline' }
      if (ledger.hashAt(place) === chainHash(record)) return RECORDED
    }
    return { kind: 'refused', code: 'not-next' }
  }

  #sign(act: Act, open: Open | null): SignedRecord {
    const { ledger, seat, keys, random, now } = this.#options
    const { chain } = ledger
    if (!chain) throw new Error('nothing can be said before the history is here')
    const place = { board: chain.board, seq: ledger.next, prev: chain.hash }
    const slot = { ...place, seat, epoch: 0, at: now(), open }
    return makeRecord(slot, encodeAct(act), keys, random)
  }
}

/** Whether the record may be in the history all the same, or can be signed again. */
const isUnknownOutcome = (code: RefusalCode): boolean =>
  code === 'not-next' || code === 'timeout' || code === 'unreachable'

/**
 * Null: say it (again). Otherwise what came between says it all: the act would
 * change nothing now, or it has to be asked again.
 */
export function judge(
  act: Act,
  seat: Seat,
  standing: Standing,
  newcomers: readonly Line[],
): Saying | null {
  if (!('boundary' in act)) return null
  const about = newcomers.filter(
    ({ act: said }) => said && 'boundary' in said && said.boundary === act.boundary,
  )
  const { answers, inForce } = standingOf(standing, act.boundary)
  const wouldSayNothing = isVoid(act, seat, standing)
  switch (act.kind) {
    case 'take-back':
      if (answers[seat]) return null
      if (about.some((line) => line.seat === seat && line.act?.kind === 'take-back')) {
        return RECORDED
      }
      return about.length > 0 && inForce ? { kind: 'agreed-meanwhile' } : RECORDED
    case 'step-back':
      if (!inForce) return RECORDED // it has ended already, whoever ended it
      return wouldSayNothing ? LOOK_AGAIN : null
    case 'yes': {
      const words = wordingHash(act.boundary, act.wording)
      const isYes = (answer: Answer | null) => answer?.kind === 'yes' && answer.words === words
      // Said already, or what it asks for holds by now.
      const holds = act.wording ? inForce?.words === words : !inForce
      if (isYes(answers[seat]) || holds) return RECORDED
      const tookBack = about.some((line) => line.seat !== seat && line.act?.kind === 'take-back')
      const asksAgain = isYes(answers[otherSeat(seat)])
      if (tookBack) return asksAgain ? null : { kind: 'taken-back-meanwhile' }
      const others = about.filter((line) => !isSameYes(line, act, otherSeat(seat)))
      return others.length > 0 || wouldSayNothing ? LOOK_AGAIN : null
    }
    default:
      if (isSaid(act, seat, standing)) return RECORDED
      return about.length > 0 || wouldSayNothing ? LOOK_AGAIN : null
  }
}

/** The one newcomer that makes a yes more wanted, not less: the other's yes to the same wording. */
const isSameYes = (line: Line, act: Extract<Act, { kind: 'yes' }>, other: Seat): boolean =>
  line.seat === other &&
  line.act?.kind === 'yes' &&
  wordingHash(act.boundary, line.act.wording) === wordingHash(act.boundary, act.wording)

const isVoid = (act: Act, seat: Seat, standing: Standing): boolean =>
  apply(standing, { seq: Number.MAX_SAFE_INTEGER, at: 0, seat, act }) === standing

/** Whether this very answer stands already: a second tap says nothing twice. */
function isSaid(act: BoundaryAct, seat: Seat, standing: Standing): boolean {
  const { answers, heard, lookAgain } = standingOf(standing, act.boundary)
  const mine = answers[seat]
  switch (act.kind) {
    case 'later':
      return mine?.kind === 'later' && mine.until === act.until && mine.note === (act.note ?? null)
    case 'no':
      return mine?.kind === 'no' && mine.words === act.words && mine.note === (act.note ?? null)
    case 'heard':
      return heard === act.words
    case 'look-again':
      return lookAgain === act.on
    default:
      return false
  }
}

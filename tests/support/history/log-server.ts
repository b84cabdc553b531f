/**
 * The history's server side as one array, with the same rules (`extend`) and a
 * compare-and-swap; and recorders that talk to it without a socket. What happens
 * between reading and appending is the test's to say.
 */
import { encodeAct, type Act } from '../../../shared/act.ts'
import { chainHash, makeRecord, type SignedRecord } from '../../../shared/record.ts'
import { extend, type Chain } from '../../../shared/history.ts'
import { boardKeys, invitationSecrets, seatSecrets } from '../../../shared/keys.ts'
import { claimProof } from '../../../shared/membership.ts'
import type { Seat } from '../../../shared/ids.ts'
import { ok, refuse, type Result } from '../../../shared/refusal.ts'
import type { Stamped } from '../../../shared/wire.ts'
import { Ledger } from '../../../client/history/ledger.ts'
import { Recorder } from '../../../client/history/recorder.ts'
import { seededRandom } from '../random.ts'

const NOW_S = 1_790_000_000

export interface Speaker {
  readonly ledger: Ledger
  readonly recorder: Recorder
  /** Runs once, right before this speaker's next append reaches the server. */
  before: (() => Promise<unknown>) | null
  /** Runs in place of the next answer: what the server did stays done. */
  loseAnswer: boolean
  catchUp(): Promise<boolean>
}

export class LogServer {
  readonly records: Stamped[] = []
  readonly board: string
  readonly #random = seededRandom(11)
  readonly #keys = boardKeys(this.#random(32))
  readonly #seats = {
    a: seatSecrets(this.#random(16)),
    b: seatSecrets(this.#random(16)),
  }
  #chain: Chain | null = null

  constructor() {
    const { a, b } = this.#seats
    const link = invitationSecrets(this.#random(16))
    this.#found(
      'a',
      { kind: 'name', name: 'Ana' },
      { kind: 'found', sign: a.sign.public, exchange: a.exchange.public },
    )
    this.board = this.#chain?.board ?? ''
    this.#found(
      'a',
      { kind: 'membership' },
      { kind: 'invite', id: link.id, prove: link.prove.public, days: 7 },
    )
    const claim = {
      kind: 'claim' as const,
      invite: link.id,
      sign: b.sign.public,
      exchange: b.exchange.public,
    }
    const proof = claimProof(link.prove.secret, this.board, claim)
    this.#found('b', { kind: 'name', name: 'Ben' }, { ...claim, proof })
  }

  append(record: SignedRecord): Result<{ received: number }> {
    const extended = extend(this.#chain, record)
    if (!extended.ok) return refuse(extended.code)
    this.#chain = extended.value.chain
    const received = (NOW_S + this.records.length) * 1000
    this.records.push({ ...record, received })
    return ok({ received })
  }

  speaker(seat: Seat): Speaker {
    const ledger = new Ledger(this.board, this.#keys.acts)
    const catchUp = async () => {
      for (const record of this.records.slice(ledger.next)) ledger.receive(record)
      return true
    }
    for (const record of this.records) ledger.receive(record)
    const recorder = new Recorder({
      seat,
      keys: { sign: this.#seats[seat].sign.secret, acts: this.#keys.acts },
      ledger,
      random: this.#random,
      now: () => NOW_S,
      append: async (record) => {
        const { before } = speaker
        speaker.before = null
        await before?.()
        const answer = this.append(record)
        if (!speaker.loseAnswer) return answer
        speaker.loseAnswer = false
        return refuse('timeout')
      },
      catchUp,
      recorded: async (record) => void ledger.receive(record),
    })
    const speaker: Speaker = { ledger, recorder, catchUp, before: null, loseAnswer: false }
    return speaker
  }

  /** How many records carry an act of this seat since both seats were held. */
  get count(): number {
    return this.records.length - 3
  }

  get lastHash(): string {
    const last = this.records.at(-1)
    return last ? chainHash(last) : ''
  }

  #found(seat: Seat, act: Act, open: Parameters<typeof makeRecord>[0]['open']): void {
    const chain = this.#chain
    const slot = {
      ...{ board: chain?.board ?? '', seq: this.records.length, prev: chain?.hash ?? '' },
      ...{ seat, epoch: 0, at: NOW_S, open },
    }
    const keys = { sign: this.#seats[seat].sign.secret, acts: this.#keys.acts }
    const answer = this.append(makeRecord(slot, encodeAct(act), keys, this.#random))
    if (!answer.ok) throw new Error(answer.code)
  }
}

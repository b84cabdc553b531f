/**
 * Makes histories as two people would, from a seed, so that they are the same
 * bytes on every run. `append` insists that what it makes is valid; `make` and
 * `write` let a test make what isn't.
 */
import { encodeAct, type Act } from '../../../shared/act.ts'
import { utf8 } from '../../../shared/bytes.ts'
import { hash, sign, toHex, type Random } from '../../../shared/crypto.ts'
import { extend, nextSeq, type Chain } from '../../../shared/history.ts'
import type { Seat } from '../../../shared/ids.ts'
import {
  boardKeys,
  invitationSecrets,
  seatSecrets,
  type BoardKeys,
  type InvitationSecrets,
  type SeatSecrets,
} from '../../../shared/keys.ts'
import { claimProof } from '../../../shared/membership.ts'
import { makeRecord, type Open, type SignedRecord, type Slot } from '../../../shared/record.ts'
import { seededRandom } from '../random.ts'

/** When these histories begin, in seconds since the epoch; each record is a minute later. */
const BEGIN = 1_790_000_000

export type Claim = Extract<Open, { kind: 'claim' }>

export class HistoryMaker {
  readonly random: Random
  readonly boardKey: Uint8Array
  readonly keys: BoardKeys
  /** The keys of both people, whether or not they hold their seat yet. */
  readonly seats: Readonly<Record<Seat, SeatSecrets>>
  readonly records: SignedRecord[] = []
  chain: Chain | null = null

  constructor(seed = 1) {
    this.random = seededRandom(seed)
    this.boardKey = this.random(32)
    this.keys = boardKeys(this.boardKey)
    this.seats = { a: seatSecrets(this.random(16)), b: seatSecrets(this.random(16)) }
  }

  get board(): string {
    return this.chain?.board ?? ''
  }

  /** A board with seat `a` held. */
  found(name = 'Ada'): this {
    const { sign, exchange } = this.seats.a
    const open = { kind: 'found', sign: sign.public, exchange: exchange.public } as const
    return this.append(this.make({ open }, { kind: 'name', name }))
  }

  newInvitation(): InvitationSecrets {
    return invitationSecrets(this.random(16))
  }

  invite(invitation = this.newInvitation()): InvitationSecrets {
    this.append(this.make({ open: inviteOf(invitation) }, { kind: 'membership' }))
    return invitation
  }

  cancel({ id }: InvitationSecrets): this {
    return this.append(this.make({ open: { kind: 'cancel', invite: id } }, { kind: 'membership' }))
  }

  claimOf(invitation: InvitationSecrets, board = this.board, seat = this.seats.b): Claim {
    const claim = {
      invite: invitation.id,
      sign: seat.sign.public,
      exchange: seat.exchange.public,
    }
    return { kind: 'claim', ...claim, proof: claimProof(invitation.prove.secret, board, claim) }
  }

  claim(invitation: InvitationSecrets, name = 'Ben'): this {
    const open = this.claimOf(invitation)
    return this.append(this.make({ seat: 'b', open }, { kind: 'name', name }))
  }

  /** Both seats held: three records. */
  together(): this {
    return this.found().claim(this.invite())
  }

  say(seat: Seat, act: Act): this {
    return this.append(this.make({ seat }, act))
  }

  /** The next place, for seat `a` unless told. */
  slot(change: Partial<Slot> = {}): Slot {
    const seq = nextSeq(this.chain)
    return {
      board: this.board,
      seq,
      prev: this.chain?.hash ?? '',
      seat: 'a',
      epoch: 0,
      at: BEGIN + 60 * seq,
      open: null,
      ...change,
    }
  }

  /** A record at the next place, signed by the key of its seat, valid or not. */
  make(
    change: Partial<Slot> = {},
    said: Act | Uint8Array = { kind: 'name', name: 'Ada' },
    keys: { sign?: Uint8Array; acts?: Uint8Array } = {},
  ): SignedRecord {
    const slot = this.slot(change)
    const body = said instanceof Uint8Array ? said : encodeAct(said)
    const own = { sign: this.seats[slot.seat].sign.secret, acts: this.keys.acts }
    return makeRecord(slot, body, { ...own, ...keys }, this.random)
  }

  /** A record whose head reads as told and is signed as it reads: only the form is at fault. */
  write(
    change: (head: string) => string,
    record = this.make(),
    by: Uint8Array = this.seats.a.sign.secret,
  ): SignedRecord {
    const head = utf8(change(new TextDecoder().decode(record.head)))
    return { head, sig: sign(by, 'record', head), box: record.box }
  }

  append(record: SignedRecord): this {
    const extended = extend(this.chain, record)
    if (!extended.ok) throw new Error(`not a valid record: ${extended.code}`)
    this.chain = extended.value.chain
    this.records.push(record)
    return this
  }

  /** 32 bytes that mean nothing, hex: another hash, another board, another key. */
  other32(): string {
    return toHex(hash('test/other', this.random(16)))
  }
}

export const inviteOf = ({ id, prove }: InvitationSecrets) =>
  ({ kind: 'invite', id, prove: prove.public, days: 7 }) as const

/** A long history of two people, as a server stores it: signed and sealed, and not verified again while it is made. */
import { encodeAct, type Act } from '../../../shared/act.ts'
import { toHex, wordsOf } from '../../../shared/crypto.ts'
import type { Seat } from '../../../shared/ids.ts'
import { boardKeys, invitationSecrets, seatSecrets } from '../../../shared/keys.ts'
import { claimProof } from '../../../shared/membership.ts'
import { chainHash, makeRecord, type Open } from '../../../shared/record.ts'
import { sealRing } from '../../../shared/sealed-json.ts'
import type { Stamped } from '../../../shared/wire.ts'
import { wordingHash, type Wording } from '../../../shared/wording.ts'
import type { Sidecar } from '../../../server/store/store.ts'
import { seededRandom } from '../random.ts'
import { BEGIN, wording, yes } from './tell-lines.ts'

export interface LongHistory {
  readonly board: string
  readonly boardKey: Uint8Array
  /** Of seat `a`. */
  readonly seed: Uint8Array
  readonly twelveWords: string
  readonly records: readonly Stamped[]
  readonly sidecar: Sidecar
}

export interface LongHistoryOptions {
  /** Limits of Ana's, each of which Ben hears: every record is an entry of the history as it is read. */
  readonly limits?: boolean
}

const SEED = 5
const BOUNDARIES = 50

/** The same wording of both, agreed by one and then the other, again and again, unless told otherwise. */
export async function longHistory(
  count: number,
  { limits = false }: LongHistoryOptions = {},
): Promise<LongHistory> {
  const random = seededRandom(SEED)
  const boardKey = random(32)
  const seeds = { a: random(16), b: random(16) }
  const seats = { a: seatSecrets(seeds.a), b: seatSecrets(seeds.b) }
  const { acts } = boardKeys(boardKey)
  const link = invitationSecrets(random(16))
  const records: Stamped[] = []
  let board = ''
  let prev = ''
  const say = (seat: Seat, act: Act, open: Open | null = null) => {
    const seq = records.length
    const at = BEGIN + 60 * seq
    const keys = { sign: seats[seat].sign.secret, acts }
    const slot = { board, seq, prev, seat, epoch: 0, at, open }
    const record = makeRecord(slot, encodeAct(act), keys, random)
    prev = chainHash(record)
    board ||= prev
    records.push({ ...record, received: at * 1000 })
  }
  const { a, b } = seats
  const found = { kind: 'found', sign: a.sign.public, exchange: a.exchange.public } as const
  say('a', { kind: 'name', name: 'Ana' }, found)
  const invite = { kind: 'invite', id: link.id, prove: link.prove.public, days: 7 } as const
  say('a', { kind: 'membership' }, invite)
  const claim = { invite: link.id, sign: b.sign.public, exchange: b.exchange.public }
  const proof = claimProof(link.prove.secret, board, claim)
  say('b', { kind: 'name', name: 'Ben' }, { kind: 'claim', ...claim, proof })
  while (records.length < count) {
    const round = Math.floor((records.length - 3) / 2)
    const boundary = (round % BOUNDARIES).toString(16).padStart(32, '0')
    const words = `From ten our phones stay in the hall, as we said the ${round}th time.`
    const said: Wording = { ...wording(words), kind: limits ? 'a' : 'ours' }
    const first = (records.length - 3) % 2 === 0
    if (first || !limits) say(first ? 'a' : 'b', yes(said, boundary))
    else say('b', { kind: 'heard', boundary, words: wordingHash(boundary, said) })
  }
  const ring = sealRing(a, { v: 1, rev: 1, board, keys: { 0: toHex(boardKey) } }, random)
  return {
    ...{ board, boardKey, seed: seeds.a, records },
    twelveWords: await wordsOf(seeds.a),
    sidecar: { invitations: {}, rings: { [a.find]: { rev: 1, box: toHex(ring) } } },
  }
}

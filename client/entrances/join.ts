/**
 * Opens an invitation and takes the second seat (K3). Opening spends nothing:
 * it proves that one holds the link, reads the sealed blob, and verifies the
 * board's history against what the inviter saw.
 */
import { encodeAct } from '../../shared/act.ts'
import { fromHex, toHex } from '../../shared/crypto.ts'
import { hexOf } from '../../shared/ids.ts'
import {
  boardKeys,
  invitationSecrets,
  LINK_SECRET_BYTES,
  SEED_BYTES,
  seatSecrets,
  type InvitationSecrets,
} from '../../shared/keys.ts'
import { claimProof } from '../../shared/membership.ts'
import { refuseName } from '../../shared/names.ts'
import { makeOwnId } from '../../shared/own-id.ts'
import { signInvitationProof } from '../../shared/proofs.ts'
import { chainHash, makeRecord, type SignedRecord } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { openBlob, sealRing, type InvitationBlob } from '../../shared/sealed-json.ts'
import { cleanName } from '../../shared/wording.ts'
import type { PostAnswer } from '../../shared/wire.ts'
import * as v from 'valibot'
import type { Invited, KnownSeat, SeatAddress } from './entrances.ts'
import { asHex, fromHexRecord, post } from '../wire/http.ts'
import { Ledger } from '../history/ledger.ts'
import type { Means } from './means.ts'
import { slices } from '../slices.ts'
import type { SeatEntry, Vault } from './vault.ts'

const MAX_TRIES = 4

interface Opened {
  readonly blob: InvitationBlob
  readonly ledger: Ledger
  readonly expires: number
}

export async function openInvitation(means: Means, secret: string): Promise<Result<Invited>> {
  if (!v.is(hexOf(LINK_SECRET_BYTES), secret)) return refuse('invitation-unknown')
  const link = invitationSecrets(fromHex(secret))
  const opened = await openLink(means.origin, link)
  if (!opened.ok) return opened
  const { blob, expires } = opened.value
  return ok({
    board: blob.board,
    inviter: inviterOf(opened.value),
    expires,
    existing: await existingSeat(means.vault, blob.board),
    join: joiner(means, link, opened.value),
  })
}

/** What the inviter is called now. */
const inviterOf = ({ blob, ledger }: Opened): string => ledger.standing.names.a ?? blob.name

async function openLink(origin: string, link: InvitationSecrets): Promise<Result<Opened>> {
  const proof = await prove(origin, link)
  if (!proof.ok) return proof
  const answer = await post(origin, '/api/invitations/open', proof.value)
  if (!answer.ok) return answer
  const blob = openBlob(link, fromHex(answer.value.blob))
  if (!blob) return refuse('invitation-unknown')
  const ledger = new Ledger(blob.board, boardKeys(fromHex(blob.key)).acts)
  const whole = await takesAll(ledger, answer.value.records)
  // The inviter vouched for one place: a history without it is not theirs.
  if (!whole || ledger.hashAt(blob.seq) !== blob.hash) return refuse('history-broken')
  return ok({ blob, ledger, expires: answer.value.expires })
}

/** In slices: the inviter may have been here alone for long. */
async function takesAll(
  ledger: Ledger,
  records: PostAnswer<'/api/invitations/open'>['records'],
): Promise<boolean> {
  const turn = slices()
  for (const record of records) {
    await turn()
    if (ledger.receive(fromHexRecord(record)) !== 'added') return false
  }
  return true
}

async function prove(origin: string, link: InvitationSecrets) {
  const fresh = await post(origin, '/api/nonces', {})
  if (!fresh.ok) return fresh
  const { nonce } = fresh.value
  const sig = signInvitationProof(link.prove.secret, link.id, nonce)
  return ok({ id: link.id, nonce, sig })
}

async function existingSeat(vault: Vault, board: string): Promise<KnownSeat | null> {
  const entry = (await vault.seat({ board, seat: 'a' })) ?? (await vault.seat({ board, seat: 'b' }))
  return entry && { board, seat: entry.seat, name: entry.name }
}

/**
 * Claims the seat. Asked again after a lost answer, it sends the very same
 * record, which the server knows again; only when another record came first is
 * a new one signed.
 */
function joiner(means: Means, link: InvitationSecrets, first: Opened): Invited['join'] {
  const { origin, vault, random, now } = means
  const seed = random(SEED_BYTES)
  const secrets = seatSecrets(seed)
  let opened = first
  let sent: SignedRecord | null = null

  const sign = (name: string): SignedRecord => {
    const { blob, ledger } = opened
    const { board } = blob
    const { chain } = ledger
    if (!chain) throw new Error('an opened invitation has a history')
    const keys = { sign: secrets.sign.secret, acts: boardKeys(fromHex(blob.key)).acts }
    const claim = {
      ...{ kind: 'claim' as const, invite: link.id },
      ...{ sign: secrets.sign.public, exchange: secrets.exchange.public },
    }
    const slot = {
      ...{ board, seq: ledger.next, prev: chain.hash, seat: 'b' as const, epoch: 0 },
      at: Math.floor(now() / 1000),
      open: { ...claim, proof: claimProof(link.prove.secret, board, claim) },
    }
    return makeRecord(slot, encodeAct({ kind: 'name', name }), keys, random)
  }

  const claim = async (record: SignedRecord) => {
    const proof = await prove(origin, link)
    if (!proof.ok) return proof
    const { board, key } = opened.blob
    const ring = sealRing(secrets, { v: 1, rev: 1, board, keys: { 0: key } }, random)
    return post(origin, '/api/invitations/claim', {
      ...proof.value,
      record: asHex(record),
      ring: { find: secrets.find, box: toHex(ring) },
    })
  }

  const settle = async (entry: SeatEntry, record: SignedRecord, received: number) => {
    const stamped = { ...record, received }
    const records = [...opened.ledger.records, stamped]
    const pin = { seq: records.length - 1, hash: chainHash(record) }
    await vault.keepRecords(entry, 0, records, pin)
  }

  return async (text): Promise<Result<SeatAddress>> => {
    const name = cleanName(text)
    if (name === null) return refuse('bad-request')
    const unfit = refuseName(name, inviterOf(opened))
    if (unfit) return refuse(unfit)
    const { board, key } = first.blob
    const address = { board, seat: 'b' as const }
    const device = makeOwnId(secrets.own, 8, random)
    const entry: SeatEntry = {
      ...{ ...address, seed, boardKey: fromHex(key), device, name, pin: null, invitation: null },
    }
    await vault.putSeat(entry)
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      sent ??= sign(name)
      const answer = await claim(sent)
      if (answer.ok) {
        await settle(entry, sent, answer.value.received)
        return ok(address)
      }
      // The outcome is unknown: keep the seat and the record, so that asking again finds them.
      if (answer.code === 'unreachable') return answer
      if (answer.code !== 'not-next') {
        await vault.removeSeat(address)
        return answer
      }
      const again = await openLink(origin, link)
      if (!again.ok) {
        await vault.removeSeat(address)
        return again
      }
      opened = again.value
      sent = null
    }
    return refuse('unreachable')
  }
}

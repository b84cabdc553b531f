/** Starts a board: makes the seat, the board key and the founding record, and has them stored. */
import { encodeAct } from '../../shared/act.ts'
import { toHex } from '../../shared/crypto.ts'
import { BOARD_KEY_BYTES, boardKeys, SEED_BYTES, seatSecrets } from '../../shared/keys.ts'
import { refuseName } from '../../shared/names.ts'
import { makeOwnId } from '../../shared/own-id.ts'
import { chainHash, makeRecord } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { sealRing } from '../../shared/sealed-json.ts'
import { cleanName } from '../../shared/wording.ts'
import type { SeatAddress } from './entrances.ts'
import type { Means } from './means.ts'
import { asHex, post } from '../wire/http.ts'

export async function foundBoard(means: Means, text: string): Promise<Result<SeatAddress>> {
  const { origin, vault, random, now } = means
  const name = cleanName(text)
  if (name === null) return refuse('bad-request')
  const unfit = refuseName(name, null)
  if (unfit) return refuse(unfit)
  const seed = random(SEED_BYTES)
  const boardKey = random(BOARD_KEY_BYTES)
  const secrets = seatSecrets(seed)
  const keys = { sign: secrets.sign.secret, acts: boardKeys(boardKey).acts }
  const { sign, exchange } = secrets
  const slot = {
    ...{ board: '', seq: 0, prev: '', seat: 'a' as const, epoch: 0 },
    at: Math.floor(now() / 1000),
    open: { kind: 'found' as const, sign: sign.public, exchange: exchange.public },
  }
  const record = makeRecord(slot, encodeAct({ kind: 'name', name }), keys, random)
  const board = chainHash(record)
  const ring = sealRing(secrets, { v: 1, rev: 1, board, keys: { 0: toHex(boardKey) } }, random)
  const address = { board, seat: 'a' as const }
  const device = makeOwnId(secrets.own, 8, random)
  // Kept before it is sent: a board that exists must not be lost with an answer.
  await vault.putSeat({ ...address, seed, boardKey, device, name, pin: null, invitation: null })
  const payload = { record: asHex(record), ring: { find: secrets.find, box: toHex(ring) } }
  const answer = await post(origin, '/api/boards', payload)
  if (!answer.ok) {
    await vault.removeSeat(address)
    return answer
  }
  const stamped = { ...record, received: answer.value.received }
  await vault.keepRecords(address, 0, [stamped], { seq: 0, hash: board })
  return ok(address)
}

/** Comes back with twelve words (K1): they lead to the key ring, and the ring to the board. */
import { equalBytes } from '../../shared/bytes.ts'
import { fromHex, seedOfWords, type WordsProblem } from '../../shared/crypto.ts'
import { boardKeys, seatSecrets } from '../../shared/keys.ts'
import { makeOwnId } from '../../shared/own-id.ts'
import type { Chain } from '../../shared/history.ts'
import type { Seat } from '../../shared/ids.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { openRing } from '../../shared/sealed-json.ts'
import type { SeatAddress } from './entrances.ts'
import { post } from '../wire/http.ts'
import { Ledger } from '../history/ledger.ts'
import { Link } from '../wire/link.ts'
import { slices } from '../slices.ts'
import type { Means } from './means.ts'

const PATIENCE_MS = 15_000

export async function restoreSeat(
  means: Means,
  text: string,
): Promise<Result<SeatAddress> | { readonly problem: WordsProblem }> {
  const { origin, vault, random } = means
  const read = await seedOfWords(text)
  if ('problem' in read) return read
  const { seed } = read
  const secrets = seatSecrets(seed)
  const found = await post(origin, '/api/rings/open', { find: secrets.find })
  if (!found.ok) return found
  const ring = openRing(secrets, fromHex(found.value.box))
  if (!ring) return refuse('ring-unknown')
  const { board } = ring
  const boardKey = fromHex(ring.keys[0])
  const history = await readToSeat(origin, board, secrets.sign, boardKeys(boardKey).acts)
  if (!history.ok) return history
  const { chain, standing } = history.value
  const seat = seatOf(chain, secrets.sign.public)
  if (seat === null) return refuse('ring-unknown')
  const address = { board, seat } as const
  // A seat kept here under another seed is one whose claim never came through.
  const known = await vault.seat(address)
  if (!known || !equalBytes(known.seed, seed)) {
    const name = standing.names[seat] ?? ''
    const device = makeOwnId(secrets.own, 8, random)
    await vault.putSeat({ ...address, seed, boardKey, device, name, pin: null, invitation: null })
  }
  return ok(address)
}

const seatOf = (chain: Chain | null, sign: string): Seat | null =>
  (['a', 'b'] as const).find((seat) => chain?.membership[seat]?.sign === sign) ?? null

/**
 * The history, verified as far as it takes to know which seat this key holds,
 * over a connection of its own. The rest is for the board to verify, which says
 * how far it is.
 */
async function readToSeat(
  origin: string,
  board: string,
  sign: { secret: Uint8Array; public: string },
  actsKey: Uint8Array,
): Promise<Result<Ledger>> {
  const link = new Link({ origin, board, sign })
  try {
    link.connect()
    if (!(await link.seatedWithin(PATIENCE_MS))) return refuse('unreachable')
    const ledger = new Ledger(board, actsKey)
    const turn = slices()
    for (;;) {
      const answer = await link.request('record:since', { seq: ledger.next })
      if (!answer.ok) return answer
      for (const record of answer.value.records) {
        await turn()
        if (ledger.receive(record) !== 'added') return refuse('history-broken')
        if (seatOf(ledger.chain, sign.public)) return ok(ledger)
      }
      if (!answer.value.more) return ok(ledger)
    }
  } finally {
    link.close()
  }
}

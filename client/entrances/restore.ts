/** Comes back with twelve words (K1): they lead to the key ring, and the ring to the board. */
import { equalBytes } from '../../shared/bytes.ts'
import { fromHex, seedOfWords, type WordsProblem } from '../../shared/crypto.ts'
import { boardKeys, seatSecrets } from '../../shared/keys.ts'
import { makeOwnId } from '../../shared/own-id.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import { openRing } from '../../shared/sealed-json.ts'
import type { SeatAddress } from './entrances.ts'
import { post } from '../wire/http.ts'
import { Records, type Progress } from '../history/records.ts'
import { Link } from '../wire/link.ts'
import { slices } from '../slices.ts'
import type { Means } from './means.ts'
import { memoryVault, type SeatEntry, type Vault } from './vault.ts'

const PATIENCE_MS = 15_000
/** So many records are kept at once, between which the page answers. */
const AT_ONCE = 64

/** `checking`: told how far a long history is verified. */
export async function restoreSeat(
  means: Means,
  text: string,
  checking: (progress: Progress | null) => void = () => undefined,
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
  const fresh: SeatEntry = {
    ...{ board: ring.board, seat: 'a', seed, boardKey: fromHex(ring.keys[0]), name: '' },
    ...{ device: makeOwnId(secrets.own, 8, random), pin: null, invitation: null },
  }
  const history = await readHistory(means, fresh, checking)
  if (!history.ok) return history
  const { chain, standing } = history.value
  const seat = chain?.membership.a.sign === secrets.sign.public ? 'a' : 'b'
  if (chain?.membership[seat]?.sign !== secrets.sign.public) return refuse('ring-unknown')
  const address = { board: ring.board, seat } as const
  // A seat kept here under another seed is one whose claim never came through.
  const known = await vault.seat(address)
  if (!known || !equalBytes(known.seed, seed)) {
    await vault.putSeat({ ...fresh, seat, name: standing.names[seat] ?? '' })
    await keepAll(vault, address, history.value)
  }
  return ok(address)
}

/** The whole history, verified, over a connection of its own. */
async function readHistory(
  { origin, verifier }: Means,
  entry: SeatEntry,
  checking: (progress: Progress | null) => void,
): Promise<Result<Records>> {
  const { sign } = seatSecrets(entry.seed)
  const link = new Link({ origin, board: entry.board, sign })
  const records = new Records({
    ...{ entry, link, vault: memoryVault(), actsKey: boardKeys(entry.boardKey).acts },
    ...(verifier && { verifier }),
  })
  const undo = records.changed.on(() => checking(records.progress))
  try {
    link.connect()
    if (!(await link.seatedWithin(PATIENCE_MS))) return refuse('unreachable')
    if (!(await records.catchUp())) return refuse('unreachable')
    return records.trouble ? refuse('history-broken') : ok(records)
  } finally {
    undo()
    records.close()
    link.close()
  }
}

/** What was verified need not be again when the board opens. */
async function keepAll(vault: Vault, address: SeatAddress, records: Records): Promise<void> {
  const turn = slices()
  for (let from = 0; from < records.next; from += AT_ONCE) {
    await turn()
    const some = records.records.slice(from, from + AT_ONCE)
    const seq = from + some.length - 1
    const pin = { seq, hash: records.hashAt(seq) ?? '' }
    await vault.keepRecords(address, from, some, pin).catch(() => undefined) // asked for again, then
  }
}

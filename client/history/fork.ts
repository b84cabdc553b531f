/**
 * What is to be done when the server's history is not the one that this device
 * verified (P3): a mere beginning of it is sent the rest; where it differs, the
 * records that differ are read, to be kept beside ours. Loaded when it happens.
 */
import { extend, replay, type Chain } from '../../shared/history.ts'
import { chainHash } from '../../shared/record.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import { RESTORE_RECORDS, type Stamped } from '../../shared/wire.ts'
import { OTHER_HEADS, OTHER_RECORDS, type Contradiction } from '../entrances/vault.ts'
import { slices } from '../slices.ts'
import type { Link } from '../wire/link.ts'

/** The history as this device verified it. */
export interface Ours {
  readonly records: readonly Stamped[]
  readonly next: number
  hashAt(seq: number): string | null
}

type Asking = Pick<Link, 'request'>

export type Restored =
  | 'restored'
  /** Another record is there by now. */
  | 'taken'
  | 'refused'
  | 'unreachable'

const MOST_BYTES = 128 * 1024
/** After these the same records may be taken in a while. */
const PASSING: readonly RefusalCode[] = ['rate-limited', 'store-full', 'store-failed']
const AGAIN_AFTER_MS = 2000

/** Sends our records from `from` on, in order, as they were signed. */
export async function restoreTo(
  link: Asking,
  ours: Ours,
  from: number,
  isClosed: () => boolean,
): Promise<Restored> {
  while (from < ours.next) {
    if (isClosed()) return 'unreachable'
    const records = some(ours.records.slice(from, from + RESTORE_RECORDS))
    const answer = await link.request('record:restore', { records })
    if (answer.ok) from += records.length
    else if (answer.code === 'not-next') return 'taken'
    else if (answer.code === 'unreachable' || answer.code === 'timeout') return 'unreachable'
    else if (!PASSING.includes(answer.code)) return 'refused'
    else await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
  }
  return 'restored'
}

/** As many of the first as fit in a packet. */
function some(records: readonly Stamped[]) {
  let bytes = 0
  const fitting = records.filter(({ head, sig, box }, i) => {
    bytes += head.length + sig.length + box.length
    return i === 0 || bytes <= MOST_BYTES
  })
  return fitting.map(({ head, sig, box }) => ({ head, sig, box }))
}

/**
 * The server's records from the first place on at which it has others than we
 * do, as far as they follow by every law. None, where it has no other history
 * of this board but only something that is no record of it.
 */
export async function otherHistory(link: Asking, ours: Ours): Promise<readonly Stamped[]> {
  const common = await commonPlace(link, ours)
  if (common === null) return []
  const turn = slices()
  let chain: Chain | null = null
  for (const record of ours.records.slice(0, common + 1)) {
    await turn()
    const replayed = replay(chain, record)
    if (!replayed.ok) return []
    chain = replayed.value.chain
  }
  const others: Stamped[] = []
  for (let from = common + 1; ;) {
    const answer = await link.request('record:since', { seq: from })
    if (!answer.ok) return others
    for (const record of answer.value.records) {
      await turn()
      const extended = extend(chain, record)
      if (!extended.ok || others.length >= OTHER_RECORDS) return others
      chain = extended.value.chain
      const isOurs = others.length === 0 && chain.hash === ours.hashAt(from)
      if (!isOurs) others.push(record)
      from++
    }
    if (!answer.value.more || answer.value.records.length === 0) return others
  }
}

/** A place at which both have the same record: looked for from our end, in growing steps. */
async function commonPlace(link: Asking, ours: Ours): Promise<number | null> {
  const last = ours.next - 1
  for (let step = 0; step <= 2 * last + 1; step = 2 * step + 1) {
    const at = Math.max(0, last - step)
    const answer = await link.request('record:since', { seq: at })
    if (!answer.ok) return null
    const [theirs] = answer.value.records
    if (theirs && chainHash(theirs) === ours.hashAt(at)) return at
    if (at === 0) return null // another board altogether
  }
  return null
}

/** What was found beside what was kept before. The records that were kept first stay. */
export function joined(found: Contradiction, before: Contradiction | null): Contradiction {
  const heads = before?.heads ?? []
  const fresh = found.heads.filter(({ sig }) => !heads.some((head) => head.sig === sig))
  return {
    records: before?.records.length ? before.records : found.records,
    heads: [...heads, ...fresh].slice(0, OTHER_HEADS),
  }
}

/** Whether that would keep anything that is not kept yet. */
export function saysMore(found: Contradiction, before: Contradiction | null): boolean {
  if (before === null) return true
  const { records, heads } = joined(found, before)
  return heads.length > before.heads.length || records.length > before.records.length
}

/**
 * When this device squashes the sealed document, and whether it is its turn
 * (S4). Only devices that wrote this time do: one that merely read would tell
 * the partner so.
 */
import type * as Y from 'yjs'
import type { SealedDoc } from '../../shared/sealed-doc.ts'

export interface SquashingOptions {
  /** Quiet time before squashing, ms. */
  readonly idle: number
  /** A random wait for those whose turn it is not, ms. */
  readonly patience: () => number
}

const MIN_LOOSE = 256
const MAX_LOOSE = 2048

export const defaultSquashing: SquashingOptions = {
  idle: 2000,
  patience: () => 30_000 + Math.random() * 60_000,
}

/** Follows both documents until the returned undo is called. */
export function startSquashing(
  sealed: SealedDoc,
  outer: Y.Doc,
  options: SquashingOptions = defaultSquashing,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let wrote = false
  let since = 0
  const writers = new Set<number>()

  const onUpdate = (_: Uint8Array, origin: unknown, __: Y.Doc, transaction: Y.Transaction) => {
    if (origin === sealed) {
      wrote = true
      writers.add(outer.clientID)
    } else if (!wrote) return
    else for (const client of writersOf(transaction)) writers.add(client)
    since++
    if (since >= MAX_LOOSE && squashIfDue(sealed)) since = 0
    clearTimeout(timer)
    const first = Math.min(...writers) === outer.clientID
    timer = setTimeout(() => squashIfDue(sealed), first ? options.idle : options.patience())
  }
  outer.on('update', onUpdate)
  return () => {
    outer.off('update', onUpdate)
    clearTimeout(timer)
  }
}

/** Squashes where there is enough to gain. */
export function squashIfDue(sealed: SealedDoc): boolean {
  const { looseCount, looseBytes, baseCount, baseBytes } = sealed.load()
  const worthIt = looseCount >= MIN_LOOSE && looseBytes > baseBytes / 8
  const tooMany = looseCount >= MAX_LOOSE
  return worthIt || tooMany || baseCount > 1 ? sealed.squash() : false
}

function* writersOf({ beforeState, afterState }: Y.Transaction): Generator<number> {
  for (const [client, clock] of afterState) if (beforeState.get(client) !== clock) yield client
}

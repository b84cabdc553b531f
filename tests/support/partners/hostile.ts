/** A partner who holds a seat's own keys and speaks the wire without the client: what it sends is the test's to say. */
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { randomBytes } from '../../../shared/crypto.ts'
import { boardKeys, seatSecrets, type BoardKeys } from '../../../shared/keys.ts'
import { makeRecord, type SignedRecord } from '../../../shared/record.ts'
import { createSealer, type Sealer } from '../../../shared/sealed-doc.ts'
import { updateFrame } from '../../../server/live/sync-frames.ts'
import { Link } from '../../../client/wire/link.ts'
import { ok, refuse, type RefusalCode, type Result } from '../../../shared/refusal.ts'
import type { Partner } from './partner.ts'

export class Hostile {
  readonly link: Link
  readonly keys: BoardKeys
  readonly sealer: Sealer
  readonly #of: Partner
  readonly #sign: Uint8Array

  private constructor(of: Partner, link: Link, keys: BoardKeys, sign: Uint8Array) {
    this.#of = of
    this.#sign = sign
    this.link = link
    this.keys = keys
    this.sealer = this.sealerFor()
  }

  /** Beside the honest client of the same seat, which goes on. */
  static async with(of: Partner, origin: string): Promise<Hostile> {
    const entry = await of.vault.seat(of.address)
    if (!entry) throw new Error('no such seat')
    const { sign } = seatSecrets(entry.seed)
    const link = new Link({ origin, board: entry.board, sign })
    onTestFinished(() => link.close())
    link.connect()
    if (!(await link.seatedWithin(10_000))) throw new Error('not seated')
    const hostile = new Hostile(of, link, boardKeys(entry.boardKey), sign.secret)
    await hostile.link.request('words:open', { channel: 'board' })
    return hostile
  }

  sealerFor(change: { key?: Uint8Array; board?: string; channel?: string } = {}): Sealer {
    const { board } = this.#of.address
    const own = { key: this.keys.draft, board, channel: 'board', random: randomBytes }
    return createSealer({ ...own, ...change })
  }

  /** A record at the next place, in the seat's own name, that holds this body. */
  record(body: Uint8Array, acts = this.keys.acts): SignedRecord {
    const { chain } = this.#of.board.records
    if (!chain) throw new Error('no history')
    const slot = {
      ...{ board: chain.board, seq: chain.seq + 1, prev: chain.hash, seat: this.#of.seat },
      ...{ epoch: 0, at: 1_790_000_000, open: null },
    }
    return makeRecord(slot, body, { sign: this.#sign, acts }, randomBytes)
  }

  append(record: SignedRecord) {
    return this.link.request('record:append', { record })
  }

  /** Writes into the outer document, as a device of its own. */
  write(change: (outer: Y.Doc) => void) {
    const outer = new Y.Doc()
    outer.transact(() => change(outer))
    return this.send(updateFrame(Y.encodeStateAsUpdate(outer)))
  }

  /** Whether it was taken. */
  send(frame: Uint8Array): Promise<Result<null>> {
    const { link } = this
    link.send('words:send', { channel: 'board', frames: [frame] })
    return new Promise((resolve) => {
      const settle = (result: Result<null>) => {
        for (const undo of both) undo()
        resolve(result)
      }
      const both = [
        link.onFact('words:written', () => settle(ok(null))),
        link.onFact('words:refused', ({ code }) => settle(refuse(code as RefusalCode))),
      ]
    })
  }
}

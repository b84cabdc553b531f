/**
 * A partner without a browser: the client's own modules in Node, over a real
 * socket. What a test waits for it waits for by the board's own changes; the
 * limit on a wait only makes a hung test fail.
 */
import { randomBytes, type Random } from '../../../shared/crypto.ts'
import type { Seat } from '../../../shared/ids.ts'
import type { Sealer } from '../../../shared/sealed-doc.ts'
import { Board } from '../../../client/board/board.ts'
import type { BoardOptions } from '../../../client/board/board-options.ts'
import type { SeatAddress } from '../../../client/entrances/entrances.ts'
import { foundBoard } from '../../../client/entrances/found.ts'
import { openInvitation } from '../../../client/entrances/join.ts'
import { restoreSeat } from '../../../client/entrances/restore.ts'
import type { SquashingOptions } from '../../../client/sync/squashing.ts'
import { memoryVault, type Vault } from '../../../client/entrances/vault.ts'
import type { KeepDoc } from '../../../client/sync/words-sync.ts'

export interface PartnerOptions {
  readonly origin: string
  readonly keep?: KeepDoc
  readonly squashing?: SquashingOptions
  readonly sealer?: Sealer
  readonly now?: () => number
  /** Where chance comes from: seeded, two runs write the same bytes. */
  readonly random?: Random
  readonly whileHere?: NonNullable<BoardOptions['whileHere']>
  readonly prepare?: (board: Board) => void
}

const HUNG_MS = 30_000
/** Squashing only when a test asks for it. */
export const NEVER: SquashingOptions = { idle: 2 ** 30, patience: () => 2 ** 30 }

const means = (options: PartnerOptions, vault: Vault) => ({
  origin: options.origin,
  vault,
  random: options.random ?? randomBytes,
  now: options.now ?? (() => Date.now()),
})

function valueOf<T>(
  result: { ok: true; value: T } | { ok: false; code: string } | { problem: unknown },
): T {
  if ('problem' in result || !result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result.value
}

export class Partner {
  readonly board: Board
  readonly address: SeatAddress
  readonly vault: Vault

  private constructor(board: Board, address: SeatAddress, vault: Vault) {
    this.board = board
    this.address = address
    this.vault = vault
  }

  static async start(name: string, options: PartnerOptions): Promise<Partner> {
    const vault = memoryVault()
    const address = valueOf(await foundBoard(means(options, vault), name))
    return Partner.open(address, vault, options)
  }

  static async join(name: string, link: string, options: PartnerOptions): Promise<Partner> {
    const vault = memoryVault()
    const secret = link.split('#')[1] ?? ''
    const invited = valueOf(await openInvitation(means(options, vault), secret))
    return Partner.open(valueOf(await invited.join(name)), vault, options)
  }

  /** On another device, from nothing but twelve words. */
  static async restore(words: string, options: PartnerOptions): Promise<Partner> {
    const vault = memoryVault()
    const address = valueOf(await restoreSeat(means(options, vault), words))
    return Partner.open(address, vault, options)
  }

  static async open(address: SeatAddress, vault: Vault, options: PartnerOptions): Promise<Partner> {
    const entry = await vault.seat(address)
    if (!entry) throw new Error('no such seat')
    const board = new Board({
      ...{ origin: options.origin, entry, vault, random: options.random ?? randomBytes },
      now: options.now ?? (() => Date.now()),
      keep: options.keep ?? null,
      squashing: options.squashing ?? NEVER,
      ...(options.sealer && { sealer: options.sealer }),
      ...(options.whileHere && { whileHere: options.whileHere }),
    })
    options.prepare?.(board)
    const partner = new Partner(board, address, vault)
    await board.open()
    await partner.until(() => board.ready)
    return partner
  }

  get seat(): Seat {
    return this.address.seat
  }

  /** Resolves when `holds` does; looks again at every change of the board. */
  until(holds: () => boolean, what = holds.toString()): Promise<void> {
    return new Promise((resolve, reject) => {
      const undo: (() => void)[] = []
      const done = (act: () => void) => {
        for (const each of undo.splice(0)) each()
        act()
      }
      const look = () => {
        if (holds()) done(resolve)
      }
      const timer = setTimeout(() => done(() => reject(new Error(`never came: ${what}`))), HUNG_MS)
      undo.push(() => clearTimeout(timer))
      undo.push(this.board.changed.on(look))
      undo.push(this.board.words.tally.changed.on(look))
      undo.push(this.board.drafts.changed.on(look))
      undo.push(this.board.drafts.words.tally.changed.on(look))
      look()
    })
  }

  /** Everything written here is acknowledged. */
  saved(): Promise<void> {
    const { words, drafts } = this.board
    const both = [words.tally, drafts.words.tally]
    return this.until(() => both.every(({ state }) => state.kind === 'saved'), 'saved')
  }

  close(): void {
    this.board.close()
  }
}

/** Two partners on one new board. */
export const makePair = (options: PartnerOptions): Promise<[Partner, Partner]> =>
  makePairAt(options, options)

/** Two partners on one new board, each with their own way to the server. */
export async function makePairAt(
  anas: PartnerOptions,
  bens: PartnerOptions,
): Promise<[Partner, Partner]> {
  const ana = await Partner.start('Ana', anas)
  const said = await ana.board.invite()
  const link = ana.board.invitation?.link
  if (said.kind !== 'recorded' || !link) throw new Error(`no invitation: ${said.kind}`)
  const ben = await Partner.join('Ben', link, bens)
  await ana.until(() => ana.board.joined)
  return [ana, ben]
}

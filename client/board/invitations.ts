/** The invitation of one board: which one is open, whether its link is on this device, making and cancelling it (K3, R8). */
import type { Act } from '../../shared/act.ts'
import { toHex, type Random } from '../../shared/crypto.ts'
import { openInvitation } from '../../shared/membership.ts'
import type { SeatEntry, Vault } from '../entrances/vault.ts'
import type { Records } from '../history/records.ts'
import type { Membership } from './acts.ts'
import type { OpenInvitation, Said } from './board-view.ts'

export interface InvitationsOptions {
  readonly entry: SeatEntry
  readonly vault: Vault
  readonly origin: string
  readonly random: Random
  readonly records: Records
  /** The name of whoever invites. */
  readonly name: () => string
  readonly say: (act: Act, membership: Membership) => Promise<Said>
}

const DAY_MS = 86_400_000

export class Invitations {
  readonly #options: InvitationsOptions
  #made: SeatEntry['invitation']

  constructor(options: InvitationsOptions) {
    this.#options = options
    this.#made = options.entry.invitation
  }

  get current(): OpenInvitation | null {
    const { records, origin } = this.#options
    const open = records.chain && openInvitation(records.chain.membership)
    const line = open && records.lines[open.seq]
    if (!open || !line) return null
    const until = line.received + open.days * DAY_MS
    const link = this.#made?.id === open.id ? `${origin}/join#${toHex(this.#made.secret)}` : null
    return { id: open.id, link, until }
  }

  async invite(): Promise<Said> {
    const { records, entry, random, name, say } = this.#options
    if (!records.chain) return { kind: 'offline' }
    const { makeInvitation } = await import('./inviting.ts')
    const made = makeInvitation(records.chain, entry.boardKey, name(), random)
    // Kept before it is sent: a link that works must not be lost with an answer.
    await this.#keep({ id: made.id, secret: made.secret })
    return say({ kind: 'membership' }, { open: made.open, invitation: made.blob })
  }

  async cancel(): Promise<Said> {
    const { chain } = this.#options.records
    const invite = chain && openInvitation(chain.membership)?.id
    if (!invite) return { kind: 'look-again' }
    const open = { kind: 'cancel', invite } as const
    const said = await this.#options.say({ kind: 'membership' }, { open })
    if (said.kind === 'recorded') await this.#keep(null)
    return said
  }

  async #keep(invitation: SeatEntry['invitation']): Promise<void> {
    this.#made = invitation
    await this.#options.vault.changeSeat(this.#options.entry, { invitation })
  }
}

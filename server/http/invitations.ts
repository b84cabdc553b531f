/**
 * Opening an invitation and claiming the seat it offers (K3). Opening spends
 * nothing. Whoever signs with the right key is told what became of the link;
 * to anyone else there is no such invitation.
 */
import { openInvitation, type Invitation } from '../../shared/membership.ts'
import { verifyInvitationProof } from '../../shared/proofs.ts'
import { readHead, type SignedRecord } from '../../shared/record.ts'
import { ok, refuse, type Result } from '../../shared/refusal.ts'
import type { Boards, SealedRing } from '../live/boards.ts'
import type { Clock } from '../clock.ts'
import type { LiveBoard } from '../live/live-board.ts'
import type { Logger } from '../logger.ts'
import type { Nonces } from '../live/nonces.ts'
import type { StoredRecord } from '../store/store.ts'

export interface Proof {
  readonly id: string
  readonly nonce: string
  readonly sig: string
}

export interface InvitationsOptions {
  readonly boards: Boards
  readonly nonces: Nonces
  readonly clock: Clock
  readonly logger: Logger
}

export interface Opened {
  readonly blob: Uint8Array
  readonly records: readonly StoredRecord[]
  readonly expires: number
}

const DAY_MS = 24 * 60 * 60 * 1000

export class Invitations {
  readonly #options: InvitationsOptions

  constructor(options: InvitationsOptions) {
    this.#options = options
  }

  open(proof: Proof): Promise<Result<Opened>> {
    return this.#withProof(proof, async (live) => {
      const expires = await this.#expiryOf(live, proof.id)
      if (!expires.ok) return expires
      const blob = await this.#options.boards.blob(live.id, proof.id)
      if (blob === null) return refuse('invitation-unknown')
      return ok({ blob, records: await live.history.all(), expires: expires.value })
    })
  }

  claim(
    proof: Proof,
    record: SignedRecord,
    ring: SealedRing,
  ): Promise<Result<{ received: number }>> {
    return this.#withProof(proof, (live) =>
      live.history.serially(() => this.#claimInTurn(live, proof.id, record, ring)),
    )
  }

  /** The ring is durable before the record is, and gone again if the record is refused. */
  async #claimInTurn(
    live: LiveBoard,
    id: string,
    record: SignedRecord,
    ring: SealedRing,
  ): Promise<Result<{ received: number }>> {
    const head = readHead(record.head)
    if (!head.ok) return head
    const { open } = head.value
    if (open?.kind !== 'claim' || open.invite !== id) return refuse('bad-request')
    // The very record that is there already is answered before its link is called used.
    const repeated = await live.history.received(record)
    if (repeated !== null) return ok({ received: repeated })
    const expires = await this.#expiryOf(live, id)
    if (!expires.ok) return expires
    const { boards, logger } = this.#options
    if (!boards.mayHaveRing(live.id, ring)) return refuse('bad-request')
    const admitted = live.history.admits(record)
    if (!admitted.ok) return admitted
    await boards.addRing(live.id, ring)
    let claimed = false
    try {
      const appended = await live.appendInTurn(record, null)
      claimed = appended.ok
      return appended
    } finally {
      if (!claimed) {
        await boards.removeRing(live.id, ring).catch((cause: unknown) => {
          logger.error('could not remove the key ring of a claim that failed', cause)
        })
      }
    }
  }

  /** Runs `then` if the proof is fresh and made with the invitation's own key. */
  async #withProof<T>(
    proof: Proof,
    then: (live: LiveBoard) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const { boards, nonces } = this.#options
    if (!nonces.spend(proof.nonce)) return refuse('nonce-unknown')
    const board = boards.boardOfInvitation(proof.id)
    if (board === null) return refuse('invitation-unknown')
    return boards.use(board, async (live) => {
      const invitation = invitationIn(live, proof.id)
      if (!invitation || !verifyInvitationProof(invitation.prove, proof)) {
        return refuse('invitation-unknown')
      }
      return then(live)
    })
  }

  /** When this invitation stops working, or why it does not work any more. */
  async #expiryOf(live: LiveBoard, id: string): Promise<Result<number>> {
    const invitation = invitationIn(live, id)
    if (!invitation) return refuse('invitation-unknown')
    if (invitation.state === 'used') return refuse('invitation-used')
    const { membership } = live.history.chain
    if (membership.b) return refuse('board-full')
    if (openInvitation(membership)?.id !== id) return refuse('invitation-cancelled')
    const { records } = await live.history.page(invitation.seq)
    const received = records[0]?.received
    if (received === undefined) return refuse('board-damaged')
    const expires = received + invitation.days * DAY_MS
    return this.#options.clock.now() < expires ? ok(expires) : refuse('invitation-expired', expires)
  }
}

const invitationIn = (live: LiveBoard, id: string): Invitation | null =>
  live.history.chain.membership.invitations.find((each) => each.id === id) ?? null

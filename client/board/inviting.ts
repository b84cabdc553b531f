/** Makes an invitation (K3). Loaded when one is first made. */
import { toHex, type Random } from '../../shared/crypto.ts'
import type { Chain } from '../../shared/history.ts'
import { invitationSecrets } from '../../shared/keys.ts'
import type { Open } from '../../shared/record.ts'
import { sealBlob } from '../../shared/sealed-json.ts'

const INVITATION_DAYS = 7

export interface Invitation {
  readonly id: string
  readonly secret: Uint8Array
  readonly open: Open
  /** What the link opens, sealed. */
  readonly blob: Uint8Array
}

export function makeInvitation(
  chain: Pick<Chain, 'board' | 'seq' | 'hash'>,
  boardKey: Uint8Array,
  name: string,
  random: Random,
): Invitation {
  const secret = random(16)
  const link = invitationSecrets(secret)
  const { board, seq, hash } = chain
  const blob = { v: 1 as const, board, key: toHex(boardKey), name, seq, hash }
  return {
    id: link.id,
    secret,
    open: { kind: 'invite', id: link.id, prove: link.prove.public, days: INVITATION_DAYS },
    blob: sealBlob(link, blob, random),
  }
}

/**
 * Which secrets there are and what each is for (K1–K3). One key per purpose,
 * all derived; nothing here is stored or sent.
 */
import {
  derive,
  exchangeKeyPair,
  hash,
  signKeyPair,
  toHex,
  fromHex,
  type KeyPair,
} from './crypto.ts'
import type { SeatKeys } from './membership.ts'

export const SEED_BYTES = 16
export const BOARD_KEY_BYTES = 32
export const LINK_SECRET_BYTES = 16

/** What holding a seat means: everything a seat's 16-byte seed gives. */
export interface SeatSecrets {
  /** Signs this seat's acts and hellos. */
  readonly sign: KeyPair
  /** Not used yet: needed when the board key is renewed. */
  readonly exchange: KeyPair
  /** Seals the key ring. */
  readonly wrap: Uint8Array
  /** Hex: where the key ring lies. */
  readonly find: string
  /** Seals this seat's private drafts (S9). */
  readonly mine: Uint8Array
  /** Seals what this seat's devices keep of acts that are not recorded yet (R7). */
  readonly keep: Uint8Array
  /** Makes ids that only this seat knows as its own. */
  readonly own: Uint8Array
}

export const seatSecrets = (seed: Uint8Array): SeatSecrets => ({
  sign: signKeyPair(derive(seed, 'seat/sign')),
  exchange: exchangeKeyPair(derive(seed, 'seat/exchange')),
  wrap: derive(seed, 'seat/wrap'),
  find: toHex(derive(seed, 'seat/find')),
  mine: derive(seed, 'seat/mine'),
  keep: derive(seed, 'seat/keep'),
  own: derive(seed, 'seat/own'),
})

/** What the board key of one epoch gives (K2). */
export interface BoardKeys {
  /** Seals acts. */
  readonly acts: Uint8Array
  /** Seals words. */
  readonly draft: Uint8Array
  /** Seals carets and names presence rooms. */
  readonly live: Uint8Array
}

export const boardKeys = (boardKey: Uint8Array): BoardKeys => ({
  acts: derive(boardKey, 'board/acts'),
  draft: derive(boardKey, 'board/draft'),
  live: derive(boardKey, 'board/live'),
})

/** What an invitation link's 16-byte secret gives (K3). */
export interface InvitationSecrets {
  /** Hex: the invitation's id. */
  readonly id: string
  /** Seals the blob that the link opens. */
  readonly wrap: Uint8Array
  /** Signs that its holder has the link. */
  readonly prove: KeyPair
}

export const invitationSecrets = (secret: Uint8Array): InvitationSecrets => ({
  id: toHex(derive(secret, 'invitation/id', 16)),
  wrap: derive(secret, 'invitation/wrap'),
  prove: signKeyPair(derive(secret, 'invitation/prove')),
})

/** Hex name of the presence room of one boundary: opaque to the server (S5). */
export const presenceRoom = (live: Uint8Array, boundary: string): string =>
  toHex(derive(live, `presence/${boundary}`, 16))

/** The digest two people compare aloud, from all four public keys (K5). */
export const compareDigest = (a: SeatKeys, b: SeatKeys): Uint8Array =>
  hash('compare', fromHex(a.sign), fromHex(a.exchange), fromHex(b.sign), fromHex(b.exchange))

/**
 * What is signed to say who one is, outside the history: that one holds a seat
 * (K4) and that one holds an invitation's link (K3). Each is signed over
 * something fresh from the server, so that none can be used twice.
 */
import { fromHex, hash, sign, toHex, verify } from './crypto.ts'

export interface Hello {
  /** The server's 32 bytes of this connection. */
  readonly nonce: Uint8Array
  /** Where the client was opened, as in `location.origin`; without a browser, `http://` and the host. */
  readonly origin: string
  readonly board: string
}

const helloContent = ({ nonce, origin, board }: Hello): Uint8Array =>
  hash('hello', nonce, origin, board)

/** 64 bytes, by the seat's signing key. */
export const signHello = (secret: Uint8Array, hello: Hello): Uint8Array =>
  sign(secret, 'hello', helloContent(hello))

/** `publicKey` is hex. `verifyMember`: where it is asked only about the keys of seats. */
export const verifyHello = (
  publicKey: string,
  hello: Hello,
  sig: Uint8Array,
  verifyMember = verify,
): boolean => verifyMember(publicKey, 'hello', helloContent(hello), sig)

/** `id` is the invitation's, `nonce` the answer to /api/nonces, both hex. */
const invitationProofContent = (id: string, nonce: string): Uint8Array =>
  hash('invitation/open', id, nonce)

/** Hex, by the invitation's `prove` key: for opening and for claiming. */
export const signInvitationProof = (prove: Uint8Array, id: string, nonce: string): string =>
  toHex(sign(prove, 'invitation', invitationProofContent(id, nonce)))

/** All hex. */
export const verifyInvitationProof = (
  prove: string,
  proof: { readonly id: string; readonly nonce: string; readonly sig: string },
): boolean =>
  verify(prove, 'invitation', invitationProofContent(proof.id, proof.nonce), fromHex(proof.sig))

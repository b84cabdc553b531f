/**
 * Signatures that show who is there, and say nothing: the hello of a connection
 * (K4) and the proof that somebody holds an invitation's link (K3). Each has a
 * tag of its own, so neither can stand in for a record or for the other.
 */
import { hash, sign, verify } from './crypto.ts'

export interface Hello {
  /** 32 bytes from the server, new for each connection. */
  readonly nonce: Uint8Array
  /** The origin the client opened, and the server expects. */
  readonly origin: string
  readonly board: string
}

const helloContent = ({ nonce, origin, board }: Hello) => hash('hello', nonce, origin, board)

export const signHello = (secret: Uint8Array, hello: Hello): Uint8Array =>
  sign(secret, 'hello', helloContent(hello))

/** `publicKey` is hex. */
export const verifyHello = (publicKey: string, hello: Hello, sig: Uint8Array): boolean =>
  verify(publicKey, 'hello', helloContent(hello), sig)

export interface LinkProof {
  /** Hex id of the invitation. */
  readonly id: string
  /** 32 bytes from the server, good for one use. */
  readonly nonce: Uint8Array
}

const linkContent = ({ id, nonce }: LinkProof) => hash('invitation/open', id, nonce)

export const signLink = (prove: Uint8Array, proof: LinkProof): Uint8Array =>
  sign(prove, 'invitation/open', linkContent(proof))

/** `prove` is the invitation's public key, hex. */
export const verifyLink = (prove: string, proof: LinkProof, sig: Uint8Array): boolean =>
  verify(prove, 'invitation/open', linkContent(proof), sig)

/**
 * A client of the wire and nothing more: it says what a test tells it to, true
 * or not, and keeps what it hears.
 */
import { io, type Socket } from 'socket.io-client'
import * as parser from 'socket.io-msgpack-parser'
import { onTestFinished } from 'vitest'
import { toHex } from '../../shared/crypto.ts'
import type { Seat } from '../../shared/ids.ts'
import type { InvitationSecrets } from '../../shared/keys.ts'
import { signHello, signInvitationProof } from '../../shared/proofs.ts'
import type { SignedRecord } from '../../shared/record.ts'
import type { Answer, Fact, FactName, RequestName } from '../../shared/wire.ts'
import { HistoryMaker } from '../support/history/make-history.ts'

/** Only a hung test waits so long. */
const HUNG_MS = 10_000

type Said<T> = { ok: true; value: T } | { ok: false; code: string; when?: number }

export class RawClient {
  readonly socket: Socket
  /** Whether the server would not even have the connection. */
  turnedAway = false
  readonly #heard = new Map<string, unknown[]>()
  readonly #waiting = new Set<() => void>()

  constructor(origin: string, options: Parameters<typeof io>[1] = {}) {
    this.socket = io(origin, {
      parser,
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      ...options,
    })
    this.socket.onAny((fact: string, payload: unknown) => {
      this.heard(fact as FactName).push(payload as never)
      this.#tell()
    })
    this.socket.on('disconnect', () => this.#tell())
    this.socket.on('connect_error', () => {
      this.turnedAway = true
      this.#tell()
    })
    onTestFinished(() => void this.socket.disconnect())
  }

  /** All facts of one name so far. */
  heard<N extends FactName>(fact: N): Fact<N>[] {
    const list = this.#heard.get(fact) ?? []
    this.#heard.set(fact, list)
    return list as Fact<N>[]
  }

  /** Resolves when `holds` does; looks again at everything that is heard. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never: ${holds.toString()}`)), HUNG_MS)
      const look = () => {
        if (!holds()) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  async fact<N extends FactName>(name: N): Promise<Fact<N>> {
    await this.until(() => this.heard(name).length > 0)
    return this.heard(name)[0]!
  }

  ask<N extends RequestName>(name: N, payload: unknown): Promise<Said<Answer<N>>> {
    return this.socket.timeout(HUNG_MS).emitWithAck(name, pack(payload)) as Promise<Said<Answer<N>>>
  }

  #tell(): void {
    for (const look of [...this.#waiting]) look()
  }
}

/** Bytes as the encoder takes them. */
export const pack = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return Buffer.from(value)
  if (Array.isArray(value)) return value.map(pack)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]))
}

/** From now on the system keeps what comes for this client, until it has no room. */
export function pauseReading(client: RawClient): void {
  const { engine } = client.socket.io as unknown as {
    engine: { transport: { ws: { _socket: { pause(): void } } } }
  }
  engine.transport.ws._socket.pause()
}

export async function post<T = unknown>(
  origin: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Said<T> & { status: number }> {
  const response = await fetch(origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, ...((await response.json()) as Said<T>) }
}

export const asHex = ({ head, sig, box }: SignedRecord) => ({
  head: toHex(head),
  sig: toHex(sig),
  box: toHex(box),
})

/** A ring whose box means nothing: the server cannot tell. */
export const ringOf = (maker: HistoryMaker, seat: Seat = 'a') => ({
  find: maker.seats[seat].find,
  box: 'c0ffee',
})

/** A socket that has been seated. */
export async function seated(
  origin: string,
  maker: HistoryMaker,
  seat: Seat = 'a',
): Promise<RawClient> {
  const client = new RawClient(origin)
  const said = await sayHello(client, origin, maker, seat)
  if (!said.ok) throw new Error(`not seated: ${said.code}`)
  return client
}

export async function sayHello(
  client: RawClient,
  origin: string,
  maker: HistoryMaker,
  seat: Seat = 'a',
  change: { nonce?: Uint8Array; board?: string; origin?: string } = {},
): Promise<Said<{ seq: number }>> {
  const { nonce } = await client.fact('hello:asked')
  const { sign } = maker.seats[seat]
  const signed = { nonce, origin, board: maker.board, ...change }
  const sig = signHello(sign.secret, signed)
  return client.ask('hello:answer', { board: maker.board, sign: sign.public, sig })
}

export async function proofOf(origin: string, { id, prove }: InvitationSecrets) {
  const answer = await post<{ nonce: string }>(origin, '/api/nonces', {})
  if (!answer.ok) throw new Error(answer.code)
  const { nonce } = answer.value
  return { id, nonce, sig: signInvitationProof(prove.secret, id, nonce) }
}

export const openLink = async (origin: string, invitation: InvitationSecrets) =>
  post<{ blob: string; records: unknown[]; expires: number }>(
    origin,
    '/api/invitations/open',
    await proofOf(origin, invitation),
  )

export const claimLink = async (
  origin: string,
  invitation: InvitationSecrets,
  record: SignedRecord,
  ring: { find: string; box: string },
) =>
  post<{ received: number }>(origin, '/api/invitations/claim', {
    ...(await proofOf(origin, invitation)),
    record: asHex(record),
    ring,
  })

export const BLOB = Uint8Array.of(1, 2, 3)

/** Founds the maker's board on the server. */
export async function found(origin: string, seed: number): Promise<HistoryMaker> {
  const maker = new HistoryMaker(seed).found()
  const answer = await post(origin, '/api/boards', {
    record: asHex(maker.records[0]!),
    ring: ringOf(maker),
  })
  if (!answer.ok) throw new Error(answer.code)
  return maker
}

/** Makes an invitation and has it recorded. */
export async function invite(client: RawClient, maker: HistoryMaker): Promise<InvitationSecrets> {
  const invitation = maker.invite()
  const record = maker.records.at(-1)!
  const said = await client.ask('record:append', { record, invitation: BLOB })
  if (!said.ok) throw new Error(said.code)
  return invitation
}

/** A board of two, seat `a` seated. */
export async function together(
  origin: string,
  seed: number,
): Promise<{ maker: HistoryMaker; a: RawClient; b: RawClient }> {
  const maker = await found(origin, seed)
  const a = await seated(origin, maker)
  const invitation = await invite(a, maker)
  maker.claim(invitation)
  const answer = await claimLink(origin, invitation, maker.records.at(-1)!, ringOf(maker, 'b'))
  if (!answer.ok) throw new Error(answer.code)
  return { maker, a, b: await seated(origin, maker, 'b') }
}

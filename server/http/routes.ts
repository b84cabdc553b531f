/**
 * What is said over HTTP, before one holds a seat. Bytes are hex in JSON; the
 * schemas are in shared/wire.ts.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { fromHex, toHex } from '../../shared/crypto.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { ok, refuse, type RefusalCode, type Result } from '../../shared/refusal.ts'
import {
  posts,
  type HexRecord,
  type PostAnswer,
  type PostPath,
  type PostPayload,
} from '../../shared/wire.ts'
import { isLocal, networkOrigins } from './addresses.ts'
import type { Boards, SealedRing } from '../live/boards.ts'
import { statusOf } from '../edge-errors.ts'
import type { Invitations } from './invitations.ts'
import type { Nonces } from '../live/nonces.ts'
import { originOf } from '../origins.ts'
import { networkOf, type KeyedLimits } from '../rate-limit.ts'
import type { StoredRecord } from '../store/store.ts'

export interface RoutesOptions {
  readonly boards: Boards
  readonly invitations: Invitations
  readonly nonces: Nonces
  readonly rates: KeyedLimits
  readonly publicOrigin: string | null
  readonly exitUrl: string
}

/** A wrong guess costs as much as so many requests. */
const GUESS = 10
const GUESSES: readonly RefusalCode[] = ['invitation-unknown', 'ring-unknown']

export function addRoutes(app: FastifyInstance, options: RoutesOptions): void {
  const { boards, invitations, nonces, publicOrigin } = options

  const post = <P extends PostPath>(
    path: P,
    handler: (payload: PostPayload<P>) => Promise<Result<PostAnswer<P>>>,
  ): void => {
    app.post(path, async (request, reply) => answer(reply, await handle(request)))
    const handle = async (request: FastifyRequest): Promise<Result<PostAnswer<P>>> => {
      if (originOf(request.headers, publicOrigin) === null) return refuse('origin-refused')
      const bucket = options.rates.of(networkOf(request.ip))
      if (!bucket.take()) return refuse('rate-limited')
      const parsed = v.safeParse<(typeof posts)[P]['payload']>(posts[path].payload, request.body)
      if (!parsed.success) return refuse('bad-request')
      const result = await handler(parsed.output)
      if (!result.ok && GUESSES.includes(result.code)) bucket.charge(GUESS - 1)
      return result
    }
  }

  post('/api/boards', async ({ record, ring }) =>
    boards.create(recordFromHex(record), ringFromHex(ring)),
  )

  post('/api/nonces', async () => ok({ nonce: nonces.issue() }))

  post('/api/invitations/open', async (proof) => {
    const opened = await invitations.open(proof)
    if (!opened.ok) return opened
    const { blob, records, expires } = opened.value
    return ok({ blob: toHex(blob), records: records.map(recordToHex), expires })
  })

  post('/api/invitations/claim', async ({ record, ring, ...proof }) =>
    invitations.claim(proof, recordFromHex(record), ringFromHex(ring)),
  )

  post('/api/rings/open', async ({ find }) => {
    const box = await boards.ring(find)
    return box ? ok({ box: toHex(box) }) : refuse('ring-unknown')
  })

  app.get('/api/addresses', async (request, reply) => {
    void reply.header('cache-control', 'no-store')
    if (publicOrigin !== null) return { origins: [publicOrigin] }
    if (!isLocal(request.ip, request.headers.host)) return { origins: [] }
    const { localPort } = request.socket
    return { origins: localPort === undefined ? [] : networkOrigins(localPort) }
  })

  // Asked for by every page as it opens, so that leaving needs no answer any more.
  app.get('/api/settings', async (_request, reply) => {
    void reply.header('cache-control', 'no-cache')
    return { exit: options.exitUrl }
  })

  app.get('/health', async () => ({ ok: true }))
}

export function answer(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  return reply
    .code(result.ok ? 200 : statusOf(result.code))
    .header('cache-control', 'no-store')
    .send(result)
}

const recordFromHex = ({ head, sig, box }: HexRecord): SignedRecord => ({
  head: fromHex(head),
  sig: fromHex(sig),
  box: fromHex(box),
})

const recordToHex = ({ head, sig, box, received }: StoredRecord) => ({
  head: toHex(head),
  sig: toHex(sig),
  box: toHex(box),
  received,
})

const ringFromHex = ({ find, box }: { find: string; box: string }): SealedRing => ({
  find,
  box: fromHex(box),
})

/**
 * The whole server, wired by hand. It does not listen: main.ts does, and tests
 * do on a port of their own. Closing it closes every socket and waits for what
 * was begun; the store is closed by whoever opened it.
 */
import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'
import { randomBytes } from '../shared/crypto.ts'
import { Boards } from './live/boards.ts'
import type { Clock } from './clock.ts'
import { createCompactor } from './compaction/compactor.ts'
import type { Config } from './config.ts'
import { refusalOf } from './edge-errors.ts'
import { securityHeaders } from './http/headers.ts'
import { Invitations } from './http/invitations.ts'
import { shortened, type Logger } from './logger.ts'
import { Nonces } from './live/nonces.ts'
import { nothingThere, servePages } from './http/pages.ts'
import { KeyedLimits } from './rate-limit.ts'
import { addRoutes, answer } from './http/routes.ts'
import { serveSockets } from './live/sockets.ts'
import type { Store } from './store/store.ts'

export interface AppOptions {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** The folder of the built client. */
  readonly client: string
}

const BODY_MAX_BYTES = 64 * 1024

export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, store, clock, logger } = options
  const { limits, publicOrigin } = config
  const now = () => clock.now()

  const app = Fastify({
    // A proxy on this computer says for whom it asks, so that people behind it are told apart.
    trustProxy: 'loopback',
    bodyLimit: BODY_MAX_BYTES,
    logger: false,
    // An address that cannot even be read is nothing here, like any other.
    frameworkErrors: (_thrown, _request, reply) => void nothingThere(reply),
  })
  const compactor = createCompactor(clock)
  app.addHook('onClose', () => compactor.close())
  const boards = await Boards.open({ store, limits, clock, logger, compactor })
  app.addHook('onClose', () => boards.close())
  const closeSockets = serveSockets(app.server, {
    boards,
    limits,
    publicOrigin,
    clock,
    logger,
    random: randomBytes,
  })
  app.addHook('preClose', async () => {
    boards.hurry()
    closeSockets()
  })

  app.removeContentTypeParser('text/plain') // JSON and nothing else
  app.setErrorHandler((thrown, request, reply) =>
    answer(reply, refusalOf(thrown, logger, routeOf(request))),
  )
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime)
    const fields = { method: request.method, route: routeOf(request), status: reply.statusCode, ms }
    logger.info('answered', fields)
  })
  await app.register(helmet, securityHeaders(publicOrigin))

  const nonces = new Nonces(randomBytes, now)
  addRoutes(app, {
    boards,
    nonces,
    invitations: new Invitations({ boards, nonces, clock, logger }),
    rates: new KeyedLimits({ perSecond: limits.postsPerSecond, burst: limits.postsBurst }, now),
    publicOrigin,
    exitUrl: config.exitUrl,
  })
  await servePages(app, options.client)
  return app
}

/** The route as it is written in the source; where there is none, the beginnings of what was asked for. */
function routeOf(request: { readonly routeOptions: { url?: string | undefined }; url: string }) {
  const known = request.routeOptions.url
  if (known !== undefined) return known
  const path = request.url.split(/[?#]/)[0] ?? ''
  return path.slice(0, 120).split('/').map(shortened).join('/')
}

/**
 * The built client. Only files that were there at the start have a route, so no
 * address that someone makes up reaches the disk; every address that could be a
 * page's gets the one page.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'

const INDEX = 'index.html'
/** Words, ids and slashes. What has a dot, an escape or no end is no page. */
const PAGE = /^\/[\w/-]{0,512}$/

const NOT_BUILT =
  'Hedgerow has not been built yet. Stop the server, run "npm run build", start it again.\n'

export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, INDEX))
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      dotfiles: 'ignore',
      // Where the build left a .br or .gz beside a file, that is sent.
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => void response.setHeader('cache-control', cachingOf(path)),
    })
  }
  app.get('/', (_request, reply) => page(reply))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (path === '/api' || path.startsWith('/api/')) {
      return reply.code(404).send({ ok: false, code: 'bad-request' })
    }
    if (!isRead || !PAGE.test(path)) return nothingThere(reply)
    return page(reply)
  })

  const page = (reply: FastifyReply) =>
    isBuilt ? reply.sendFile(INDEX) : reply.code(503).type('text/plain').send(NOT_BUILT)
}

export const nothingThere = (reply: FastifyReply) =>
  reply.code(404).type('text/plain').send('There is nothing at this address.\n')

/** The build puts a hash into the name of everything under assets/. */
const cachingOf = (path: string): string =>
  /[\\/]assets[\\/]/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'

/**
 * Security headers. Nothing here may force https: at home the board is opened
 * over plain http, by address.
 */
import type { FastifyHelmetOptions } from '@fastify/helmet'

export function securityHeaders(publicOrigin: string | null): FastifyHelmetOptions {
  const isHttps = publicOrigin?.startsWith('https:') ?? false
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The editor puts its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        // Older Safari does not count a WebSocket to the same host as 'self'.
        connectSrc: ["'self'", (request) => socketsAt(request.headers.host)],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isHttps && { maxAge: 180 * 24 * 60 * 60 },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // A browser that got the page over plain http ignores these, and complains of them.
    crossOriginOpenerPolicy: isHttps && { policy: 'same-origin' },
    originAgentCluster: isHttps,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  }
}

/** The host is the client's word for it: it goes into the header only if it can be nothing but one. */
const socketsAt = (host: string | undefined): string =>
  host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) ? `ws://${host} wss://${host}` : "'self'"

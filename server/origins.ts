/**
 * Where a request was made from. A page of another site may not talk to this
 * server through someone's browser, and a hello is signed for one origin.
 */
export interface OriginHeaders {
  readonly origin?: string | undefined
  readonly host?: string | undefined
}

/**
 * The origin a request comes from, or null where it is a foreign one. Without
 * an Origin header (a browser leaves it out of a same-origin GET, other programs
 * send none) it is the address that was asked.
 */
export function originOf(headers: OriginHeaders, publicOrigin: string | null): string | null {
  const { origin, host } = headers
  if (origin === undefined) {
    if (host === undefined || hostOf('http:', host) === null) return null
    const isPublic =
      publicOrigin !== null && hostOf(new URL(publicOrigin).protocol, host) === hostIn(publicOrigin)
    return isPublic ? publicOrigin : new URL(`http://${host}`).origin
  }
  if (origin.toLowerCase() === publicOrigin) return publicOrigin
  if (host === undefined || !URL.canParse(origin)) return null
  const { protocol, origin: own } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  return hostIn(origin) === hostOf(protocol, host) ? own : null
}

/** Host and port, without the port that goes without saying. */
const hostIn = (origin: string): string => new URL(origin).host

function hostOf(protocol: string, host: string): string | null {
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`${protocol}//${host}`)) return null
  return new URL(`${protocol}//${host}`).host
}

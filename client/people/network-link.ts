/** An invitation opened at this computer's own address works nowhere else: the same link, as the network sees it. */

export const isLoopback = (hostname: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/** The link under the first address that the server is reached by from the network, or null. */
export async function networkLink(link: string): Promise<string | null> {
  try {
    const answer: unknown = await (await fetch('/api/addresses')).json()
    const origin = originsIn(answer).find((each) => !isLoopback(new URL(each).hostname))
    if (!origin) return null
    const { pathname, hash } = new URL(link)
    return new URL(pathname + hash, origin).href
  } catch {
    return null // the server does not say: the link as it is remains
  }
}

function originsIn(answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('origins' in answer)) return []
  const { origins } = answer
  if (!Array.isArray(origins)) return []
  return origins.filter((each): each is string => typeof each === 'string' && URL.canParse(each))
}

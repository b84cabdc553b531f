/**
 * The secret of an invitation link (K3). It arrives as the fragment of `/join`,
 * is taken out of the address at once, and is kept for this tab until the
 * invitation is joined or refused. Of one that was put off, the tab keeps only
 * until when its link works.
 */
const KEY = 'hedgerow/invitation'
const DECLINED = 'hedgerow/declined'
const pattern = /^[0-9a-f]{32}$/

/** The 32 hex characters of a fragment (`#…`), or null where the link was cut off or holds none. */
export const readFragment = (fragment: string): string | null => {
  const text = fragment.replace(/^#/, '').trim().toLowerCase()
  return pattern.test(text) ? text : null
}

export class SecretOfLink {
  #secret = $state<string | null>(null)

  #declinedUntil = $state<number | null>(null)

  get current(): string | null {
    return this.#secret
  }

  /** “Not now” was chosen: until when the link works, in milliseconds since the epoch. */
  get declinedUntil(): number | null {
    return this.#declinedUntil
  }

  /** Takes the secret of the address the page was opened at, and of those it is later given. */
  start(): () => void {
    this.#secret = this.#kept()
    this.#declinedUntil = Number(withStorage((storage) => storage.getItem(DECLINED))) || null
    this.#take()
    const onHash = () => this.#take()
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }

  /** Forgets it: joined, or refused. */
  drop(): void {
    this.#secret = null
    withStorage((storage) => storage.removeItem(KEY))
  }

  decline(until: number): void {
    this.drop()
    this.#declinedUntil = until
    withStorage((storage) => storage.setItem(DECLINED, String(until)))
  }

  #take(): void {
    if (!/^\/join\/?$/.test(location.pathname) || location.hash === '') return
    const secret = readFragment(location.hash)
    history.replaceState(history.state, '', location.pathname)
    this.#secret = secret
    this.#declinedUntil = null
    withStorage((storage) => {
      storage.removeItem(DECLINED)
      if (secret === null) storage.removeItem(KEY)
      else storage.setItem(KEY, secret)
    })
  }

  #kept(): string | null {
    return readFragment(withStorage((storage) => storage.getItem(KEY)) ?? '')
  }
}

/** A browser may refuse storage: then the secret lives as long as the page. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(sessionStorage)
  } catch {
    return null
  }
}

export const linkSecret = new SecretOfLink()

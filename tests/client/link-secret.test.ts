import { beforeEach, expect, it, vi } from 'vitest'
import { SecretOfLink } from '../../client/link-secret.svelte.ts'

const SECRET = 'ab'.repeat(16)
const UNTIL = Date.UTC(2026, 2, 12)
let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
  vi.stubGlobal('history', { state: null, replaceState: () => undefined })
  vi.stubGlobal('addEventListener', () => undefined)
  return () => vi.unstubAllGlobals()
})

/** A page of this tab, opened at `/join` with that fragment. */
function opened(hash = ''): SecretOfLink {
  vi.stubGlobal('location', { pathname: '/join', hash })
  const link = new SecretOfLink()
  link.start()
  return link
}

it('K3: the secret outlives a reload, and is gone once the invitation is put off', () => {
  opened(`#${SECRET}`)
  const again = opened()
  expect([again.current, again.declinedUntil]).toEqual([SECRET, null])
  again.decline(UNTIL)
  expect([again.current, again.declinedUntil]).toEqual([null, UNTIL])
  expect(JSON.stringify([...kept])).not.toContain(SECRET)
  const later = opened()
  expect([later.current, later.declinedUntil]).toEqual([null, UNTIL])
})

it('the link opened again is an invitation again', () => {
  opened(`#${SECRET}`).decline(UNTIL)
  const again = opened(`#${SECRET}`)
  expect([again.current, again.declinedUntil]).toEqual([SECRET, null])
  expect(opened().declinedUntil).toBeNull()
})

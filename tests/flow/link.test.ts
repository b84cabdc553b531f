import { describe, expect, it, onTestFinished } from 'vitest'
import { Link, type LinkState } from '../../client/wire/link.ts'
import { randomBytes } from '../../shared/crypto.ts'
import { seatSecrets } from '../../shared/keys.ts'
import { appForTest } from '../support/server/app.ts'
import { foundBoard } from '../../client/entrances/found.ts'
import { memoryVault } from '../../client/entrances/vault.ts'
import { tapOf } from '../support/partners/tap.ts'
import { withoutWebSockets } from '../support/partners/without-web-sockets.ts'

/** A new board, and the keys of its first seat. */
async function boardAt(origin: string) {
  const vault = memoryVault()
  const means = { origin, vault, random: randomBytes, now: () => 1_790_000_000_000 }
  const started = await foundBoard(means, 'Ana')
  if (!started.ok) throw new Error(started.code)
  const entry = await vault.seat(started.value)
  return { board: started.value.board, sign: seatSecrets(entry!.seed).sign }
}

function open(origin: string, seat: Awaited<ReturnType<typeof boardAt>>): Link {
  const link = new Link({ origin, ...seat })
  onTestFinished(() => link.close())
  link.connect()
  return link
}

const becomes = (link: Link, kind: LinkState['kind']) =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (link.state.kind !== kind) return
      undo()
      resolve()
    }
    const undo = link.changed.on(look)
    look()
  })

describe('S7: one connection, one owner of reconnecting', () => {
  it('is seated, comes back by itself after a cut, and says nothing in between', async () => {
    const log: string[] = []
    const app = await appForTest({ log: (line) => void log.push(line) })
    const tap = await tapOf(app.port)
    onTestFinished(() => tap.close())
    const link = open(tap.origin, await boardAt(tap.origin))
    expect(await link.seatedWithin(5000)).toBe(true)
    tap.refuse(true)
    tap.cut()
    await becomes(link, 'connecting')
    const asked = await Promise.all([
      link.request('record:since', { seq: 0 }),
      link.request('words:open', { channel: 'board' }),
    ])
    expect(asked.map((answer) => answer.ok || answer.code)).toEqual(['unreachable', 'unreachable'])
    tap.refuse(false)
    link.retry()
    expect(await link.seatedWithin(5000)).toBe(true)
    expect((await link.request('record:since', { seq: 0 })).ok).toBe(true)
    // A buffer of what was asked meanwhile would have been replayed before the hello.
    expect(log.join()).toContain('seated')
    expect(log.join()).not.toContain('hello-missing')
  })

  it('where WebSockets do not pass, it goes by polling', async () => {
    const app = await appForTest()
    const origin = await withoutWebSockets(app.port)
    const link = open(origin, await boardAt(origin))
    expect(await link.seatedWithin(10_000)).toBe(true)
    expect((await link.request('record:since', { seq: 0 })).ok).toBe(true)
  })

  it('closed for good: nothing more is asked, and it does not come back', async () => {
    const app = await appForTest()
    const link = open(app.origin, await boardAt(app.origin))
    await link.seatedWithin(5000)
    link.close()
    link.retry()
    link.restart()
    expect(link.state.kind).toBe('closed')
    expect(await link.seatedWithin(100)).toBe(false)
    expect(await link.request('record:since', { seq: 0 })).toEqual({
      ...{ ok: false, code: 'unreachable' },
    })
  })
})

describe('K4: a server that does not let this seat in', () => {
  it('is asked again, less and less often, and says why all the while', async () => {
    const app = await appForTest()
    const seat = await boardAt(app.origin)
    const tries: number[] = []
    const codes = new Set<string>()
    const link = open(app.origin, { ...seat, sign: seatSecrets(new Uint8Array(16)).sign })
    onTestFinished(
      link.changed.on((state) => {
        if (state.kind !== 'refused') return
        tries.push(performance.now())
        codes.add(state.code)
      }),
    )
    const all = new Promise<void>((resolve) => {
      onTestFinished(link.changed.on(() => tries.length === 4 && resolve()))
    })
    await all
    const waits = tries.slice(1).map((at, i) => at - (tries[i] ?? 0))
    expect(Math.min(...waits)).toBeGreaterThan(480)
    expect(waits.at(-1)).toBeGreaterThan(980)
    expect([...codes]).toEqual(['hello-refused'])
    expect(link.state.kind).toBe('refused')
    expect(await link.seatedWithin(10_000)).toBe(false)
  })
})

/**
 * A link without a wire: the test seats it, answers what was asked through it,
 * and says what the server says.
 */
import { Emitter } from '../../../client/emitter.ts'
import { frameSocketFor } from '../../../client/wire/frame-socket.ts'
import type { Link, LinkState } from '../../../client/wire/link.ts'
import { refuse, type RefusalCode, type Result } from '../../../shared/refusal.ts'
import type { Answer, Fact, FactName, RequestName, SendName, Sent } from '../../../shared/wire.ts'
import { isSync } from '../../../server/live/sync-frames.ts'

type Surface = Pick<Link, 'state' | 'changed' | 'request' | 'send' | 'onFact' | 'restart'>

export interface Asked {
  readonly name: RequestName | SendName
  readonly payload: Record<string, unknown>
  /** Answers it, and lets what waited for the answer run. */
  ok(value?: unknown): Promise<void>
  refuse(code: RefusalCode): Promise<void>
}

/** Lets everything that only waits for its turn run. */
export const turn = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

/** As much of a WebSocket as the provider uses, sending plain bytes. */
export interface ProviderSocket {
  readonly OPEN: number
  readonly readyState: number
  onopen: (() => void) | null
  onmessage: ((event: { data: Uint8Array }) => void) | null
  onclose: (() => void) | null
  send(data: Uint8Array): void
  close(): void
}

export const providerSocket = (context: Parameters<typeof frameSocketFor>[0]): ProviderSocket => {
  const Socket = frameSocketFor(context)
  return new Socket('ws://board/board') as unknown as ProviderSocket
}

export class HandLink implements Surface {
  readonly changed = new Emitter<LinkState>()
  state: LinkState = { kind: 'connecting' }
  restarts = 0
  /** What is not answered yet, oldest first. */
  readonly asked: Asked[] = []
  readonly #listeners = new Map<string, Set<(fact: never) => void>>()
  readonly #cut = new Set<() => void>()

  seat(seq = 0): Promise<void> {
    return this.#become({ kind: 'seated', seq })
  }

  /** The connection goes down: what was asked gets no answer. */
  async drop(): Promise<void> {
    await this.#become({ kind: 'connecting' })
    this.asked.length = 0
    for (const cut of [...this.#cut]) cut()
    await turn()
  }

  /** The oldest of that name, which must be there. */
  next(name: Asked['name']): Asked {
    const at = this.asked.findIndex((asked) => asked.name === name)
    const [found] = at < 0 ? [] : this.asked.splice(at, 1)
    if (!found) throw new Error(`nobody asked for ${name}`)
    return found
  }

  async says<N extends FactName>(name: N, fact: Fact<N>): Promise<void> {
    for (const listener of this.#listeners.get(name) ?? []) listener(fact as never)
    await turn()
  }

  request<N extends RequestName>(
    name: N,
    payload: Record<string, unknown>,
  ): Promise<Result<Answer<N>>> {
    if (this.state.kind !== 'seated') return Promise.resolve(refuse('unreachable'))
    return new Promise((resolve) => {
      const answer = async (result: Result<Answer<N>>) => {
        this.#cut.delete(cut)
        resolve(result)
        await turn()
      }
      const cut = () => void answer(refuse('unreachable'))
      this.#cut.add(cut)
      this.asked.push({
        name,
        payload,
        ok: (value = null) => answer({ ok: true, value: value as Answer<N> }),
        refuse: (code) => answer(refuse(code)),
      })
    })
  }

  send<N extends SendName>(name: N, payload: Sent<N>): void {
    if (this.state.kind !== 'seated') return
    const { channel } = payload
    const frames = payload.frames.filter(isSync).length
    this.asked.push({
      ...{ name, payload },
      ok: async () => {
        if (frames > 0) await this.says('words:written', { channel, frames })
      },
      refuse: async (code) => {
        if (frames > 0) await this.says('words:refused', { channel, frames, code })
      },
    })
  }

  onFact<N extends FactName>(name: N, listener: (fact: Fact<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener)
    return () => listeners.delete(listener)
  }

  restart(): void {
    this.restarts++
  }

  #become(state: LinkState): Promise<void> {
    this.state = state
    this.changed.emit(state)
    return turn()
  }
}

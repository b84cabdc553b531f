/**
 * Compacts documents off the event loop, one after the other, in a worker
 * thread that is started when first needed and let go of when idle.
 */
import { Worker } from 'node:worker_threads'
import type { Clock } from '../clock.ts'
import { serial } from '../store/serial.ts'

export interface CompactQuestion {
  readonly id: number
  readonly state: Uint8Array
}
export type CompactAnswer =
  | { readonly id: number; readonly state: Uint8Array }
  | { readonly id: number; readonly problem: string }

export interface Compactor {
  /** Rejects where the document cannot be compacted, or not in time. */
  compact(state: Uint8Array): Promise<Uint8Array>
  close(): Promise<void>
}

const PATIENCE_MS = 60_000
const IDLE_MS = 10_000
/** A document made to be large once opened ends the worker, not the server. */
const MOST_MEGABYTES = 512

export const createCompactor = (clock: Clock): Compactor => new WorkerCompactor(clock)

class WorkerCompactor implements Compactor {
  readonly #clock: Clock
  readonly #serially = serial()
  #worker: Worker | null = null
  #cancelIdle: () => void = () => undefined
  #next = 0
  #closed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  compact(state: Uint8Array): Promise<Uint8Array> {
    return this.#serially(async () => {
      if (this.#closed) throw new Error('the compactor is closed')
      this.#cancelIdle()
      const worker = (this.#worker ??= startWorker())
      try {
        return await this.#ask(worker, { id: this.#next++, state })
      } catch (cause) {
        await this.#stop() // it may be stuck
        throw cause
      } finally {
        this.#cancelIdle = this.#clock.after(IDLE_MS, () => void this.#stop())
      }
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#cancelIdle()
    await this.#stop()
    await this.#serially(async () => undefined)
    this.#cancelIdle()
  }

  #ask(worker: Worker, question: CompactQuestion): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const undo = [
        this.#clock.after(PATIENCE_MS, () => settle(() => reject(new Error('it took too long')))),
        listen(worker, 'message', (answer: CompactAnswer) => {
          if (answer.id !== question.id) return
          settle(() =>
            'state' in answer ? resolve(answer.state) : reject(new Error(answer.problem)),
          )
        }),
        listen(worker, 'error', (cause: Error) => settle(() => reject(cause))),
        listen(worker, 'exit', () => settle(() => reject(new Error('the worker ended')))),
      ]
      const settle = (how: () => void) => {
        for (const each of undo.splice(0)) each()
        how()
      }
      worker.postMessage(question)
    })
  }

  async #stop(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }
}

function listen<T>(worker: Worker, event: string, listener: (value: T) => void): () => void {
  worker.on(event, listener)
  return () => worker.off(event, listener)
}

/** Beside this file as it was built; from source, through the loader of TypeScript that runs it. */
function startWorker(): Worker {
  const limits = { resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES } }
  const worker = import.meta.url.endsWith('.ts')
    ? new Worker(loading('./compact-worker.ts'), { ...limits, eval: true })
    : new Worker(new URL('compact-worker.js', import.meta.url), limits)
  worker.unref()
  // Whoever asked hears of its end; between two questions nobody needs to.
  worker.on('error', () => undefined)
  return worker
}

const loading = (source: string): string => {
  const [what, from] = [source, import.meta.url].map((text) => JSON.stringify(text))
  return `import('tsx/esm/api').then(({ tsImport }) => tsImport(${what}, ${from}))`
}

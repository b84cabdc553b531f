/** The worker thread of compactor.ts: bytes in, smaller bytes or a reason out. */
import { parentPort } from 'node:worker_threads'
import { compact } from './compact.ts'
import type { CompactAnswer, CompactQuestion } from './compactor.ts'

parentPort?.on('message', ({ id, state }: CompactQuestion) => {
  parentPort?.postMessage(answer(id, state))
})

function answer(id: number, state: Uint8Array): CompactAnswer {
  try {
    return { id, state: compact(state) }
  } catch (cause) {
    return { id, problem: String(cause) }
  }
}

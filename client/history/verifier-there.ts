/**
 * Verifies in a worker. One that cannot start, or stops, changes nothing but
 * where the work is done: what it has not answered is done here.
 */
import { verifierHere, type Verifier } from './verifier.ts'
import type { Question, Reply } from './verifier-worker.ts'

/** As much of a worker as is used. */
export type WorkerLike = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>

const startWorker = (): WorkerLike =>
  new Worker(new URL('./verifier-worker.ts', import.meta.url), { type: 'module' })

interface Asked extends Question {
  readonly resolve: (followed: Reply['followed'] | Promise<Reply['followed']>) => void
}

export function verifierThere(start: () => WorkerLike = startWorker): Verifier {
  const here = verifierHere()
  const asked = new Map<number, Asked>()
  let count = 0
  let worker = started(start)

  const end = (answer: (question: Asked) => Reply['followed'] | Promise<Reply['followed']>) => {
    worker?.terminate()
    worker = null
    const open = [...asked.values()]
    asked.clear()
    for (const question of open) question.resolve(answer(question))
  }
  const giveUp = () => end(({ chain, records, known }) => here.follow(chain, records, known))
  if (worker) {
    worker.onerror = worker.onmessageerror = giveUp
    worker.onmessage = ({ data: { id, followed } }: MessageEvent<Reply>) => {
      asked.get(id)?.resolve(followed)
      asked.delete(id)
    }
  }

  return {
    follow(chain, records, known) {
      if (!worker) return here.follow(chain, records, known)
      const id = count++
      const question = { id, chain, records: records.map(bare), known }
      return new Promise((resolve) => {
        asked.set(id, { ...question, resolve })
        worker?.postMessage(question satisfies Question)
      })
    },
    close: () => end(() => []),
  }
}

function started(start: () => WorkerLike): WorkerLike | null {
  try {
    return start()
  } catch {
    return null // not allowed, or not there: it is done here
  }
}

const bare = ({ head, sig, box }: Question['records'][number]) => ({ head, sig, box })

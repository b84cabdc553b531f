/** The worker that verifies: asked with a number, it answers with the same one. */
import type { Chain, Extended } from '../../shared/history.ts'
import type { SignedRecord } from '../../shared/record.ts'
import { verifierHere } from './verifier.ts'

export interface Question {
  readonly id: number
  readonly chain: Chain | null
  readonly records: readonly SignedRecord[]
  readonly known: boolean
}

export interface Reply {
  readonly id: number
  readonly followed: readonly Extended[]
}

const page = self as unknown as MessagePort
const verifier = verifierHere()

page.onmessage = async ({ data }: MessageEvent<Question>) => {
  const { id, chain, records, known } = data
  const followed = await verifier.follow(chain, records, known)
  page.postMessage({ id, followed } satisfies Reply)
}

/**
 * The ways to handle what a socket sends: `on(socket, event, schema, handler)`
 * for a request, which is answered by a value or by a refusal, and `hear` for
 * what is not. What arrives is unknown until its schema has read it.
 */
import type { Socket } from 'socket.io'
import * as v from 'valibot'
import { refuse, type Result } from '../../shared/refusal.ts'
import {
  requests,
  sends,
  type Answer,
  type Payload,
  type RequestName,
  type SendName,
  type Sent,
} from '../../shared/wire.ts'
import { refusalOf } from '../edge-errors.ts'
import type { Logger } from '../logger.ts'

export interface Guard {
  readonly logger: Logger
  /** Told of each event that is none of ours, or not made as it must be. */
  readonly nuisance: () => void
}

export function on<N extends RequestName>(
  socket: Socket,
  event: N,
  schema: (typeof requests)[N]['payload'],
  handler: (payload: Payload<N>) => Promise<Result<Answer<N>>>,
  guard: Guard,
): void {
  // Everything this socket listens to goes with it.
  socket.on<RequestName>(event, (...args: unknown[]) => {
    const acknowledge = args.at(-1)
    if (!isAcknowledgement(acknowledge)) return guard.nuisance()
    const parsed = v.safeParse(schema, args[0])
    if (!parsed.success) {
      guard.nuisance()
      return acknowledge(refuse('bad-request'))
    }
    const answer = async () => handler(parsed.output)
    void answer()
      .catch((thrown: unknown) => refusalOf(thrown, guard.logger, event))
      .then((result) => {
        if (!result.ok) guard.logger.info('refused', { event, code: result.code })
        if (socket.connected) acknowledge(result)
      })
  })
}

/** `handler` answers for itself, by facts, and does not throw. */
export function hear<N extends SendName>(
  socket: Socket,
  event: N,
  handler: (sent: Sent<N>) => void,
  guard: Guard,
): void {
  socket.on<SendName>(event, (...args: unknown[]) => {
    const parsed = v.safeParse(sends[event], args[0])
    if (parsed.success) handler(parsed.output)
    else guard.nuisance()
  })
}

/** Socket.IO makes it where the client wants an answer: nothing that was sent is a function. */
const isAcknowledgement = (value: unknown): value is (answer: unknown) => void =>
  typeof value === 'function'

export const isOurs = (event: unknown): boolean =>
  typeof event === 'string' && (Object.hasOwn(requests, event) || Object.hasOwn(sends, event))

/**
 * Who is inside which boundary: awareness is passed on only among the sockets
 * of one room of one board, and never stored (S5). Rooms are opaque names, and
 * what is shown is sealed; the server knows a client's number and its clock,
 * so that it can announce its end.
 */
import type { Session } from './session.ts'
import { awarenessFrame, GONE, queryFrame, readAwareness, type Awareness } from './sync-frames.ts'

const MOST_BYTES = 4 * 1024

interface Present {
  room: string | null
  /** The one client that this socket speaks for: the first it named. */
  client: number | null
  /** What it last showed, until it said that it left. */
  shown: Awareness | null
}

export class Presence {
  readonly #sessions = new Map<Session, Present>()

  /** Enters a room, leaving any other, and asks those there to show themselves. */
  join(session: Session, room: string): void {
    this.leave(session)
    const known = this.#sessions.get(session)
    this.#sessions.set(session, { room, client: known?.client ?? null, shown: null })
    this.query(session)
  }

  /** Leaves the room, and says so for the client if it did not itself. */
  leave(session: Session): void {
    const present = this.#sessions.get(session)
    if (!present) return
    // With the same clock: a client that comes back counts on from its own.
    if (present.shown) this.#send(session, awarenessFrame({ ...present.shown, state: GONE }))
    present.room = null
    present.shown = null
  }

  forget(session: Session): void {
    this.leave(session)
    this.#sessions.delete(session)
  }

  /** Passes on the frame in which a socket shows itself, as it came; anything else is dropped. */
  receive(session: Session, states: Uint8Array, frame: Uint8Array): void {
    const present = this.#sessions.get(session)
    if (!present?.room || states.length > MOST_BYTES) return
    const awareness = readAwareness(states)
    if (!awareness || !this.#mayName(session, present, awareness.client)) return
    present.client = awareness.client
    present.shown = awareness.state === GONE ? null : awareness
    this.#send(session, frame)
  }

  /** Asks the others in this socket's room to show themselves. */
  query(session: Session): void {
    this.#send(session, queryFrame)
  }

  /** A socket speaks for one client, and not for another socket's, unless it is the same person coming back. */
  #mayName(session: Session, present: Present, client: number): boolean {
    if (present.client !== null) return present.client === client
    for (const [other, { client: taken, room }] of this.#sessions) {
      if (other === session || taken !== client || room !== present.room) continue
      if (other.seat !== session.seat) return false
      this.#sessions.delete(other) // its connection is dead and does not know yet
    }
    return true
  }

  #send(from: Session, frame: Uint8Array): void {
    const room = this.#sessions.get(from)?.room
    if (!room) return
    for (const [other, present] of this.#sessions) {
      if (other !== from && present.room === room) other.outbox.push(frame)
    }
  }
}

/**
 * What the benchmark asks of every server, ours and those beside it: to run in a process of its
 * own, and to let people in at boards. A person holds a Yjs document that everyone at the board
 * comes to share; whatever way the words take belongs to the peer.
 */
import type * as Y from 'yjs'
import type { ServerProcess } from './server-process.ts'

export interface Peer {
  /** As it is named on the command line of a measurement. */
  readonly name: string
  /** As the table calls it. */
  readonly title: string
  /** What must be installed in tests/bench for it. */
  readonly packages: readonly string[]
  /** Starts a server over an empty folder, on which `boards` boards can be opened. */
  start(folder: string, boards: number): Promise<Site>
  /** Runs in the server's own process; resolves to its port. Ours is started as it is built. */
  readonly serve?: (folder: string) => Promise<number>
}

export interface Site {
  readonly server: ServerProcess
  /** Begins to connect; through another port where a wire in between counts. */
  connect(board: number, seat: Seat, port?: number): Promise<Person>
}

export type Seat = 0 | 1

export interface Person {
  readonly doc: Y.Doc
  /** Resolves once this person has what the server has. */
  readonly inStep: Promise<unknown>
  /** Brings a whole document along, whoever wrote in it. */
  bring(state: Uint8Array): void
  /** Shows to the other where the caret is. */
  caret(at: number): void
  /** Calls back whenever all that was written here is acknowledged, until the returned undo; null: nothing ever is. */
  readonly onSaved: ((listener: () => void) => () => void) | null
  /** Resolves once all that was written here has been tidied up as it is when people pause. */
  settled(): Promise<void>
  close(): void
}

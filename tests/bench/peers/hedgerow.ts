/**
 * Ours: words sealed by the client's own modules, written before they are
 * acknowledged. A person is the page's link and words without its history and its screens. The
 * boards and their two people are made beforehand, straight into the folder.
 */
import * as Y from 'yjs'
import { randomBytes } from '../../../shared/crypto.ts'
import { readHead } from '../../../shared/record.ts'
import { makeOwnId } from '../../../shared/own-id.ts'
import { Link } from '../../../client/wire/link.ts'
import { BoardWords } from '../../../client/sync/board-words.ts'
import { defaultSquashing, squashIfDue } from '../../../client/sync/squashing.ts'
import { realDisk } from '../../../server/store/disk.ts'
import { openFileStore } from '../../../server/store/file-store.ts'
import { HistoryMaker } from '../../support/history/make-history.ts'
import type { Peer, Person, Seat, Site } from './peer.ts'
import { OURS, startServer } from './server-process.ts'

/** Two people do here in seconds what they do in years; all come from one address. */
const UNHURRIED = Object.fromEntries(
  ['EVENTS_PER_SECOND', 'EVENTS_BURST', 'RECORDS_PER_SECOND', 'RECORDS_BURST', 'UNANSWERED'].map(
    (name) => [`LIMIT_${name}`, '1000000'],
  ),
)

/** The boundary that both have open, for their carets. */
const BOUNDARY = '00'.repeat(16)

export interface HedgerowSite extends Site {
  readonly boards: readonly HistoryMaker[]
  /** Seated, and nothing more. */
  link(board: number, seat: Seat, port?: number): Promise<Link>
}

export const hedgerow = {
  name: 'hedgerow',
  title: 'Hedgerow',
  packages: [],

  async start(folder: string, count: number): Promise<HedgerowSite> {
    const boards = await makeBoards(folder, count)
    const server = await startServer(OURS, {
      ...{ PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, LOG_LEVEL: 'warn' },
      ...UNHURRIED,
    })
    const link = async (board: number, seat: Seat, port = server.port) => {
      const maker = boards[board]!
      const opened = linkOf(maker, seat, port)
      if (!(await opened.seatedWithin(30_000))) throw new Error('not let in')
      return opened
    }
    return {
      ...{ server, boards, link },
      connect: async (board, seat, port = server.port) => personAt(boards[board]!, seat, port),
    }
  },
} satisfies Peer

function linkOf(maker: HistoryMaker, seat: Seat, port: number): Link {
  const { sign } = maker.seats[seat === 0 ? 'a' : 'b']
  const link = new Link({ origin: `http://127.0.0.1:${port}`, board: maker.board, sign })
  link.connect()
  return link
}

function personAt(maker: HistoryMaker, seat: Seat, port: number): Person {
  const link = linkOf(maker, seat, port)
  const name = seat === 0 ? 'a' : 'b'
  const words = new BoardWords({
    ...{ board: maker.board, seat: name, link, keys: maker.keys, random: randomBytes, keep: null },
    device: makeOwnId(maker.seats[name].own, 8, randomBytes),
  })
  const { tally, sealed } = words
  words.presence.enter(BOUNDARY)
  return {
    doc: words.inner,
    inStep: when(tally.changed, () => tally.inStep).then(() => sealed.settled()),
    bring: (state) => {
      // As a device does that squashes what both wrote (S4): one change of one writer it is not.
      Y.applyUpdate(words.inner, state, sealed)
      sealed.squash()
    },
    caret: (at) => words.presence.inner.setLocalStateField('caret', at),
    onSaved: (listener) =>
      tally.changed.on(() => {
        if (tally.state.kind === 'saved') listener()
      }),
    settled: async () => {
      await new Promise((resolve) => setTimeout(resolve, defaultSquashing.idle + 100))
      squashIfDue(sealed)
      await when(tally.changed, () => tally.state.kind === 'saved')
    },
    close: () => {
      link.close()
      words.destroy()
    },
  }
}

function when(changed: BoardWords['tally']['changed'], holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds()) return resolve()
    const undo = changed.on(() => {
      if (!holds()) return
      undo()
      resolve()
    })
  })
}

/** Nothing is measured yet, so the disk is not waited for. */
async function makeBoards(root: string, count: number): Promise<HistoryMaker[]> {
  const disk: typeof realDisk = {
    ...realDisk,
    open: async (path, flags) => {
      const file = await realDisk.open(path, flags)
      return { ...file, writeThrough: file.write, sync: async () => {} }
    },
  }
  const store = await openFileStore({ root, disk })
  const boards: HistoryMaker[] = []
  for (let n = 0; n < count; n++) {
    const maker = new HistoryMaker(n + 1).together()
    const [first, ...rest] = maker.records.map((record) => ({ ...record, received: Date.now() }))
    await store.create(maker.board, first!, { invitations: {}, rings: {} })
    for (const [i, record] of rest.entries()) {
      const { board } = maker
      const place = { seq: i + 1, prev: prevOf(record.head) }
      if (!(await store.appendRecord(board, place, record))) throw new Error('not appended')
    }
    await store.release(maker.board)
    boards.push(maker)
  }
  await store.close()
  return boards
}

const prevOf = (head: Uint8Array): string => {
  const read = readHead(head)
  if (!read.ok) throw new Error(read.code)
  return read.value.prev
}

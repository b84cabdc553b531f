/** The view of a board that this device holds no seat of: it says so, and can do nothing. */
import type { Seat } from '../../shared/ids.ts'
import type { BoardView, Said } from './board-view.ts'

const nothing = async (): Promise<Said> => ({ kind: 'refused', code: 'board-unknown' })

export const noBoard = (id: string, seat: Seat): BoardView & { close(): void } => ({
  id,
  seat,
  ready: true,
  trouble: 'no-board-here',
  connection: { kind: 'saved' },
  online: false,
  me: '',
  partner: null,
  joined: false,
  cards: [],
  history: [],
  invitation: null,
  justJoined: false,
  unreadable: 0,
  boundary: () => null,
  share: () => ({ problem: 'empty' }),
  reading: () => null,
  agree: nothing,
  takeBack: nothing,
  stepBack: nothing,
  suggestChange: () => undefined,
  keepWords: async () => undefined,
  rename: nothing,
  invite: nothing,
  cancelInvitation: nothing,
  dismissJustJoined: () => undefined,
  twelveWords: async () => '',
  fourWords: async () => null,
  enter: () => () => undefined,
  showsPresence: false,
  showPresence: async () => undefined,
  notes: async () => ({
    of: () => [],
    add: () => false,
    answer: () => undefined,
    remove: () => undefined,
  }),
  editor: () => null,
  retry: () => undefined,
  close: () => undefined,
})

/**
 * The running board as the screens see it: every getter tells Svelte what it
 * depends on, so that typing in one boundary draws that boundary and its card
 * again and nothing else.
 */
import { createSubscriber } from 'svelte/reactivity'
import { randomBytes } from '../../shared/crypto.ts'
import type { Category } from '../../shared/categories.ts'
import type { Seat } from '../../shared/ids.ts'
import { Board } from './board.ts'
import type { BoardChange } from './board-change.ts'
import { ReactiveDrafts } from '../drafts/drafts.svelte.ts'
import type {
  BoardView,
  NotesView,
  OpenBoundary,
  PastView,
  Reading,
  SinceView,
} from './board-view.ts'
import { followSeen, whileHere } from './page-here.ts'
import { keepInBrowser } from '../sync/keep-doc.ts'
import { vault } from '../entrances/vault-live.ts'

export type OpenBoard = BoardView & { close(): void }

/** Opens the board from the seat that this device holds; without one, the view says so. */
export async function openBoard(board: string, seat: Seat): Promise<OpenBoard> {
  const keys = await vault()
  const entry = await keys.seat({ board, seat })
  if (!entry) {
    const { noBoard } = await import('./no-board.ts')
    return noBoard(board, seat)
  }
  const running = new Board({
    origin: location.origin,
    entry,
    vault: keys,
    random: randomBytes,
    now: () => Date.now(),
    keep: keepInBrowser,
    whileHere,
    verifier: async () => (await import('../history/verifier-there.ts')).verifierThere(),
  })
  const view = new ReactiveBoard(running)
  void running.open()
  return view
}

class ReactiveBoard implements OpenBoard {
  readonly drafts: ReactiveDrafts
  readonly #board: Board
  readonly #followRest: () => void
  readonly #followAny: () => void
  readonly #followOne = new Map<string, () => void>()
  readonly #unfollow: () => void
  readonly #wakeUp = () => this.#board.retry()

  constructor(board: Board) {
    this.#board = board
    this.drafts = new ReactiveDrafts(board.drafts)
    this.#followRest = this.#follow((change) => change === null)
    this.#followAny = this.#follow(() => true)
    addEventListener('online', this.#wakeUp)
    this.#unfollow = followSeen(document, (seen) => board.setSeen(seen))
  }

  close(): void {
    removeEventListener('online', this.#wakeUp)
    this.#unfollow()
    this.#board.close()
  }

  get id() {
    return this.#board.id
  }
  get seat() {
    return this.#board.seat
  }
  get ready() {
    return this.#rest().ready
  }
  get trouble() {
    return this.#rest().trouble
  }
  get vouchedAt() {
    return this.#rest().vouchedAt
  }
  get connection() {
    return this.#rest().connection
  }
  get online() {
    return this.#rest().online
  }
  get today() {
    return this.#rest().today
  }
  get me() {
    return this.#rest().me
  }
  get partner() {
    return this.#rest().partner
  }
  get joined() {
    return this.#rest().joined
  }
  get history() {
    return this.#rest().history
  }
  get invitation() {
    return this.#rest().invitation
  }
  get justJoined() {
    return this.#rest().justJoined
  }
  get unreadable() {
    return this.#rest().unreadable
  }
  get cameBack() {
    return this.#rest().cameBack
  }
  get showsPresence() {
    return this.#rest().showsPresence
  }
  get cards() {
    this.#followAny()
    return this.#board.cards
  }

  boundary(id: string): OpenBoundary | null {
    this.#one(id)
    return this.#board.boundary(id)
  }
  reading(id: string) {
    this.#one(id)
    return this.#board.reading(id)
  }
  editor(id: string) {
    this.#one(id)
    return this.#board.editor(id)
  }

  agree = (reading: Reading, why?: string) => this.#board.answers.agree(reading, why)
  notYet = (id: string, until: string, note?: string) => this.#board.answers.notYet(id, until, note)
  refusing = (id: string) => this.#board.answers.refusing(id)
  sayNo = (id: string, note?: string, words?: string | null) =>
    this.#board.answers.sayNo(id, note, words)
  suggestEnding = (id: string, why?: string) => this.#board.answers.suggestEnding(id, why)
  heard = (id: string) => this.#board.answers.heard(id)
  lookAgain = (id: string, on: string | null) => this.#board.answers.lookAgain(id, on)
  bringBack = (id: string) => this.#board.answers.bringBack(id)
  setAside = (id: string) => this.#board.answers.setAside(id)
  pickUp = (id: string) => this.#board.answers.pickUp(id)
  takeBack = (id: string) => this.#board.answers.takeBack(id)
  stepBack = (id: string) => this.#board.answers.stepBack(id)
  dismissUnsaid = (id: string) => this.#board.dismissUnsaid(id)
  suggestChange = (id: string) => this.#board.answers.suggestChange(id)
  keepWords = (id: string) => this.#board.answers.keepWords(id)
  bringBackKept = (id: string) => this.#board.answers.bringBackKept(id)
  closeKept = (id: string) => this.#board.answers.closeKept(id)
  rename = (name: string) => this.#board.people.rename(name)
  invite = () => this.#board.invite()
  cancelInvitation = () => this.#board.cancelInvitation()
  dismissJustJoined = () => this.#board.dismissJustJoined()
  twelveWords = () => this.#board.people.twelveWords()
  fourWords = () => this.#board.people.fourWords()
  enter = (id: string) => this.#board.enter(id)
  showPresence = (shown: boolean) => this.#board.showPresence(shown)
  setCategory = (id: string, category: Category | null) => this.#board.setCategory(id, category)
  past = async (): Promise<PastView> => {
    const past = await this.#board.past()
    const rest = () => this.#rest()
    return {
      get lines() {
        rest()
        return past.lines
      },
      get spans() {
        rest()
        return past.spans
      },
      get timeline() {
        rest()
        return past.timeline
      },
      everything: (beside) => past.everything(beside),
    }
  }
  bothHistories = () => this.#board.bothHistories()
  notes = async (): Promise<NotesView> => {
    const notes = await this.#board.notes()
    return {
      of: (id) => {
        this.#one(id)
        return notes.of(id)
      },
      add: (id, kind, text) => notes.add(id, kind, text),
      answer: (id, note, right) => notes.answer(id, note, right),
      remove: (id, note) => notes.remove(id, note),
    }
  }
  since = async (): Promise<SinceView> => {
    const since = await this.#board.since()
    const rest = () => this.#rest()
    return {
      get told() {
        rest()
        return since.told
      },
      shown: () => since.shown(),
      dismiss: () => since.dismiss(),
    }
  }
  retry = () => this.#board.retry()

  #rest(): Board {
    this.#followRest()
    return this.#board
  }

  #one(id: string): void {
    let follow = this.#followOne.get(id)
    if (!follow) {
      follow = this.#follow((change) => change === null || change.boundary === id)
      this.#followOne.set(id, follow)
    }
    follow()
  }

  #follow(concerns: (change: BoardChange) => boolean): () => void {
    return createSubscriber((update) =>
      this.#board.changed.on((change) => {
        if (concerns(change)) update()
      }),
    )
  }
}

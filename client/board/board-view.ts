/**
 * What the screens of an open board see and do. Components draw a `BoardView`
 * and call its verbs; `board.svelte.ts` makes one over the running `Board`.
 */
import type { BoundaryAct } from '../../shared/act.ts'
import type { Seat } from '../../shared/ids.ts'
import type { RefusalCode } from '../../shared/refusal.ts'
import type { Category } from '../../shared/categories.ts'
import type { Note } from '../../shared/notes.ts'
import type { Kind, TextProblem, Texts, Wording } from '../../shared/wording.ts'
import type { Unsaid } from '../history/intentions.ts'
import type { Past } from '../past/past.ts'
import type { EditorBinding } from '../editor/editor-binding.ts'
import type { HistoryItem } from '../reading/history-item.ts'
import type { ForYou, Resting } from '../reading/patience.ts'

/** How a boundary stands, seen from one seat. Those that carry something are objects. */
export type Status =
  | 'being-worded'
  /** My yes is open; the partner has not answered. */
  | 'waiting'
  | 'agreed'
  | 'change-suggested'
  | 'ending-suggested'
  | 'not-agreed-any-more'
  /** A draft of one's own, on no one else's device. */
  | 'private'
  /** A no to the words on the table. */
  | 'no-for-now'
  /** Both agreed to end it. */
  | 'let-go'
  | 'set-aside'
  /** Something I said waits for the server. */
  | 'not-recorded-yet'
  /** A not-yet that holds: mine or the partner's. */
  | { readonly kind: 'needs-until'; readonly until: string; readonly mine: boolean }
  /** A limit in force: mine or the partner's. */
  | { readonly kind: 'limit'; readonly mine: boolean; readonly heard: boolean }

/** One boundary on the list. */
export interface Card {
  readonly id: string
  readonly name: string
  readonly status: Status
  readonly category: Category | null
  /** The other person put it on the table. */
  readonly theirs: boolean
  /** The words in force, else those on the table. */
  readonly words: string
  /** The partner's open yes, where nothing is in force: the words here are those on the table. */
  readonly partnerYes: YesTo
  /** What it wants of me now. */
  readonly forYou: ForYou | null
}

/** Somebody's open yes, beside the words that are on the table now. */
export type YesTo = 'none' | 'these-words' | 'earlier-words' | 'ending'

/** Somebody's not-yet or no. */
export type WaitingAnswer =
  | {
      readonly kind: 'later'
      readonly until: string
      readonly note: string | null
      readonly passed: boolean
    }
  /** `edited`: the words on the table are not those that it was to. */
  | { readonly kind: 'no'; readonly note: string | null; readonly edited: boolean }

/** What waits to be recorded, or why it was not. */
export interface Pending {
  readonly act: BoundaryAct['kind']
  readonly unsaid: Unsaid | null
}

/** A wording in force, and since when (seconds since the epoch). */
export interface InForce {
  readonly wording: Wording
  /** Its hash. */
  readonly words: string
  readonly at: number
}

/** One boundary, open on its own screen. */
export interface OpenBoundary {
  readonly id: string
  readonly status: Status
  /** *Ours*, or the seat whose limit it is. */
  readonly kind: Kind
  readonly category: Category | null
  /** The words on the table as they read now (uncleaned). */
  readonly table: Texts
  readonly inForce: InForce | null
  /** What was taken off the table by keeping the words in force, as it lies there (`kept-words.ts`). */
  readonly kept: unknown
  /** Something was in force and was stepped back from, at this moment (seconds). */
  readonly steppedBackAt: number | null
  readonly myYes: YesTo
  readonly partnerYes: YesTo
  /** What each open yes is to, for before and after. */
  readonly myYesTo: Wording | null
  readonly partnerYesTo: Wording | null
  /** The reason beside each open yes. */
  readonly myWhy: string | null
  readonly partnerWhy: string | null
  readonly myAnswer: WaitingAnswer | null
  readonly partnerAnswer: WaitingAnswer | null
  readonly forYou: ForYou | null
  /** What I said while the server could not be reached. */
  readonly pending: Pending | null
  /** The words on the table wait: the partner said no to the same ones, or to others here. */
  readonly resting: Resting | null
  readonly endingRests: Resting | null
  /** The limit in force was heard. */
  readonly heard: boolean
  /** A day on which to look at it again; with `wantsNoDate`, the question was answered. */
  readonly lookAgain: string | null
  readonly wantsNoDate: boolean
  readonly aside: boolean
  readonly mayPutAside: boolean
  /** The words before those in force, of the partner's limit. */
  readonly previous: Wording | null
  /** Whether the words on the table differ from those in force. */
  readonly newWords: boolean
  /** What keeps the words on the table from being agreed to, if anything. */
  readonly problem: TextProblem | null
  /** The partner has this boundary open too, now. */
  readonly partnerHere: boolean
  /** The partner changed the words less than 3 s ago. */
  readonly partnerWriting: boolean
}

/** What the sheet shows and signs. */
export interface Reading {
  readonly boundary: string
  readonly wording: Wording
}

/** How saying something on record ended. */
export type Said =
  | { readonly kind: 'recorded' }
  /** The server cannot be reached: kept on this device, and said once it can be (R7). */
  | { readonly kind: 'not-recorded-yet' }
  /** The words moved between reading and saying: nothing was signed. */
  | { readonly kind: 'words-moved'; readonly before: Wording; readonly after: Wording | null }
  /** The partner's take-back came first: nothing was agreed. */
  | { readonly kind: 'taken-back-meanwhile' }
  /** The partner's yes came before the take-back: it is agreed. */
  | { readonly kind: 'agreed-meanwhile' }
  /** Something else about this boundary came first: look again. */
  | { readonly kind: 'look-again' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly code: RefusalCode }

export type Connection =
  /** Nothing shown yet: neither cache nor server has answered. */
  | { readonly kind: 'opening' }
  /** A long stretch of the history is being verified; so many records are. */
  | { readonly kind: 'checking'; readonly done: number; readonly of: number }
  /** All that was written here is written there. */
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline' }
  /** Everything is sent again after a time offline (for a few seconds). */
  | { readonly kind: 'back-online' }
  /** The server refuses words for a reason that waiting will not mend by itself. */
  | { readonly kind: 'refused'; readonly code: RefusalCode }

/** One thing that the partner did with a boundary since this device was last here. */
export interface Told {
  readonly boundary: string
  /** Short enough for one line. */
  readonly name: string
  readonly what:
    | Extract<
        HistoryItem['what'],
        | 'stepped-back'
        | 'let-go'
        | 'agreed'
        | 'changed'
        | 'limit'
        | 'limit-changed'
        | 'limit-ended'
        | 'ending-suggested'
        | 'needs-time'
        | 'said-no'
        | 'heard'
        | 'took-back'
        | 'took-back-answer'
      >
    | 'shared'
    | 'shared-and-agrees'
    | 'agrees'
    | 'change-suggested'
  /** The day that a not-yet names. */
  readonly day: string | null
}

/** *Since you were last here*, on this device's own memory. Nothing of it is sent. */
export interface SinceView {
  /** What matters most first. */
  readonly told: readonly Told[]
  /** It is on the screen: leaving now leaves it behind. */
  shown(): void
  dismiss(): void
}

export interface OpenInvitation {
  readonly id: string
  /** The whole link, or null where another device of this seat made it. */
  readonly link: string | null
  /** Milliseconds since the epoch: when the link stops working. */
  readonly until: number
}

/** Why a board cannot be shown, or can no longer be trusted. */
export type Trouble =
  /** No seat of this board is on this device, or the server knows no such board. */
  | 'no-board-here'
  | 'unreachable'
  /** The records do not follow from those before: nothing new can be agreed. */
  | 'history-broken'
  /** The browser keeps nothing: what is written is lost with this page. */
  | 'storage-refused'
  /** The browser takes no more words: what is not sent yet is lost with this page. */
  | 'words-not-kept'
  | 'board-damaged'

/** Notes of the boundaries, and what can be done about them. Nothing here is on record. */
export interface NotesView {
  /** Oldest first; one's own and the partner's. */
  of(boundary: string): readonly Note[]
  /** False where the text is empty, too long or unfit: nothing is added. */
  add(boundary: string, kind: Note['kind'], text: string): boolean
  /** Answers what the partner said back. */
  answer(boundary: string, note: string, right: boolean): void
  /** Deletes one's own. */
  remove(boundary: string, note: string): void
}

/** What a form holds; *ours*, and about nothing in particular, where nothing else is said. */
export interface Written extends Texts {
  readonly kind?: Kind
  readonly category?: Category | null
}

/** The history as records say it, for looking back. */
export type PastView = Pick<Past, 'lines' | 'spans' | 'timeline' | 'everything'>

/** One's private drafts: nobody else's device has them (S9). */
export interface Draft extends Required<Written> {
  readonly id: string
  /** Seconds since the epoch. */
  readonly created: number
}

/** What a form holds, or the id of a draft. */
export type Shareable = Written | string

/** `too-many`: one's own 250 are used. */
export type ShareProblem = TextProblem | 'too-many'
export type Shared = { readonly id: string } | { readonly problem: ShareProblem }

export interface DraftsView {
  /** Newest first, without those that are on the board by now. */
  readonly cards: readonly Card[]
  /** The draft deleted last, while that can be undone. */
  readonly deleted: { readonly id: string; readonly name: string } | null
  get(id: string): Draft | null
  /** Keeps what is written to oneself; it need not be finished. */
  keep(written: Written): Shared
  /** Writes one field of a draft, saved as it is typed. */
  edit(id: string, field: keyof Texts, text: string): void
  setKind(id: string, kind: Kind): void
  setCategory(id: string, category: Category | null): void
  /** Puts it on the board under the same id, as it reads now and without how it came about. */
  share(what: Shareable): Shared
  /** Shares it, then says yes to exactly these words. */
  shareAndSayYes(
    what: Shareable,
  ): Promise<{ readonly id: string; readonly said: Said } | { readonly problem: ShareProblem }>
  /** Deleted at once, on all one's devices; for ten seconds this page can put it back. */
  remove(id: string): void
  undoRemove(): void
}

export interface BoardView {
  readonly id: string
  readonly seat: Seat
  /** False until the board can be drawn. */
  readonly ready: boolean
  readonly trouble: Trouble | null
  /** The last moment (seconds) of which this device's own history tells; null where it holds none. */
  readonly vouchedAt: number | null
  readonly connection: Connection
  readonly online: boolean
  /** This device's day, YYYY-MM-DD. */
  readonly today: string
  /** My name, and the partner's once they joined. */
  readonly me: string
  readonly partner: string | null
  readonly joined: boolean
  /** Newest first. */
  readonly cards: readonly Card[]
  readonly drafts: DraftsView
  readonly history: readonly HistoryItem[]
  readonly invitation: OpenInvitation | null
  /** The partner joined while this page was open, and it was not closed yet. */
  readonly justJoined: boolean
  /** Records or envelopes that could not be read. */
  readonly unreadable: number
  /** This device was here before. */
  readonly cameBack: boolean

  boundary(id: string): OpenBoundary | null
  /** What agreeing now would sign, or null while it cannot be agreed to. */
  reading(id: string): Reading | null
  /** Signs exactly what `reading` shows, or nothing. */
  agree(reading: Reading, why?: string): Promise<Said>
  /** Not before that day, with one line beside it where there is something to say. */
  notYet(id: string, until: string, note?: string): Promise<Said>
  /** What a no would be to now: an ending that the partner suggests, else the words on the table. A hash. */
  refusing(id: string): string | null
  /** No to what `refusing` gave as it was read, else as it is now. */
  sayNo(id: string, note?: string, words?: string | null): Promise<Said>
  /** A yes to no words; the partner's ending is agreed to with the same. */
  suggestEnding(id: string, why?: string): Promise<Said>
  heard(id: string): Promise<Said>
  /** A day to look at it again; null, no date, stays on this page. */
  lookAgain(id: string, on: string | null): Promise<Said>
  /** Clears one's own open answer, whatever it is. */
  takeBack(id: string): Promise<Said>
  stepBack(id: string): Promise<Said>
  /** It was seen that something said here was not recorded. */
  dismissUnsaid(id: string): void
  /** Makes sure the words in force are on the table, to be edited. */
  suggestChange(id: string): void
  /** Puts the words in force back on the table. */
  keepWords(id: string): Promise<void>
  /** Brings back what keeping them took off the table, or lets it go. */
  bringBackKept(id: string): Promise<void>
  closeKept(id: string): Promise<void>
  /** Puts the words of an open yes back on the table. */
  bringBack(id: string): Promise<void>
  setAside(id: string): void
  /** Lifts one's own no, too. */
  pickUp(id: string): Promise<Said>
  rename(name: string): Promise<Said>
  invite(): Promise<Said>
  cancelInvitation(): Promise<Said>
  dismissJustJoined(): void
  twelveWords(): Promise<string>
  fourWords(): Promise<readonly string[] | null>
  /** Enters the boundary (presence) until the returned function is called. */
  enter(id: string): () => void
  /** Whether this device shows when its person is in a boundary, and who else is. */
  readonly showsPresence: boolean
  showPresence(shown: boolean): Promise<void>
  setCategory(id: string, category: Category | null): void
  /** The notes beside every boundary, loaded when they are first asked for. */
  notes(): Promise<NotesView>
  /** Looking back, loaded when it is first asked for. */
  past(): Promise<PastView>
  /** The history as verified here, and beside it what contradicts it: a file for the two to compare. */
  bothHistories(): Promise<unknown>
  /** What the partner did meanwhile; loaded, and remembered from, when it is first asked for. */
  since(): Promise<SinceView>
  /** The live texts for the editor; null until the boundary is on the table. */
  editor(id: string): EditorBinding | null
  /** Asks the connection to try again now. */
  retry(): void
}

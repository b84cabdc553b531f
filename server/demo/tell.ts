/**
 * Turns a story into a board as two devices would have written it: records
 * signed by both seats, words in sealed documents, key rings for the twelve
 * words. It insists that every line has an effect; a line that some law makes
 * void is a mistake of the story. Writes nothing: `layDown` does.
 */
import { encodeAct, type Act } from '../../shared/act.ts'
import { apply, emptyStanding, standingOf, type Entry } from '../../shared/agreement.ts'
import { readBoundary } from '../../shared/board-doc.ts'
import { toHex, type Random } from '../../shared/crypto.ts'
import { extend, nextSeq, type Chain } from '../../shared/history.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'
import {
  BOARD_KEY_BYTES,
  boardKeys,
  invitationSecrets,
  LINK_SECRET_BYTES,
  SEED_BYTES,
  seatSecrets,
  type InvitationSecrets,
} from '../../shared/keys.ts'
import { claimProof } from '../../shared/membership.ts'
import { makeOwnId } from '../../shared/own-id.ts'
import { makeRecord, readHead, type Open } from '../../shared/record.ts'
import { sealRing } from '../../shared/sealed-json.ts'
import { makeWording, wordingHash, type Kind, type Wording } from '../../shared/wording.ts'
import type { Channel, Sidecar, Store, StoredRecord, WordsEntry } from '../store/store.ts'
import type { Calendar } from './calendar.ts'
import type { Line, Step, Story } from './steps.ts'
import { TwoDevices } from './two-devices.ts'

export interface Told {
  readonly board: string
  readonly boardKey: Uint8Array
  /** What each person's twelve words stand for. */
  readonly seeds: Readonly<Record<Seat, Uint8Array>>
  readonly records: readonly StoredRecord[]
  /** The same, opened, each with the day of the story on which it was said. */
  readonly entries: readonly (Entry & { readonly day: number })[]
  readonly words: Readonly<Record<Channel, readonly WordsEntry[]>>
  readonly sidecar: Sidecar
  /** Ids of boundaries by the names that the story has for them. */
  readonly ids: ReadonlyMap<string, string>
}

export interface Means {
  readonly calendar: Calendar
  readonly random: Random
}

export async function tell(story: Story, means: Means): Promise<Told> {
  const teller = new Teller(means)
  for (const line of story) await teller.tell(line)
  return teller.told()
}

/** Puts what was told into a store, which must not have this board yet. */
export async function layDown(store: Store, told: Told): Promise<void> {
  const { board, records, words, sidecar } = told
  const [genesis, ...others] = records
  if (!genesis || !(await store.create(board, genesis, sidecar))) throw new Error('no new board')
  for (const record of others) {
    const head = readHead(record.head)
    if (!head.ok || !(await store.appendRecord(board, head.value, record)))
      throw new Error('a record has no place')
  }
  const channels = ['board', 'mine-a', 'mine-b'] as const
  await Promise.all(
    channels.flatMap((channel) =>
      words[channel].map((entry) => store.appendWords(board, channel, entry)),
    ),
  )
}

class Teller {
  readonly #random: Random
  readonly #calendar: Calendar
  readonly #boardKey: Uint8Array
  readonly #seeds: Record<Seat, Uint8Array>
  readonly #secrets
  readonly #keys
  readonly #records: StoredRecord[] = []
  readonly #entries: (Entry & { day: number })[] = []
  readonly #ids = new Map<string, string>()
  #chain: Chain | null = null
  #standing = emptyStanding
  #invitation: InvitationSecrets | null = null
  #devices: TwoDevices | null = null
  #day = 0
  #nth = 0

  constructor({ calendar, random }: Means) {
    this.#random = random
    this.#calendar = calendar
    this.#boardKey = random(BOARD_KEY_BYTES)
    this.#seeds = { a: random(SEED_BYTES), b: random(SEED_BYTES) }
    this.#keys = boardKeys(this.#boardKey)
    this.#secrets = { a: seatSecrets(this.#seeds.a), b: seatSecrets(this.#seeds.b) }
  }

  async tell([day, who, step]: Line): Promise<void> {
    if (day < this.#day) throw new Error(`day ${day} comes after day ${this.#day}`)
    this.#nth = day === this.#day ? this.#nth + 1 : 0
    this.#day = day
    await this.#take(who, step)
  }

  told(): Told {
    this.#devices?.close()
    return {
      board: this.#chain?.board ?? '',
      boardKey: this.#boardKey,
      seeds: this.#seeds,
      records: this.#records,
      entries: this.#entries,
      words: this.#table.words,
      sidecar: this.#sidecar(),
      ids: this.#ids,
    }
  }

  async #take(who: Seat, step: Step): Promise<void> {
    switch (step.does) {
      case 'found':
        return this.#found(step.name)
      case 'invite':
        return this.#invite(who)
      case 'join':
        return this.#join(step.name)
      case 'draft':
        return this.#table.draft(who, { ...this.#new(who), ...step, kind: kindOf(who, step) })
      case 'share': {
        const boundary = { ...this.#new(who), ...step, kind: kindOf(who, step) }
        this.#ids.set(step.about, boundary.id)
        return this.#table.share(who, boundary)
      }
      case 'rewrite':
        return this.#table.rewrite(who, this.#id(step.about), step.texts)
      case 'set-aside':
        return this.#table.setAside(who, this.#id(step.about))
      case 'note':
      case 'say-back': {
        const kind = step.does === 'note' ? 'note' : 'said-back'
        const note = { ...this.#signed(who), kind, text: step.text } as const
        return this.#table.note(who, this.#id(step.about), note)
      }
      case 'answer':
        return this.#table.answer(who, this.#id(step.about), this.#signed(who), step.right)
      default:
        return this.#sayEffectively(who, this.#act(who, step))
    }
  }

  #act(who: Seat, step: Extract<Step, { about: string }>): Act {
    const boundary = this.#id(step.about)
    const { inForce, answers } = standingOf(this.#standing, boundary)
    switch (step.does) {
      case 'yes':
        return { kind: 'yes', boundary, wording: this.#onTable(boundary), ...whyOf(step) }
      case 'let-go':
        return { kind: 'yes', boundary, wording: null, ...whyOf(step) }
      case 'no': {
        const theirs = answers[otherSeat(who)]
        const open = theirs?.kind === 'yes' ? theirs.words : null
        const words = open ?? wordingHash(boundary, this.#onTable(boundary))
        return { kind: 'no', boundary, words, ...noteOf(step) }
      }
      case 'later':
        return {
          ...{ kind: 'later', boundary, until: this.#calendar.date(step.until) },
          ...noteOf(step),
        }
      case 'take-back':
        return { kind: 'take-back', boundary }
      case 'step-back':
      case 'heard':
        return { kind: step.does, boundary, words: inForce?.words ?? '' }
      case 'look-again':
        return { kind: 'look-again', boundary, on: this.#calendar.date(step.on) }
      default:
        throw new Error(`${step.does} is not said on record`)
    }
  }

  #found(name: string): void {
    const { sign, exchange } = this.#secrets.a
    const open = { kind: 'found', sign: sign.public, exchange: exchange.public } as const
    this.#say('a', { kind: 'name', name }, open)
    const { own: a } = this.#secrets.a
    const { own: b } = this.#secrets.b
    this.#devices = new TwoDevices({
      board: this.#chain?.board ?? '',
      keys: {
        board: this.#keys.draft,
        'mine-a': this.#secrets.a.mine,
        'mine-b': this.#secrets.b.mine,
      },
      devices: { a: makeOwnId(a, 8, this.#random), b: makeOwnId(b, 8, this.#random) },
      random: this.#random,
    })
  }

  #invite(who: Seat): void {
    const invitation = (this.#invitation = invitationSecrets(this.#random(LINK_SECRET_BYTES)))
    const { id, prove } = invitation
    const open = { kind: 'invite', id, prove: prove.public, days: 7 } as const
    this.#say(who, { kind: 'membership' }, open)
  }

  #join(name: string): void {
    if (!this.#invitation) throw new Error('nobody was invited')
    const { id, prove } = this.#invitation
    const { sign, exchange } = this.#secrets.b
    const claim = { invite: id, sign: sign.public, exchange: exchange.public }
    const proof = claimProof(prove.secret, this.#chain?.board ?? '', claim)
    this.#say('b', { kind: 'name', name }, { kind: 'claim', ...claim, proof })
  }

  #sayEffectively(who: Seat, act: Act): void {
    const before = this.#standing
    this.#say(who, act)
    if (this.#standing === before)
      throw new Error(`void on day ${this.#day}: ${who} ${JSON.stringify(act)}`)
  }

  #say(seat: Seat, act: Act, open: Open | null = null): void {
    const chain = this.#chain
    const seq = nextSeq(chain)
    const at = this.#moment
    const slot = {
      ...{ board: chain?.board ?? '', seq, prev: chain?.hash ?? '' },
      ...{ seat, epoch: 0, at, open },
    }
    const keys = { sign: this.#secrets[seat].sign.secret, acts: this.#keys.acts }
    const record = makeRecord(slot, encodeAct(act), keys, this.#random)
    const extended = extend(chain, record)
    if (!extended.ok) throw new Error(`refused on day ${this.#day}: ${extended.code}`)
    this.#chain = extended.value.chain
    const entry = { seq, seat, act, at, day: this.#day }
    this.#standing = apply(this.#standing, entry)
    this.#entries.push(entry)
    this.#records.push({ ...record, received: at * 1000 })
  }

  /** The wording that a yes signs now. */
  #onTable(boundary: string): Wording {
    const table = readBoundary(this.#table.doc, boundary)
    const kind = standingOf(this.#standing, boundary).kind ?? table?.kind ?? 'ours'
    const made = table && makeWording(kind, table)
    if (!made || 'problem' in made) throw new Error(`no words to agree to on day ${this.#day}`)
    return made.wording
  }

  #id(about: string): string {
    const id = this.#ids.get(about)
    if (id === undefined) throw new Error(`nothing is called ${about}`)
    return id
  }

  get #table(): TwoDevices {
    if (!this.#devices) throw new Error('there is no board yet')
    return this.#devices
  }

  #new(by: Seat) {
    return { id: makeOwnId(this.#secrets[by].own, 16, this.#random), by, created: this.#moment }
  }

  #signed(by: Seat) {
    return { id: toHex(this.#random(16)), by, day: this.#calendar.date(this.#day) }
  }

  get #moment(): number {
    return this.#calendar.moment(this.#day, this.#nth)
  }

  #sidecar(): Sidecar {
    const ring = { v: 1, rev: 1, board: this.#chain?.board ?? '' } as const
    const keys = { 0: toHex(this.#boardKey) }
    const rings = [this.#secrets.a, this.#secrets.b].map((secrets) => {
      const box = toHex(sealRing(secrets, { ...ring, keys }, this.#random))
      return [secrets.find, { rev: 1, box }] as const
    })
    return {
      // Used, so what it opened is gone.
      invitations: this.#invitation ? { [this.#invitation.id]: null } : {},
      rings: Object.fromEntries(rings),
    }
  }
}

const kindOf = (who: Seat, { mine }: { readonly mine: boolean }): Kind => (mine ? who : 'ours')
const whyOf = ({ why }: { readonly why?: string }) => (why === undefined ? {} : { why })
const noteOf = ({ note }: { readonly note?: string }) => (note === undefined ? {} : { note })

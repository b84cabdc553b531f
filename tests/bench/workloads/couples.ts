/** Couples who type at once, each at a board of their own: the two take turns, every keystroke a change and a caret move. */
import { setTimeout as sleep } from 'node:timers/promises'
import type * as Y from 'yjs'
import type { Person, Seat, Site } from '../peers/peer.ts'

/** Of a couple. */
const PER_SECOND = 8
const INTERVAL_MS = 1000 / PER_SECOND
const WORDS = 'From ten our phones stay in the hall, and whoever forgets says so in the morning. '

export class Couple {
  /** Milliseconds from a keystroke to the partner's document, since `forget`. */
  readonly toPartner: number[] = []
  /** And to the acknowledgement. */
  readonly toSaved: number[] = []
  readonly #people: readonly [Person, Person]
  readonly #undo: (() => void)[] = []
  #typed = 0

  private constructor(people: readonly [Person, Person]) {
    this.#people = people
    for (const seat of [0, 1] as const) this.#follow(people[seat], people[seat === 0 ? 1 : 0], seat)
  }

  static async meet(site: Site, board: number): Promise<Couple> {
    return new Couple(await twoAt(site, board))
  }

  /** The one whose turn it is types one character. */
  type(): void {
    const turn = (this.#typed % 2) as Seat
    const person = this.#people[turn]
    const text = textOf(person.doc, turn)
    this.#sent[turn].push(performance.now())
    text.insert(text.length, WORDS.charAt((this.#typed >> 1) % WORDS.length))
    person.caret(text.length)
    this.#typed++
  }

  get typed(): number {
    return this.#typed
  }

  forget(): void {
    this.toPartner.length = this.toSaved.length = 0
  }

  /** Whether every keystroke is with the partner, and acknowledged if any ever is. */
  get level(): boolean {
    return ([0, 1] as const).every((seat) => {
      const { length } = this.#sent[seat]
      return this.#seen[seat] === length && (this.#saved[seat] ?? length) === length
    })
  }

  close(): void {
    for (const undo of this.#undo.splice(0)) undo()
    for (const person of this.#people) person.close()
  }

  readonly #sent: readonly [number[], number[]] = [[], []]
  readonly #seen: [number, number] = [0, 0]
  /** Left out where nothing is ever acknowledged. */
  readonly #saved: [number?, number?] = []

  #follow(writer: Person, reader: Person, seat: Seat): void {
    const sent = this.#sent[seat]
    const text = textOf(reader.doc, seat)
    const onText = () => {
      const now = performance.now()
      while (this.#seen[seat] < text.length) this.toPartner.push(now - sent[this.#seen[seat]++]!)
    }
    text.observe(onText)
    this.#undo.push(() => text.unobserve(onText))
    if (!writer.onSaved) return
    let saved = (this.#saved[seat] = 0)
    const onSaved = () => {
      const now = performance.now()
      while (saved < sent.length) this.toSaved.push(now - sent[saved++]!)
      this.#saved[seat] = saved
    }
    this.#undo.push(writer.onSaved(onSaved))
  }
}

/** Both of a board, in step with the server. */
export async function twoAt(site: Site, board: number): Promise<[Person, Person]> {
  const people = await Promise.all([site.connect(board, 0), site.connect(board, 1)])
  await Promise.all(people.map(({ inStep }) => inStep))
  return people
}

/** Each writes into a text of their own, so that it is plain whose keystroke has arrived. */
const textOf = (doc: Y.Doc, seat: Seat): Y.Text => doc.getText(`seat-${seat}`)

/** Some at a time, so that nobody's login runs out of time. */
export async function meetAll(site: Site, from: number, to: number): Promise<Couple[]> {
  const couples: Couple[] = []
  for (let board = from; board < to; board += 8) {
    const some = Array.from({ length: Math.min(8, to - board) }, (_, n) => board + n)
    couples.push(...(await Promise.all(some.map((each) => Couple.meet(site, each)))))
  }
  return couples
}

/** All type for so long, each couple in its own beat; then waits until the last keystroke has arrived, and is acknowledged. */
export async function typeFor(couples: readonly Couple[], seconds: number): Promise<void> {
  const start = performance.now()
  const end = start + seconds * 1000
  // Spread over the interval, and never two at the same place of it.
  const due = couples.map((couple, n) => ({
    couple,
    at: start + ((n * 0.618034) % 1) * INTERVAL_MS,
  }))
  due.sort((a, b) => a.at - b.at)
  for (let n = 0; ; n++) {
    const next = due[n % due.length]!
    const at = next.at + Math.floor(n / due.length) * INTERVAL_MS
    if (at >= end) break
    const wait = at - performance.now()
    if (wait > 0) await sleep(wait)
    next.couple.type()
  }
  while (!couples.every(({ level }) => level)) await sleep(5)
}

/** Processor time while something runs: of the server in microseconds, and of server and this process as shares of a core. */
export async function usedDuring(site: Site, work: () => Promise<void>) {
  const [server, own, start] = [await site.server.cpu(), process.cpuUsage(), performance.now()]
  await work()
  const ms = performance.now() - start
  const used = (await site.server.cpu()) - server
  const { user, system } = process.cpuUsage(own)
  return { used, server: used / ms / 1000, people: (user + system) / ms / 1000 }
}

/** The words of one channel of a raw client: a document of its own, and the frames that go with it. */
import * as Y from 'yjs'
import { concat } from '../../shared/bytes.ts'
import { PART_BYTES, type Channel, type Fact } from '../../shared/wire.ts'
import {
  awarenessFrame,
  isSync,
  readAwareness,
  readFrame,
  step1Frame,
  step2Frame,
  updateFrame,
  type Awareness,
} from '../../server/live/sync-frames.ts'
import { pack, type RawClient } from './raw-client.ts'

export const EMPTY_STEP_2 = step2Frame(Y.encodeStateAsUpdate(new Y.Doc()))

/** An update that writes `text` into an array of its own. */
export function updateOf(text: string, client = 1): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getArray('w').push([text])
  return Y.encodeStateAsUpdate(doc)
}

type Said = { ok: true; value: null } | { ok: false; code: string }

interface Waiting {
  readonly frames: number
  readonly settle: (said: Said) => void
}

export class WordsClient {
  readonly client: RawClient
  readonly channel: Channel
  #frames = 0
  /** Sent, and neither acknowledged nor refused. */
  readonly #waiting: Waiting[] = []

  constructor(client: RawClient, channel: Channel = 'board') {
    this.client = client
    this.channel = channel
    client.socket.on('words:written', (fact: Fact<'words:written'>) => {
      if (fact.channel !== channel) return
      for (let left = fact.frames; left > 0;) {
        const first = this.#waiting.shift()!
        left -= first.frames
        first.settle({ ok: true, value: null })
      }
    })
    client.socket.on('words:refused', ({ code, ...fact }: Fact<'words:refused'>) => {
      if (fact.channel !== channel) return
      const at = this.#waiting.findIndex(({ frames }) => frames === fact.frames)
      this.#waiting.splice(at, 1)[0]?.settle({ ok: false, code })
    })
  }

  static async open(client: RawClient, channel: Channel = 'board'): Promise<WordsClient> {
    const words = new WordsClient(client, channel)
    const said = await client.ask('words:open', { channel })
    if (!said.ok) throw new Error(said.code)
    return words
  }

  /** Resolves once they are acknowledged or refused; those that are never, once they have been heard. */
  send(...frames: Uint8Array[]): Promise<Said> {
    const { client, channel } = this
    client.socket.emit('words:send', pack({ channel, frames }))
    const counted = frames.filter(isSync).length
    if (counted === 0) {
      return client.ask('record:since', { seq: 0 }).then(() => ({ ok: true, value: null }))
    }
    return new Promise((settle) => this.#waiting.push({ frames: counted, settle }))
  }

  write(text: string, client = 1) {
    return this.send(updateFrame(updateOf(text, client)))
  }

  sendInParts(bytes: Uint8Array) {
    const frame = this.#frames++
    const of = Math.ceil(bytes.length / PART_BYTES)
    const { channel } = this
    return Promise.all(
      Array.from({ length: of }, (_, part) => {
        const piece = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)
        return this.client.ask('words:part', { channel, frame, part, of, bytes: piece })
      }),
    )
  }

  /** Everything this client was sent, those in parts put together, in order of arrival by kind. */
  heard() {
    const parts = this.client.heard('words:parted').filter((part) => part.channel === this.channel)
    const whole: Uint8Array[] = []
    for (const { frame, of } of parts.filter(({ part }) => part === 0)) {
      const own = parts.filter((each) => each.frame === frame)
      if (own.length === of) whole.push(concat(...own.map(({ bytes }) => bytes)))
    }
    const sent = this.client.heard('words:sent').filter(({ channel }) => channel === this.channel)
    return [...sent.flatMap(({ frames }) => frames), ...whole].map((frame) => readFrame(frame))
  }

  updates(): Uint8Array[] {
    return this.heard().flatMap((frame) =>
      frame?.kind === 'update' || frame?.kind === 'step-2' ? [frame.update] : [],
    )
  }

  /** What was written, as far as it was relayed or answered to this client. */
  texts(): unknown[] {
    const doc = new Y.Doc()
    for (const update of this.updates()) Y.applyUpdate(doc, update)
    return doc.getArray('w').toArray()
  }

  /** Asks for everything, as a client does that comes with nothing. */
  async sync(): Promise<unknown[]> {
    const before = this.heard().filter((frame) => frame?.kind === 'step-2').length
    await this.send(step1Frame(Y.encodeStateVector(new Y.Doc())))
    await this.client.until(
      () => this.heard().filter((frame) => frame?.kind === 'step-2').length > before,
    )
    return this.texts()
  }

  show(awareness: Awareness) {
    return this.send(awarenessFrame(awareness))
  }

  shown(): Awareness[] {
    return this.heard().flatMap((frame) => {
      const awareness = frame?.kind === 'awareness' && readAwareness(frame.states)
      return awareness ? [awareness] : []
    })
  }

  queries(): number {
    return this.heard().filter((frame) => frame?.kind === 'query-awareness').length
  }
}

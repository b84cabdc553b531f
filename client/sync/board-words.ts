/** The words of the board, which both seats share: the one channel with presence (S5). */
import type { BoardKeys } from '../../shared/keys.ts'
import { Presence } from './presence.ts'
import { WordsSync, type WordsSyncOptions } from './words-sync.ts'

export interface BoardWordsOptions extends Omit<WordsSyncOptions, 'channel' | 'key'> {
  readonly keys: BoardKeys
}

export class BoardWords extends WordsSync {
  readonly presence: Presence

  constructor({ keys, ...options }: BoardWordsOptions) {
    super({ ...options, channel: 'board', key: keys.draft })
    const { board, seat, link, random } = options
    this.presence = new Presence({
      ...{ board, seat, link, random, live: keys.live },
      ...{ inner: this.inner, outer: this.awareness },
    })
    this.gate = this.presence
  }

  override destroy(): void {
    this.presence.destroy()
    super.destroy()
  }
}

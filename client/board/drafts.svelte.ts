/** The drafts as the screens see them: typing in one draws that one and the list again, and nothing else. */
import { createSubscriber } from 'svelte/reactivity'
import type { Texts } from '../../shared/wording.ts'
import type { Drafts } from './drafts.ts'
import type { DraftsView, Shareable } from './board-view.ts'

export class ReactiveDrafts implements DraftsView {
  readonly #drafts: Drafts
  readonly #follow: () => void

  constructor(drafts: Drafts) {
    this.#drafts = drafts
    this.#follow = createSubscriber((update) => drafts.changed.on(update))
  }

  get cards() {
    this.#follow()
    return this.#drafts.cards
  }
  get deleted() {
    this.#follow()
    return this.#drafts.deleted
  }

  get(id: string) {
    this.#follow()
    return this.#drafts.get(id)
  }

  keep = (texts: Texts) => this.#drafts.keep(texts)
  edit = (id: string, field: keyof Texts, text: string) => this.#drafts.edit(id, field, text)
  share = (what: Shareable) => this.#drafts.share(what)
  shareAndSayYes = (what: Shareable) => this.#drafts.shareAndSayYes(what)
  remove = (id: string) => this.#drafts.remove(id)
  undoRemove = () => this.#drafts.undoRemove()
}

/** The drafts as the screens see them: typing in one draws that one and the list again, and nothing else. */
import { createSubscriber } from 'svelte/reactivity'
import type { Category } from '../../shared/categories.ts'
import type { Kind, Texts } from '../../shared/wording.ts'
import type { Drafts } from './drafts.ts'
import type { DraftsView, Shareable, Written } from '../board/board-view.ts'

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

  keep = (written: Written) => this.#drafts.keep(written)
  edit = (id: string, field: keyof Texts, text: string) => this.#drafts.edit(id, field, text)
  setKind = (id: string, kind: Kind) => this.#drafts.setKind(id, kind)
  setCategory = (id: string, category: Category | null) => this.#drafts.setCategory(id, category)
  share = (what: Shareable) => this.#drafts.share(what)
  shareAndSayYes = (what: Shareable) => this.#drafts.shareAndSayYes(what)
  remove = (id: string) => this.#drafts.remove(id)
  undoRemove = () => this.#drafts.undoRemove()
}

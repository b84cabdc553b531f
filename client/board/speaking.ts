/**
 * Saying things on record, loaded when something is first said here or waits
 * from before: the list is drawn without it.
 */
import type { Act } from '../../shared/act.ts'
import { Emitter } from '../emitter.ts'
import type { Intention } from '../history/intentions.ts'
import { lazy } from '../lazy.ts'
import type { Outstanding, TallyState } from '../wire/tally.ts'
import type { Acts, ActsOptions, Membership } from './acts.ts'
import type { Said } from './board-view.ts'

export class Speaking implements Outstanding {
  readonly changed = new Emitter()
  /** Resolves once anything can be said here; what waits from before is known then. */
  readonly load: () => Promise<Acts>
  #acts: Acts | null = null
  #closed = false
  readonly #undo: (() => void)[] = []

  constructor(options: ActsOptions) {
    this.load = lazy(async () => {
      const { Acts } = await import('./acts.ts')
      const acts = new Acts(options)
      if (this.#closed) acts.close()
      this.#undo.push(
        acts.intentions.changed.on(() => this.changed.emit()),
        () => acts.close(),
      )
      this.#acts = acts
      this.changed.emit()
      return acts
    })
  }

  close(): void {
    this.#closed = true
    for (const undo of this.#undo.splice(0)) undo()
  }

  async say(act: Act, membership?: Membership): Promise<Said> {
    return (await this.load()).say(act, membership)
  }

  intention(boundary: string): Intention | null {
    return this.#acts?.intentions.of(boundary) ?? null
  }

  async drop(boundary: string): Promise<void> {
    await this.#acts?.intentions.drop(boundary)
  }

  get state(): TallyState {
    return this.#acts?.intentions.state ?? { kind: 'saved' }
  }
  get settled(): boolean {
    return this.#acts?.intentions.settled ?? true
  }
}

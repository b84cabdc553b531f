/**
 * Where the person is. One object over the browser's history: links and `go`
 * move on, Back and Forward work, and a form that is not saved can ask first.
 */
import { parsePath, type Place } from './path.ts'

/** What an entry of the browser's history holds: its place in the row. */
const indexOf = (state: unknown): number | null =>
  typeof state === 'object' && state !== null && 'index' in state && typeof state.index === 'number'
    ? state.index
    : null

export class Route {
  #place = $state.raw<Place>({ screen: 'welcome' })
  #leaving = $state.raw<(() => void) | null>(null)
  #path = '/'
  #index = 0
  #unsaved: (() => boolean) | null = null
  #undoing = false
  #arrived = false

  get place(): Place {
    return this.#place
  }

  /** Someone is about to leave what is not saved: the screen asks, then calls `stay` or `leave`. */
  get leaving(): boolean {
    return this.#leaving !== null
  }

  /** Starts to follow the address bar; returns the undo. */
  start(): () => void {
    this.#path = location.pathname
    this.#place = parsePath(this.#path)
    this.#index = indexOf(history.state) ?? 0
    history.replaceState({ index: this.#index }, '')
    const onPop = (event: PopStateEvent) => this.#popped(indexOf(event.state))
    const onClick = (event: MouseEvent) => this.#clicked(event)
    addEventListener('popstate', onPop)
    document.addEventListener('click', onClick)
    return () => {
      removeEventListener('popstate', onPop)
      document.removeEventListener('click', onClick)
    }
  }

  /** Goes to a path of ours. `replace`: Back will not return to where one was. */
  go(path: string, { replace = false }: { readonly replace?: boolean } = {}): void {
    this.#ask(() => {
      if (!replace) this.#index += 1
      history[replace ? 'replaceState' : 'pushState']({ index: this.#index }, '', path)
      this.#arrive()
      scrollTo(0, 0)
    })
  }

  /** While `unsaved` says so, leaving asks first. Returns the undo. */
  guard(unsaved: () => boolean): () => void {
    this.#unsaved = unsaved
    return () => {
      if (this.#unsaved === unsaved) this.#unsaved = null
    }
  }

  stay(): void {
    this.#leaving = null
  }

  leave(): void {
    const leave = this.#leaving
    this.#leaving = null
    this.#unsaved = null
    leave?.()
  }

  /** Whether a new screen was just come to, so that its heading takes the focus. Asked once. */
  takeArrival(): boolean {
    const arrived = this.#arrived
    this.#arrived = false
    return arrived
  }

  #ask(move: () => void): void {
    if (this.#unsaved?.()) this.#leaving = move
    else move()
  }

  #arrive(): void {
    this.#arrived = true
    this.#path = location.pathname
    this.#place = parsePath(this.#path)
  }

  // The browser has moved already: where something is unsaved, it is moved back first, then asked.
  #popped(index: number | null): void {
    if (this.#undoing) {
      this.#undoing = false
      return
    }
    const steps = index === null ? 0 : index - this.#index
    if (steps !== 0 && this.#unsaved?.()) {
      this.#undoing = true
      history.go(-steps)
      this.#leaving = () => history.go(steps)
      return
    }
    if (index === null) history.replaceState({ index: this.#index }, '')
    else this.#index = index
    if (location.pathname !== this.#path) this.#arrive()
  }

  #clicked(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || link.origin !== location.origin || link.target || link.hasAttribute('download'))
      return
    event.preventDefault()
    this.go(link.pathname)
  }
}

export const route = new Route()

/**
 * What stands on the list stays where it is while a finger is on it. The other may answer at any
 * moment, and the card that is being touched would go elsewhere: the tap would be lost, or open
 * what came to its place.
 */
import { createSubscriber } from 'svelte/reactivity'

/** A touch becomes a click only some time after the finger has left. */
const RELEASE_MS = 100

let pressed = false

const follow = createSubscriber((changed) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const become = (now: boolean) => {
    clearTimeout(timer)
    if (pressed === now) return
    pressed = now
    changed()
  }
  const press = ({ button }: PointerEvent) => {
    if (button === 0) become(true) // after another, a menu may keep to itself that it was closed
  }
  const done = () => become(false)
  const release = () => {
    clearTimeout(timer)
    timer = setTimeout(done, RELEASE_MS)
  }
  const listening = new AbortController()
  const { signal } = listening
  addEventListener('pointerdown', press, { capture: true, signal })
  addEventListener('pointerup', release, { capture: true, signal })
  addEventListener('pointercancel', release, { capture: true, signal })
  addEventListener('click', done, { signal }) // after whatever it was for
  addEventListener('blur', done, { signal })
  return () => {
    listening.abort()
    clearTimeout(timer)
    pressed = false
  }
})

/** `current`; while the page is touched, as it was before. Called while a component is made. */
export function steady<T>(current: () => T): { readonly shown: T } {
  const now = $derived(current())
  let last: { readonly value: T } | null = null
  const shown = $derived.by(() => {
    follow()
    const latest = now // always followed: what changes unheard would be missed afterwards too
    if (!pressed || last === null) last = { value: latest }
    return last.value
  })
  return {
    get shown() {
      return shown
    },
  }
}

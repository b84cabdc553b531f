/**
 * The partner's caret: a thin bar with their initial, in a layer over the text,
 * so that it is never part of what is read, copied or agreed to. What a state
 * holds came from another device and is read defensively.
 */
import { EditorSelection, StateEffect, type Extension } from '@codemirror/state'
import {
  type EditorView,
  layer,
  RectangleMarker,
  ViewPlugin,
  type LayerMarker,
  type ViewUpdate,
} from '@codemirror/view'
import * as Y from 'yjs'
import type { EditorBinding } from './editor-binding.ts'
import { otherSeat, type Seat } from '../../shared/ids.ts'

type Field = keyof EditorBinding['texts']

/** Another device's caret moved, appeared or went. */
const moved = StateEffect.define()

export function carets(binding: EditorBinding, field: Field): Extension {
  const watch = ViewPlugin.define((view) => new CaretWatch(view, binding, field))
  const carets = (view: EditorView) => view.plugin(watch)?.heads ?? []
  return [
    watch,
    layer({
      above: true,
      class: 'carets',
      updateOnDocViewUpdate: false,
      update: (update) =>
        isMoved(update) || (needsMeasure(update) && carets(update.view).length > 0),
      markers: (view) =>
        carets(view).flatMap(({ seat, head }) => markerAt(view, binding, field, seat, head)),
    }),
  ]
}

const isMoved = ({ transactions }: ViewUpdate): boolean =>
  transactions.some(({ effects }) => effects.some((effect) => effect.is(moved)))

const needsMeasure = ({ docChanged, geometryChanged, viewportChanged }: ViewUpdate): boolean =>
  docChanged || geometryChanged || viewportChanged

interface Head {
  readonly seat: Seat
  /** A relative position as JSON, as it came. */
  readonly head: unknown
}

/** Follows the other devices' states and asks for a redraw at most once a frame. */
class CaretWatch {
  heads: readonly Head[] = []
  readonly #view: EditorView
  readonly #binding: EditorBinding
  readonly #field: Field
  readonly #onChange = () => this.#follow()
  #frame = 0

  constructor(view: EditorView, binding: EditorBinding, field: Field) {
    this.#view = view
    this.#binding = binding
    this.#field = field
    this.heads = this.#read()
    binding.awareness.on('change', this.#onChange)
  }

  destroy(): void {
    this.#binding.awareness.off('change', this.#onChange)
    cancelAnimationFrame(this.#frame)
  }

  #follow(): void {
    const heads = this.#read()
    if (JSON.stringify(heads) === JSON.stringify(this.heads)) return
    this.heads = heads
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0
      this.#view.dispatch({ effects: moved.of(null) })
    })
  }

  /** Carets of the other seat in this text; one's own other devices are not shown. */
  #read(): Head[] {
    const { awareness, seat } = this.#binding
    const heads: Head[] = []
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID || (state as { seat?: unknown }).seat === seat) continue
      const caret: unknown = (state as { caret?: unknown }).caret
      if (typeof caret !== 'object' || caret === null) continue
      if (!('field' in caret) || caret.field !== this.#field || !('head' in caret)) continue
      heads.push({ seat: otherSeat(seat), head: caret.head })
    }
    return heads
  }
}

function markerAt(
  view: EditorView,
  { texts, ...binding }: EditorBinding,
  field: Field,
  seat: Seat,
  head: unknown,
): CaretMarker[] {
  const index = indexOf(head, texts[field])
  if (index === null) return []
  const cursor = EditorSelection.cursor(Math.min(index, view.state.doc.length))
  return RectangleMarker.forRange(view, '', cursor).map(
    ({ left, top, height }) => new CaretMarker(seat, binding.initialOf(seat), left, top, height),
  )
}

/** Where a relative position points in this text now, or null where it does not. */
function indexOf(head: unknown, text: Y.Text): number | null {
  if (!text.doc) return null
  try {
    const place = Y.createAbsolutePositionFromRelativePosition(
      Y.createRelativePositionFromJSON(head),
      text.doc,
    )
    return place?.type === text ? place.index : null
  } catch {
    return null // not a position
  }
}

class CaretMarker implements LayerMarker {
  readonly seat: Seat
  readonly initial: string
  readonly left: number
  readonly top: number
  readonly height: number

  constructor(seat: Seat, initial: string, left: number, top: number, height: number) {
    this.seat = seat
    this.initial = initial
    this.left = left
    this.top = top
    this.height = height
  }

  eq(other: CaretMarker): boolean {
    const same = this.left === other.left && this.top === other.top && this.height === other.height
    return same && this.#looksLike(other)
  }

  draw(): HTMLElement {
    const bar = document.createElement('div')
    bar.className = `caret seat-${this.seat}`
    const tag = bar.appendChild(document.createElement('span'))
    tag.textContent = this.initial
    this.#place(bar)
    return bar
  }

  update(bar: HTMLElement, old: CaretMarker): boolean {
    if (!this.#looksLike(old)) return false
    this.#place(bar)
    return true
  }

  #looksLike(other: CaretMarker): boolean {
    return this.seat === other.seat && this.initial === other.initial
  }

  #place(bar: HTMLElement): void {
    bar.style.left = `${this.left}px`
    bar.style.top = `${this.top}px`
    bar.style.height = `${this.height}px`
  }
}

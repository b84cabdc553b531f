/** What partners do with words, in a line each. */
import type { UndoManager } from 'yjs'
import { undoOf } from '../../../client/editor/undo.ts'
import type { Partner } from './partner.ts'

export const PHONES = {
  name: 'Phones at night',
  words: 'From ten our phones stay in the hall.',
  ifItSlips: '',
}

export function shared(who: Partner, texts = PHONES): string {
  const made = who.board.share(texts)
  if ('problem' in made) throw new Error(made.problem)
  return made.id
}

function bindingOf(who: Partner, id: string) {
  const binding = who.board.editor(id)
  if (!binding) throw new Error('no such boundary on the table')
  return binding
}

/** The undo of an open boundary, which follows from the first time that it is asked for. */
export const undoing = (who: Partner, id: string): UndoManager => undoOf(bindingOf(who, id))

/** Types as the editor does: into the live text, under an origin that only this page's undo follows. */
export function type(who: Partner, id: string, at: number, text: string): void {
  const binding = bindingOf(who, id)
  undoOf(binding) // the editor that is typed into is open
  who.board.words.inner.transact(() => binding.texts.words.insert(at, text), 'verb')
}

export async function agree(who: Partner, id: string) {
  const reading = who.board.reading(id)
  if (!reading) throw new Error('nothing to agree to')
  return who.board.agree(reading)
}

export const wordsOf = (who: Partner, id: string): string | undefined => who.board.textOf(id)?.words

/** Shares a boundary and waits until the other has it on their table. */
export async function sharedWith(who: Partner, other: Partner, texts = PHONES): Promise<string> {
  const id = shared(who, texts)
  await other.until(() => other.board.textOf(id) !== null, 'the boundary')
  return id
}

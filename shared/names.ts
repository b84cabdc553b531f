/**
 * Sentences name the two people, and call them “you” and “your partner”. A name
 * that reads as one of those, or as the other person's, would make them say what
 * is not so. Asked where a name is chosen; no law of the history rests on it.
 */
const PRONOUNS = new Set(
  'you me i we us both partner yourpartner mypartner yourself myself'.split(' '),
)

const folded = (name: string): string => name.normalize('NFKC').toLowerCase()
const lettersOf = (name: string): string => folded(name).replace(/[^\p{L}\p{M}\p{N}]/gu, '')
const looks = (name: string): string => folded(name).replace(/\s+/g, '')

/** Null: fit. `other`: what the other person is called now, if there is one. */
export function refuseName(
  name: string,
  other: string | null,
): 'name-unclear' | 'name-taken' | null {
  if (PRONOUNS.has(lettersOf(name))) return 'name-unclear'
  return other !== null && looks(name) === looks(other) ? 'name-taken' : null
}

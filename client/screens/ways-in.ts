/** The ways in, loaded when a screen first needs them: the first page is drawn without any crypto. */
import type { Entrances } from '../entrances/entrances.ts'
import { refuseName } from '../../shared/names.ts'
import { refuse, type Refusal } from '../../shared/refusal.ts'
import { refusalWords } from '../words/en-refusals.ts'
import { entranceWords } from '../words/en-entrances.ts'

/** Runs `use`, or refuses where the code could not be fetched or broke. */
export async function withEntrances<T>(
  use: (entrances: Entrances) => Promise<T>,
): Promise<T | Refusal> {
  const loaded = await import('../entrances/entrances-live.ts').catch(() => null)
  if (!loaded) return refuse('unreachable')
  try {
    return await use(loaded.entrances)
  } catch {
    return refuse('internal')
  }
}

/** What is wrong with a name, roughly; the entrance judges for good. `other`: what the other person is called. */
export function problemOfName(text: string, other: string | null): string | null {
  const { length } = [...text.trim()] // as people count: an emoji is one
  if (length === 0 || length > 80) return entranceWords.start.noName
  const unfit = refuseName(text, other)
  return unfit && refusalWords(unfit)
}

/** The ways in, loaded when a screen first needs them: the first page is drawn without any crypto. */
import type { Entrances } from '../entrances/entrances.ts'
import { refuse, type Refusal } from '../../shared/refusal.ts'

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

/** Fits as a name, roughly; the entrance judges for good. */
export const seemsName = (text: string): boolean => {
  const { length } = [...text.trim()] // as people count: an emoji is one
  return length > 0 && length <= 80
}

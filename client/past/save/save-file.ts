/** Saves a text as a file, under a name that says nothing but the day. */
export type FileKind = 'md' | 'json' | 'ics'

const TYPES: Record<FileKind, string> = {
  md: 'text/markdown',
  json: 'application/json',
  ics: 'text/calendar',
}

/** For as long a browser may take to read what it was given. */
const READ_MS = 10_000

export const fileName = (kind: FileKind, day: string): string => `hedgerow-${day}.${kind}`

/** Returns the name of the file. */
export function saveFile(kind: FileKind, day: string, text: string): string {
  const url = URL.createObjectURL(new Blob([text], { type: `${TYPES[kind]};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName(kind, day)
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), READ_MS)
  return link.download
}

/**
 * What a PDF of Chromium's says of itself without being drawn: how many pages it has, and on which
 * page and how high each heading stands. Its objects are plain text; only what is drawn is packed.
 */
export interface Outlined {
  readonly pages: number
  readonly headings: readonly {
    readonly title: string
    /** The object of its page. */
    readonly page: string
    /** Points from the bottom of the page. */
    readonly y: number
  }[]
}

export function outlineOf(pdf: Buffer): Outlined {
  const text = pdf.toString('latin1')
  const headings = text.matchAll(
    /\/Title (\(.*\)|<[\dA-F]*>)\s*\/Dest \[(\d+) 0 R \/XYZ \S+ (\S+) \S+\]/g,
  )
  return {
    pages: text.match(/\/Type \/Page\b/g)?.length ?? 0,
    headings: [...headings].map(([, title = '', page = '', y]) => ({
      ...{ title: textOf(title), page, y: Number(y) },
    })),
  }
}

/** A string as PDF writes it: between brackets, or UTF-16 in hex where it has other letters. */
function textOf(written: string): string {
  if (written.startsWith('(')) return written.slice(1, -1).replace(/\\(.)/g, '$1')
  return Buffer.from(written.slice(1, -1), 'hex').swap16().toString('utf16le').replace('\ufeff', '')
}

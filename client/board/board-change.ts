/** What changed, so that a screen draws only what it shows. `null`: anything may have. */
export type BoardChange = { readonly boundary: string } | null

/** What a boundary is about: a plain value beside its words, not covered by any agreement. */
export const CATEGORIES = [
  ...(['time', 'talking', 'privacy', 'digital', 'money'] as const),
  ...(['family', 'physical', 'substances', 'work'] as const),
]
export type Category = (typeof CATEGORIES)[number]

export const categoryFrom = (value: unknown): Category | null =>
  CATEGORIES.find((category) => category === value) ?? null

/** Before and after: loaded where there is something to compare. */

export const compareWords = {
  before: 'Before',
  now: 'Now',
  added: 'added',
  removed: 'removed',
  mostlyNew: 'Mostly new words.',
  became: (before: string, after: string) => `“${before}” became “${after}”.`,
  wasAdded: (text: string) => `“${text}” was added.`,
  wasRemoved: (text: string) => `“${text}” was taken out.`,
  places: (count: number) => (count === 1 ? 'One place changed.' : `${count} places changed.`),
  nothing: '(nothing)',
}

/** Sentences of what stands beside the words: the ways out, notes, categories, what is new. */
export const besideWords = {
  tabs: {
    words: 'Words',
    nothingYet: 'Nothing is on record here yet.',
  },
  more: {
    exitLead: 'Blanks this page at once and goes to a neutral one.',
    exitKeys: 'On a keyboard: Shift three times within two seconds.',
    exitHistory: "It doesn't clear your browser history.",
  },
  category: {
    label: 'What it is about',
  },
  search: {
    label: 'Search',
    found: (count: number) => (count === 1 ? '1 found' : `${count} found`),
  },
  notes: {
    title: 'Notes',
    lead: 'You both see these. They are not on record, and whoever wrote one can delete it.',
    add: 'Add a note',
    field: 'A note',
    sayBack: 'Say it back',
    sayBackLead: (partner: string | null) =>
      `In your own words: what ${partner ?? 'your partner'} means here. They can say whether that's it.`,
    backField: 'What I understood',
    keep: 'Save',
    cancel: 'Cancel',
    remove: 'Delete this note',
    right: "Yes, that's it",
    notQuite: 'Not quite',
    you: 'You',
    saidBack: 'said it back',
    refused: "A note has words, 500 characters at most, and none that can't be seen.",
  },
  presence: {
    show: "Show when I'm here",
    lead: 'While you both have a boundary open, you each see that the other is here. Switched off, neither of you does. It is kept on this device.',
  },
}

/** Sentences of what stands beside the words: the ways out, notes, categories, what is new. */
export const besideWords = {
  more: {
    exitLead: 'Blanks this page at once and goes to a neutral one.',
    exitKeys: 'On a keyboard: Shift three times within two seconds.',
    exitHistory: "It doesn't clear your browser history.",
  },
  presence: {
    show: "Show when I'm here",
    lead: 'While you both have a boundary open, you each see that the other is here. Switched off, neither of you does. It is kept on this device.',
  },
}

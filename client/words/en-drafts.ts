/** Sentences of writing in private: loaded with those screens. */
export const draftWords = {
  title: 'Private draft',
  keep: 'Keep private',
  share: 'Share',
  shareYes: 'Share and say yes',
  remove: 'Delete draft',
  gone: 'There is no draft at this address.',
  shared: 'This is on the board now.',
  open: 'Open it',
  sharedNoYes: "It's shared. Your yes is not recorded.",
  nothing: 'There is nothing to keep yet.',
  examples: 'Examples to start from',
  examplesLead: 'These are only somewhere to begin. Change every word.',
  examplesHow: 'Each opens as a private draft.',
}

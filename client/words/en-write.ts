/** Sentences of the form for a new boundary: loaded with it. */
export const writeWords = {
  title: 'Write a boundary',
  name: 'Name',
  words: 'The words',
  ifItSlips: 'If it slips (optional)',
  share: 'Share',
  whose: 'Whose it is',
  ours: 'Ours',
  mine: 'Mine',
  oursIs: 'You both agree to it.',
  mineIs: 'Your own limit: what you will do. It needs hearing, not approval.',
  leave: {
    title: "This isn't shared yet",
    lead: 'If you leave now, what you wrote here is gone.',
    keepWriting: 'Keep writing',
    discard: 'Discard',
  },
  privacy: 'Only you can see what you write until you share it.',
}

/** What can be done on a board whose history is in doubt. Loaded when it is. */
export const inDoubt = {
  still: 'You can still step back from what is agreed.',
  save: 'Save both histories',
  fileName: 'hedgerow-both-histories.json',
  startAgain: 'Start a new board from these words',
  lead: 'What is agreed here becomes a suggestion on a new board. Nothing is agreed there until you both say so. Your partner shares their own limits there themselves.',
}

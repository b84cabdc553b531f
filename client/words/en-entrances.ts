/** The sentences of the ways in: what a board does not need, and need not load. */

export const entranceWords = {
  welcome: {
    lead: 'A place for two people to write down what you need from each other, agree on the words, and change them when life changes.',
    start: 'Start a board',
    words: 'I have my twelve words',
    beneath: 'Not a contract. Not for court. Either of you can leave at any time.',
    safety: "If you don't feel safe with your partner",
    known: (name: string) => (name ? `Your board, as ${name}` : 'Your board'),
  },

  safety: {
    title: "If you don't feel safe with your partner",
    paragraphs: [
      "If you're afraid of your partner, a shared board may not be safe: they may see what you share and pressure you about it.",
      'In danger now, call your local emergency number.',
      "A domestic-abuse service near you can help you decide, also if you stay. Use a device they can't open.",
    ],
  },

  start: {
    title: 'What does your partner call you?',
    name: 'Your name',
    start: 'Start',
    noName: 'A name is one line of up to 80 characters.',
  },

  wayBack: {
    title: 'Your way back in',
    lead: "Keep these somewhere only you look. They are the only way in if you lose this device. We can't send them again.",
    kept: "I've kept them",
    save: 'Save as a file',
    fileName: 'hedgerow.txt',
    file: (address: string, twelve: string) => `Hedgerow\n${address}\n\n${twelve}\n`,
  },

  open: {
    title: 'Open my board',
    field: 'Twelve words',
    hint: 'All twelve, in order, with spaces between them.',
    open: 'Open my board',
    count: 'There are twelve words. Write all of them, in order.',
    unknown: (position: number) => `These aren't twelve words we know. Check word ${position}.`,
    checksum: "These aren't twelve words we know. Check their order.",
  },

  join: {
    lead: (inviter: string) =>
      `${inviter} would like to share a board with you. It's for writing down what you each need, and agreeing on the words together.`,
    title: (inviter: string) => `From ${inviter}`,
    whatTitle: "What's this?",
    what: "You'll both see what's shared. Each of you can write in private. Nothing is agreed unless you both say so, in the same words. You can leave whenever you want.",
    join: 'Join',
    notNow: 'Not now',
    fine: (day: string) => `Fine. The link works until ${day}.`,
    name: 'Your name',
    nameTitle: (inviter: string) => `What does ${inviter} call you?`,
    existing: (you: string, inviter: string) =>
      `This browser is already on this board as ${you}. To invite ${inviter === you ? 'your partner' : inviter}, send the link. If you share this device, whoever uses it can open both sides.`,
    asOther: 'Join as the other person',
    toMyBoard: 'Back to my board',
    looking: 'Opening your invitation…',
    title0: 'An invitation',
  },
}
